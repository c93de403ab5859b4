import { areaOf, nearlyEqual, sharedArea, shareInside } from '../../../media/layout/box.ts';
import type { CritiqueRequest, Element, Moment } from './table.ts';

/** Something that a viewer would mind, at the moment when it is worst. */
export interface Finding {
  kind: 'overlap' | 'covered_line' | 'off_screen' | 'too_small';
  /** The one to change. */
  element: Element;
  /** What it lies over. */
  other: Element | null;
  moment: Moment;
  /** Share of the smaller one hidden, of the line covered, outside the frame, or missing to the least height: 0-1. */
  amount: number;
}

/** From here on a finding counts. */
const least = { texts: 0.05, figure: 0.1, covered: 0.1, outside: 0.05 } as const;
/** A text of which this much lies in a figure is its label. */
const contained = 0.9;
/** Height of a readable text in pixels at 480p. */
export const readablePx = 16;

/** All findings, one for each element and kind, the worst first. Computed from the table alone. */
export function findingsOf({ occupancy, frame }: CritiqueRequest): Finding[] {
  const worst = new Map<string, Finding>();
  for (const finding of occupancy.flatMap((moment) => findingsAt(moment, frame))) {
    const key = `${finding.kind} ${finding.element.element}`;
    if (finding.amount > (worst.get(key)?.amount ?? 0)) worst.set(key, finding);
  }
  return [...worst.values()].toSorted((a, b) => b.amount - a.amount);
}

function findingsAt(moment: Moment, frame: CritiqueRequest['frame']): Finding[] {
  const stage = moment.elements.filter(({ place }) => place === 'stage');
  const lines = moment.elements.filter(({ place, kind }) => place !== 'stage' && kind === 'text');
  return [
    ...stage.flatMap((a, i) => stage.slice(i + 1).flatMap((b) => overlap(a, b, moment))),
    ...stage.flatMap((element) => lines.flatMap((line) => covered(element, line, moment))),
    ...stage.flatMap((element) => outside(element, frame, moment)),
    ...stage.flatMap((element) => small(element, moment)),
  ];
}

/** Is one a part of the other, by their names? */
export function isPart(a: Element, b: Element): boolean {
  const within = (part: string, whole: string) =>
    part.startsWith(`${whole}[`) || part.startsWith(`${whole}.`);
  return a.element === b.element || within(a.element, b.element) || within(b.element, a.element);
}

function overlap(a: Element, b: Element, moment: Moment): Finding[] {
  const kinds = [a.kind, b.kind];
  const texts = a.kind === 'text' && b.kind === 'text';
  if (kinds.includes('open') || kinds.includes('loose') || !kinds.includes('text') || isPart(a, b)) return [];
  if (texts && a.text === b.text && nearlyEqual(a.box, b.box, 0.05)) return [];
  if (!texts && Math.max(shareInside(a.box, b.box), shareInside(b.box, a.box)) >= contained) return [];
  const amount = sharedArea(a.box, b.box) / Math.max(1e-6, Math.min(areaOf(a.box), areaOf(b.box)));
  if (amount < (texts ? least.texts : least.figure)) return [];
  const [element, other] = isMoved(a, b) ? [a, b] : [b, a];
  return [{ kind: 'overlap', element, other, moment, amount: Math.min(1, amount) }];
}

/** The one that a line of code is known for is moved; of two the smaller one. */
function isMoved(a: Element, b: Element): boolean {
  if ((a.line === null) !== (b.line === null)) return a.line !== null;
  return areaOf(a.box) < areaOf(b.box);
}

/** A figure around a line is a highlight. */
function covered(element: Element, line: Element, moment: Moment): Finding[] {
  if (element.kind === 'open' || element.kind === 'loose') return [];
  if (element.kind === 'solid' && shareInside(line.box, element.box) >= contained) return [];
  const amount = sharedArea(element.box, line.box) / Math.max(1e-6, areaOf(line.box));
  if (amount < least.covered) return [];
  return [{ kind: 'covered_line', element, other: line, moment, amount: Math.min(1, amount) }];
}

function outside(element: Element, frame: CritiqueRequest['frame'], moment: Moment): Finding[] {
  const amount = 1 - shareInside(element.box, frame);
  const fills = element.kind !== 'text' && shareInside(frame, element.box) >= contained;
  if (fills || amount < least.outside) return [];
  return [{ kind: 'off_screen', element, other: null, moment, amount }];
}

function small(element: Element, moment: Moment): Finding[] {
  const { text = '', text_px: px } = element;
  if (px === undefined || px <= 0 || px >= readablePx || !/[\p{L}\p{N}]/u.test(text)) return [];
  return [{ kind: 'too_small', element, other: null, moment, amount: 1 - px / readablePx }];
}
