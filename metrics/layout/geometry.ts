import { type Box, sharedArea } from '../../harness/media/layout/box.ts';
import { measureLayout } from '../../harness/media/layout/measure.ts';
import { endsOf, visibleOf } from '../../harness/media/layout/visible.ts';
import type { Screen } from '../../harness/media/screens.ts';
import type { GeometryPart } from '../../harness/media/video-part.ts';
import type { GeometryFact } from './facts.ts';
import { measureLegibility } from './legibility.ts';
import { measureOverlap } from './text-overlap.ts';
import { measureDwell, textSpans } from './texts.ts';

/** Cells to each side of the frame. */
const gridSide = 6;

/** What the geometry of a video tells; parts count by their length, the smallest text and the worst overlap are those of all. */
export function measureGeometry(
  parts: readonly GeometryPart[],
  screens: readonly Screen[],
): { facts: Record<GeometryFact, number | null>; missing: string[] } {
  const measured = parts.map((part) => ({
    weight: part.durationS,
    measure: measureLayout(part.geometry, { area: part.geometry.samples[0]?.frame ?? wholeFrame }),
    overlap: measureOverlap(part.geometry),
    grid: gridUse(part),
  }));
  const weighted = (of: (one: (typeof measured)[number]) => number) => {
    const total = measured.reduce((sum, { weight }) => sum + weight, 0);
    return total === 0 ? null : measured.reduce((sum, one) => sum + one.weight * of(one), 0) / total;
  };
  const heights = measured.flatMap(({ measure }) => measure.smallestTextPx ?? []);
  const { legible, contradicted, missing } = measureLegibility(parts, screens);
  return {
    facts: {
      textOnText: weighted(({ overlap }) => overlap.textOnText),
      textOnFigure: weighted(({ overlap }) => overlap.textOnFigure),
      worstOverlap: measured.length === 0 ? null : Math.max(...measured.map(({ overlap }) => overlap.worst)),
      offFrame: weighted(({ measure }) => measure.offFrame),
      coveredLecture: weighted(({ measure }) => measure.coveredLecture),
      smallestText: heights.length === 0 ? null : Math.min(...heights),
      empty: weighted(({ measure }) => measure.emptyShare),
      grid: weighted(({ grid }) => grid),
      ...measureDwell(textSpans(parts)),
      ...{ legible, contradicted },
    },
    missing,
  };
}

const wholeFrame: Box = [-7.111, -4, 7.111, 4];

/** Share of the grid's cells that something reaches into, over the ends of animations. */
function gridUse({ geometry }: GeometryPart): number {
  const ends = endsOf(geometry).map(({ sample }) => sample);
  const shares = ends.map((sample) => {
    const boxes = visibleOf(sample).map(({ object }) => object.box);
    const used = cellsOf(sample.frame).filter((cell) => boxes.some((box) => sharedArea(box, cell) > 0));
    return used.length / gridSide ** 2;
  });
  return shares.length === 0 ? 0 : shares.reduce((a, b) => a + b, 0) / shares.length;
}

function cellsOf([left, bottom, right, top]: Box): Box[] {
  const [width, height] = [(right - left) / gridSide, (top - bottom) / gridSide];
  return Array.from({ length: gridSide ** 2 }, (_, i) => {
    const [x, y] = [left + (i % gridSide) * width, bottom + Math.floor(i / gridSide) * height];
    return [x, y, x + width, y + height];
  });
}
