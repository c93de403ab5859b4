import type { Placement } from '../../../harness/render/inspection.ts';
import type { FoundObject } from './find-object.ts';
import { rootOf } from './placing.ts';
import type { Source, Splice } from './source.ts';

/**
 * A new statement about an object: behind the statement that places it, else before the one that first shows it, so that
 * a group has its parts by then. `null`: there is no such place, for it stands in a loop, a helper or an updater.
 */
export function statementFor(
  text: string,
  found: Extract<FoundObject, { kind: 'variable' }>,
  source: Source,
): Splice[] | null {
  const { placement, definition } = found;
  if (placement !== null && !placement.animated) return behind(placement.line, text, source);
  const name = rootOf(found.name).replaceAll('.', '\\.');
  const shows = new RegExp(`^self\\.(play|add)\\b[\\s\\S]*?(?<![\\w.])${name}\\b`);
  const first = source.outermostFrom(definition).find((statement) => shows.test(statement.text));
  return first === undefined ? behind(definition, text, source) : [source.insert(text, 'before', first)];
}

function behind(line: number, text: string, source: Source): Splice[] | null {
  return isSingle(line, source) ? [source.insert(text, 'after', source.statementAt(line))] : null;
}

/** Does this line run once, as a part of `construct`? */
export function isSingle(line: number, source: Source): boolean {
  const outer = source.outermostFrom(line).find(({ start }) => start <= line);
  const repeats = /^\s*(for|while|def|class)\b|\b(always_redraw|add_updater)\b/m;
  return outer !== undefined && !repeats.test(outer.text);
}

/** Is the call the last word on where its object stands: neither in a comprehension nor inside another placing call? */
export function isDirect(placement: Placement, source: Source): boolean {
  const call = source.range(placement);
  const around = source.facts.placements.some((other) => {
    const { start, end } = source.range(other);
    return other !== placement && start <= call.start && end > call.end;
  });
  const { text } = source.statementAt(placement.line);
  return !around && !/\bfor\b[\s\S]*\bin\b|\blambda\b/.test(text);
}
