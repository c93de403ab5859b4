import type { Placement } from '../../../harness/render/inspection.ts';
import { definitionLine, inlinePlacements, isPositioning, placementsFor, rootOf } from './placing.ts';
import type { Source } from './source.ts';
import type { Element, TableRow } from './table.ts';

/** What an edit rests on: the code that was shown, and where things stood. */
export interface Scene {
  source: Source;
  table: readonly TableRow[];
}

/** What an edit says of the thing that it is about. */
export interface Sought {
  object: string;
  line?: number | undefined;
  timeS?: number | undefined;
}

/** How the code speaks of an object: by a variable, or not at all (`inline`: made where it is shown). */
export type FoundObject =
  | { kind: 'variable'; name: string; definition: number; placement: Placement | null; block: number | null }
  | { kind: 'inline'; placement: Placement | null; block: number | null };
type Found = FoundObject | { kind: 'refused'; reason: string };

/** Names and places of lists, groups and dictionaries: nothing else that a critic writes gets into the code. */
const path = /^(self\.)?[A-Za-z_]\w*(\[(\d{1,3}|'[\w ]{1,40}')\])*$/;

/** Finds the object of an edit: the line first, where it holds a placing call of the object, then the name. */
export function findObject(sought: Sought, scene: Scene): Found {
  const { object } = sought;
  const { facts } = scene.source;
  if (object === 'self') return { kind: 'refused', reason: 'the scene itself is no object' };
  if (/^(self\.)?(title|lecture)$/.test(rootOf(object)) && definitionLine(object, facts) === null)
    return { kind: 'refused', reason: 'title and lecture lines keep their places' };
  const definition = definitionLine(object, facts);
  if (definition !== null && path.test(object)) {
    const placement = choose(placementsFor(object, facts).filter(isPositioning), sought, scene);
    const block = placement?.block ?? blockOf(sought, scene);
    return { kind: 'variable', name: object, definition, placement, block };
  }
  const elements = scene.table.flatMap(({ elements }) =>
    elements.filter(({ element }) => element === object),
  );
  if (elements.length === 0)
    return { kind: 'refused', reason: `no object ${JSON.stringify(object)} in the code` };
  return inline(elements, sought, scene);
}

/** An object without a variable can be told by its line or its text, if that is the only one there. */
function inline(elements: readonly Element[], sought: Sought, scene: Scene): Found {
  const { facts } = scene.source;
  const line = sought.line ?? elements[0]?.line;
  const texts = new Set(elements.filter((e) => e.line === line).map((e) => e.text ?? ''));
  const here = facts.placements.filter((p) => p.root === null && p.assigned === null && holds(p, line));
  const byText = [...texts].flatMap((text) => inlinePlacements(text, facts)).filter((p) => holds(p, line));
  const candidates = (byText.length > 0 ? byText : here).filter(isPositioning);
  const placement = candidates.length === 1 ? (candidates[0] ?? null) : null;
  return {
    kind: 'inline',
    placement,
    block: placement?.block ?? blockOf({ ...sought, line: line ?? undefined }, scene),
  };
}

const holds = (p: Placement, line: number | null | undefined) =>
  line !== undefined && line !== null && p.line <= line && line <= p.endLine;

function choose(candidates: readonly Placement[], { line, timeS }: Sought, scene: Scene): Placement | null {
  const there = candidates.findLast((p) => holds(p, line));
  if (there !== undefined) return there;
  const block = timeS === undefined ? null : blockAt(timeS, scene.table);
  const past = candidates.findLast((p) => block === null || p.block === null || p.block <= block);
  return past ?? candidates.at(-1) ?? null;
}

/** The block that an edit is about: where the object is seen to be wrong, else where its line stands, else where it is seen. */
function blockOf({ object, line, timeS }: Sought, { source, table }: Scene): number | null {
  const seen = table.find(({ elements }) => elements.some(({ element }) => element === object))?.block;
  const written =
    line === undefined
      ? undefined
      : source.facts.blocks.find(({ start, end }) => start <= line && line <= end)?.line;
  return written ?? (timeS === undefined ? null : blockAt(timeS, table)) ?? seen ?? null;
}

/** The block of the moment next to a time. */
function blockAt(timeS: number, table: readonly TableRow[]): number | null {
  const near = table.toSorted((a, b) => Math.abs(a.timeS - timeS) - Math.abs(b.timeS - timeS))[0];
  return near?.block ?? null;
}
