import { endsOf, type Sample, visibleOf } from '../../../harness/media/layout/visible.ts';
import type { Geometry } from '../../../harness/render/geometry.ts';
import type { SceneFacts } from '../../../harness/render/inspection.ts';
import { sceneColors } from '../reference.ts';

/** At most so many moments are shown. */
export const mostMoments = 8;

/** The end of an animation, with the lecture line in whose block it lies (0: before the first). */
export interface Moment {
  sample: Sample;
  block: number;
}

const lit = sceneColors()
  .find(({ name }) => name === 'ACCENT')
  ?.code.toLowerCase();

/** Which rows of the lecture lines are lit, by their places; empty before the first is. */
function litRows(sample: Sample): string {
  const rows = visibleOf(sample).filter(({ place, kind }) => place === 'lecture' && kind === 'text');
  // A row that changes its colour comes to the front in the list, so its id tells, not its place in it.
  return rows
    .filter(({ object }) => object.color?.toLowerCase() === lit)
    .map(({ object }) => object.id)
    .toSorted((a, b) => a - b)
    .join(' ');
}

/**
 * The ends of animations with their blocks. Each time that other rows light up the next block of the code has begun: that
 * holds for lines of several rows, and whatever their texts are.
 */
export function momentsOf(geometry: Geometry, { blocks }: Pick<SceneFacts, 'blocks'>): Moment[] {
  // A line that is lit a second time in a row looks as it did.
  const lines = blocks.map(({ line }) => line).filter((line) => line > 0);
  const numbers = lines.filter((line, i) => line !== lines[i - 1]);
  let [rows, passed] = ['', 0];
  return endsOf(geometry).map(({ sample }) => {
    const now = litRows(sample);
    if (now !== '' && now !== rows) {
      rows = now;
      passed += 1;
    }
    return { sample, block: passed === 0 ? 0 : (numbers[Math.min(passed, numbers.length) - 1] ?? passed) };
  });
}

/**
 * At most 8 moments, in order of time: of those that show the same the last, then of each block the one with the most on
 * the stage, then the fullest of all.
 */
export function chosenMoments(all: readonly Moment[]): Moment[] {
  const distinct = all.filter(
    (moment, i) => i === all.length - 1 || !showsSame(moment, all[i + 1] ?? moment),
  );
  const fullest = distinct.toSorted((a, b) => crowd(b) - crowd(a) || b.sample.timeS - a.sample.timeS);
  const first = fullest.filter((m, i) => fullest.findIndex(({ block }) => block === m.block) === i);
  const more = fullest.filter((moment) => !first.includes(moment) && crowd(moment) > 0);
  const chosen = [...first, ...more].slice(0, mostMoments);
  return chosen.toSorted((a, b) => a.sample.timeS - b.sample.timeS);
}

const crowd = ({ sample }: Moment) => visibleOf(sample).filter(({ place }) => place === 'stage').length;

function showsSame(a: Moment, b: Moment): boolean {
  const shown = ({ sample, block }: Moment) =>
    JSON.stringify([block, visibleOf(sample).map(({ object }) => [object.id, object.box, object.color])]);
  return shown(a) === shown(b);
}
