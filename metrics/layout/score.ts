import type { Evidence, MethodResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import type { Table } from '../table.ts';
import {
  type GeometryFact,
  geometryFacts,
  type LayoutFact,
  type PictureFact,
  pictureFacts,
} from './facts.ts';

interface Part {
  id: string;
  title: string;
  caption: string;
  facts: readonly (PictureFact | GeometryFact)[];
}

const facts: Readonly<Record<string, LayoutFact>> = { ...pictureFacts, ...geometryFacts };
const same = 'Averaged over videos; lower or higher is not better by itself: read it against human videos.';

const parts: readonly Part[] = [
  {
    id: 'layout',
    title: 'Layout: text',
    caption: `Measured of every video by its frames and OCR, without a judge; legible, contradicted, dwell and hurried need the geometry of a render. ${same}`,
    facts: [
      ...(['characters', 'textHeight', 'contrast', 'legible'] as const),
      ...(['contradicted', 'dwell', 'hurried', 'confidence'] as const),
    ],
  },
  {
    id: 'layout-motion',
    title: 'Layout: motion',
    caption: `Measured of every video by its pictures, small and gray. ${same}`,
    facts: ['frozen', 'longestHold', 'black', 'flicker', 'sceneChanges'],
  },
  {
    id: 'layout-geometry',
    title: 'Layout: places',
    caption: `Measured of rendered videos by where the renderer put things. It comes from a process that ran the method’s code: what OCR contradicts is counted and flagged. ${same}`,
    facts: [
      ...(['textOnText', 'textOnFigure', 'worstOverlap', 'offFrame'] as const),
      ...(['coveredLecture', 'smallestText', 'empty', 'grid'] as const),
    ],
  },
];

/** Tables of what was measured. Videos that were never made have no layout; where no method has a geometry there is no table of it. */
export function scoreLayout(evidence: Evidence): Table[] {
  const measured = evidence.measurements.filter(({ metric }) => metric === 'layout');
  const isKnown = (key: string) => measured.some(({ observation }) => observation?.facts[key] != null);
  return measured.length === 0
    ? []
    : parts.filter(({ id, facts: keys }) => id === 'layout' || keys.some(isKnown)).map(tableOf(evidence));
}

const tableOf =
  (evidence: Evidence) =>
  ({ facts: keys, ...part }: Part): Table => ({
    ...part,
    columns: keys.flatMap((key) => {
      const fact = facts[key];
      return fact === undefined ? [] : [{ key, align: 'right' as const, ...fact }];
    }),
    rows: evidence.methods.map((method) => ({
      ...{ methodId: method.id, label: method.label },
      figures: Object.fromEntries(keys.map((key) => [key, figureOf(evidence, method, key)])),
    })),
  });

/** Mean over the method's videos in which there is something to measure; a video that could not be measured is told of. */
function figureOf(evidence: Evidence, method: MethodResult, key: string) {
  const cells = new Set(
    evidence.cells.filter((cell) => cell.methodId === method.id && cell.video !== null).map(({ id }) => id),
  );
  const values = evidence.measurements.flatMap(({ metric, cellId, observation }) =>
    metric === 'layout' && cells.has(cellId ?? '')
      ? observation === undefined
        ? [null]
        : (observation.facts[key] ?? [])
      : [],
  );
  const figure = meanFigure(values, method.scripted, 'not measured');
  // No cell stands behind what a video has not: a film without text has no contrast.
  return values.length === 0 ? { ...figure, n: null } : figure;
}
