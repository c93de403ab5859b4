import { type Box, heightOf, sharedArea, shareInside, widthOf } from '../../../media/layout/box.ts';
import { type Finding, isPart, readablePx } from './findings.ts';
import type { CritiqueRequest, Element } from './table.ts';

export type Edit = Readonly<Record<string, unknown>> & { action: string };

interface Spot {
  to: unknown;
  x: number;
  y: number;
}

/**
 * The edit for a finding; `null` where the rule knows none. Too small: larger, at most three times. Otherwise to the
 * nearest spot whose place is free in all moments of that block; where there is none, smaller by a third. Later blocks are
 * not looked at, so a proposal may turn out wrong. What was tried before is not proposed again. An element that no line of
 * code is known for has its block written anew.
 */
export function proposeFor(finding: Finding, request: CritiqueRequest): Edit | null {
  const tried = request.tried.flatMap(({ edits }) => edits.map((edit) => keyOf(edit)));
  return candidates(finding, request).find((edit) => !tried.includes(keyOf(edit))) ?? null;
}

/** Edits are the same when they do the same: the line is only a hint. */
function keyOf(edit: unknown): string {
  if (edit === null || typeof edit !== 'object') return '';
  const entries = Object.entries(edit).filter(([key]) => key !== 'line');
  return JSON.stringify(entries.toSorted(([a], [b]) => a.localeCompare(b)));
}

function candidates(finding: Finding, request: CritiqueRequest): Edit[] {
  const { element, kind, moment } = finding;
  const object = element.element;
  if (element.line === null) return [rewrite(finding)];
  const at = { object, line: element.line };
  if (kind === 'too_small') {
    const factor = Math.min(3, readablePx / Math.max(1, element.text_px ?? readablePx));
    return [{ action: 'rescale', ...at, factor: Math.ceil(factor * 100) / 100 }];
  }
  const moves = spotsFor(request)
    .toSorted((a, b) => distance(a, element.box) - distance(b, element.box))
    .filter((spot) => isFree(placed(element.box, spot), element, moment.block, request))
    .map((spot): Edit => ({ action: 'move', ...at, to: spot.to }));
  const smaller = { action: 'rescale', ...at, factor: 0.67 };
  return request.anchors === null ? [smaller, rewrite(finding)] : [...moves, smaller];
}

function rewrite({ kind, element, other, moment }: Finding): Edit {
  const what = other === null ? kind.replace('_', ' ') : `${kind.replace('_', ' ')} with ${other.element}`;
  const instruction = `Place ${element.element} where it is free of others and inside the stage (now: ${what}).`;
  return { action: 'rewrite', block: moment.block, instruction };
}

/** Half a unit apart where the critic may choose any point. */
const step = 0.5;

function spotsFor({ anchors, stage }: CritiqueRequest): Spot[] {
  if (anchors === null) return [];
  if (anchors.mode !== 'self') return anchors.cells.map(({ cell, x, y }) => ({ to: cell, x, y }));
  const [left, bottom, right, top] = stage;
  const along = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.floor((to - from) / step) - 1) }, (_, i) =>
      Number((from + (i + 1) * step).toFixed(2)),
    );
  return along(left, right).flatMap((x) => along(bottom, top).map((y) => ({ to: { x, y }, x, y })));
}

const distance = ({ x, y }: Spot, [left, bottom, right, top]: Box) =>
  Math.hypot(x - (left + right) / 2, y - (bottom + top) / 2);

function placed(box: Box, { x, y }: Spot): Box {
  const [width, height] = [widthOf(box) / 2, heightOf(box) / 2];
  return [x - width, y - height, x + width, y + height];
}

/** Room that is kept around what is moved, in units. */
const margin = 0.03;

/** Inside the stage, and over nothing that stands there in the block; lines and curves may be crossed. */
function isFree(box: Box, element: Element, block: number, { stage, occupancy }: CritiqueRequest): boolean {
  if (shareInside(box, stage) < 0.99) return false;
  const others = occupancy
    .filter((moment) => moment.block === block)
    .flatMap(({ elements }) => elements)
    .filter((other) => other.kind !== 'open' && other.kind !== 'loose' && !isPart(other, element));
  const room: Box = [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin];
  return others.every((other) => sharedArea(room, other.box) === 0);
}
