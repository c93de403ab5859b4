import { areaOf, type Box, sharedArea } from '../../../harness/media/layout/box.ts';
import { textPx } from '../../../harness/media/layout/text-size.ts';
import { type Kind, type Place, type Visible, visibleOf } from '../../../harness/media/layout/visible.ts';
import type { Geometry } from '../../../harness/render/geometry.ts';
import type { Placement, SceneFacts } from '../../../harness/render/inspection.ts';
import type { AnchorMode } from '../settings.ts';
import { chosenMoments, type Moment, momentsOf } from './moments.ts';
import { definitionLine, inlinePlacements, isPositioning, placementsFor } from './placing.ts';
import { cellAreas } from './stage.ts';

/** One thing that is seen at a moment. Boxes are left, bottom, right, top in units; `textPx` is a height at 480p. */
export interface Element {
  element: string;
  /** The line of the code that placed it last before, else that made it; `null` where none is known. */
  line: number | null;
  place: Place;
  kind: Kind;
  box: Box;
  /** Cells of which it covers a noticeable part. */
  anchors: string[];
  /** By which it was scaled in the code, where that is a number. */
  scale: number | null;
  text?: string;
  textPx?: number;
  color?: string;
}

/** Which element stood where at the end of an animation. */
export interface TableRow {
  timeS: number;
  /** The lecture line that was lit. */
  block: number;
  elements: Element[];
  /** Elements that are not listed. */
  leftOff?: number;
}

const mostElements = 30;
/** Of a cell, or of an element that is smaller than one. */
const noticeable = { ofCell: 0.1, ofElement: 0.25 } as const;
const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));

/**
 * The occupancy table (paper section 4.3): element, anchors, scale and line of code at the ends of animations. Boxes come
 * from the geometry taken during the render, lines and scales from the syntax tree.
 */
export function occupancyTable(geometry: Geometry, facts: SceneFacts, mode: AnchorMode): TableRow[] {
  const areas = cellAreas(mode);
  return chosenMoments(momentsOf(geometry, facts)).map((moment) => rowOf(moment, facts, areas));
}

type Areas = ReturnType<typeof cellAreas>;

function rowOf(moment: Moment, facts: SceneFacts, areas: Areas): TableRow {
  const visible = visibleOf(moment.sample).toSorted(
    (a, b) => Number(a.place === 'stage') - Number(b.place === 'stage'),
  );
  const leftOff = visible.length - mostElements;
  return {
    timeS: rounded(moment.sample.timeS),
    block: moment.block,
    elements: visible.slice(0, mostElements).map((entry) => elementOf(entry, moment, facts, areas)),
    ...(leftOff > 0 ? { leftOff } : {}),
  };
}

function elementOf(entry: Visible, { sample, block }: Moment, facts: SceneFacts, areas: Areas): Element {
  const { place, kind, object } = entry;
  const [left, bottom, right, top] = object.box;
  const { text } = object;
  return {
    element: object.name,
    ...(place === 'stage' ? codeOf(object.name, text, block, facts) : { line: null, scale: null }),
    place,
    kind,
    box: [rounded(left), rounded(bottom), rounded(right), rounded(top)],
    anchors: areas.filter(({ box }) => covers(object.box, box)).map(({ cell }) => cell),
    ...(text === undefined ? {} : { text: text.slice(0, 80), textPx: rounded(textPx(object, sample), 1) }),
    ...(object.color === undefined ? {} : { color: object.color }),
  };
}

function covers(element: Box, cell: Box): boolean {
  const shared = sharedArea(element, cell);
  return (
    shared >= noticeable.ofCell * areaOf(cell) ||
    (areaOf(element) > 0 && shared >= noticeable.ofElement * areaOf(element))
  );
}

/** Blocks follow one another in the file, so what stands in a later one has not happened yet. */
function codeOf(name: string, text: string | undefined, block: number, facts: SceneFacts) {
  const known = definitionLine(name, facts);
  const all =
    known === null && text !== undefined ? inlinePlacements(text, facts) : placementsFor(name, facts);
  const past = all.filter((placement) => placement.block === null || placement.block <= block);
  return {
    line: past.findLast(isPositioning)?.line ?? past.at(-1)?.line ?? known,
    scale: past.map(scaleOf).findLast((scale) => scale !== null) ?? null,
  };
}

/** The number by which a placing call scales; `null` where it does not, or by no literal. */
export function scaleOf({ method, arguments: given }: Placement): number | null {
  const found =
    method === 'scale'
      ? (given.find(({ name }) => name === 'scale_factor') ?? given.find(({ name }) => name === null))
      : method === 'place_at'
        ? (given.find(({ name }) => name === 'scale') ?? given.filter(({ name }) => name === null)[2])
        : undefined;
  return found !== undefined && /^\d*\.?\d+$/.test(found.text) ? Number(found.text) : null;
}
