import { sceneColors } from '../reference.ts';
import type { Edit } from './critique.ts';
import type { FoundObject } from './find-object.ts';
import type { Source, Splice } from './source.ts';
import { isDirect, isSingle, statementFor } from './where.ts';

type Of<Action extends Edit['action']> = Extract<Edit, { action: Action }>;

/** Bounds of what an edit may ask: a factor, and seconds of a pause. */
export const bounds = { factor: { least: 0.2, most: 3 }, waitS: { least: 0, most: 10 } } as const;

/** Changes the size of an object: the scale of `place_at` where it is a number, else a new statement. */
export function rescale(found: FoundObject, factor: number, source: Source): Splice[] | null {
  const { placement } = found;
  if (placement?.method === 'place_at' && isSingle(placement.line, source) && isDirect(placement, source)) {
    const { arguments: given } = placement;
    const positional = given.filter(({ name }) => name === null);
    const scale = given.find(({ name }) => name === 'scale') ?? positional[2];
    if (scale !== undefined && /^\d*\.?\d+$/.test(scale.text)) {
      const { start, end } = source.range(scale);
      return [{ start, end, text: String(Number((Number(scale.text) * factor).toFixed(3))) }];
    }
    const last = given.at(-1);
    if (scale === undefined && last !== undefined) {
      const { end } = source.range(last);
      return [{ start: end, end, text: `, scale=${factor}` }];
    }
  }
  return found.kind === 'variable' ? statementFor(`${found.name}.scale(${factor})`, found, source) : null;
}

/** A colour as code says it: hexadecimal, or one of the lesson's by name; `null` for anything else. */
export function colorOf(color: string): string | null {
  if (/^#[0-9a-f]{6}$/i.test(color)) return `"${color}"`;
  return sceneColors().some(({ name }) => name === color) ? color : null;
}

/** Changes colour or opacity by new statements. */
export function restyle(found: FoundObject, edit: Of<'restyle'>, source: Source): Splice[] | null {
  if (found.kind === 'inline') return null;
  const { name } = found;
  const color = edit.color === undefined ? null : colorOf(edit.color);
  const statements = [
    ...(color === null ? [] : [`${name}.set_color(${color})`]),
    ...(edit.opacity === undefined ? [] : [`${name}.set_opacity(${edit.opacity})`]),
  ];
  const splices = statements.map((statement) => statementFor(statement, found, source));
  return splices.includes(null) ? null : splices.flatMap((splice) => splice ?? []);
}

/** A pause at the end of a block, before the stage is cleared there; `null`: there is no such block. */
export function retime({ block, waitS }: Of<'retime'>, source: Source): Splice[] | null {
  const span = source.facts.blocks.find(({ line }) => line === block);
  const last = span && source.outermostFrom(span.start).findLast(({ end }) => end <= span.end);
  if (last === undefined) return null;
  const clears = /^self\.clear_stage\(/.test(last.text);
  return [source.insert(`self.wait(${waitS})`, clears ? 'before' : 'after', last)];
}
