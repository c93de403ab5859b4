import { z } from 'zod';
import type { Look } from '../../harness/media/frames.ts';
import { MmmcError } from '../../harness/store/errors.ts';
import type { Slot } from '../../harness/store/plan-file.ts';
import { defineMetric, type MeasureInput, type MeasureOutcome, type MeasureStudio } from '../metric.ts';
import { measureGeometry } from './geometry.ts';
import { measurePictures } from './pictures.ts';
import { questionsShown } from './quiz-shown.ts';
import { scoreLayout } from './score.ts';

const settingsSchema = z.strictObject({});
type Settings = z.infer<typeof settingsSchema>;

/** Layout without a judge: what can be measured of every video by its pixels, and of rendered ones by their geometry. */
export const layout = defineMetric<Settings>({
  name: 'layout',
  version: '2',
  settings: settingsSchema,
  endpoints: () => [],
  prompts: [],
  slots: ({ cells }) =>
    cells.map(({ id: cellId, topicId }) => ({
      ...{ metric: 'layout', arm: null, topicId, cellId, order: 'none', endpoint: '', prompt: '', repeat: 0 },
    })),
  estimate: () => ({}),
  measure,
  score: scoreLayout,
});

async function measure(_slot: Slot, input: MeasureInput, studio: MeasureStudio): Promise<MeasureOutcome> {
  if (input.video === null) return { status: 'skipped', cause: 'no_video', message: null };
  try {
    const [look, screens, parts] = await Promise.all([
      studio.look(input.video.file),
      studio.screens(input.video.file),
      studio.geometry(),
    ]);
    const told = parts === null ? null : measureGeometry(parts, screens);
    const { quiz } = input.topic;
    const shown = questionsShown(quiz, screens);
    studio.observe({
      facts: {
        ...measurePictures(look, screens),
        ...told?.facts,
        // For the flag alone: a method that never saw the quiz has 0.
        quizShown: quiz.length === 0 ? null : shown.length / quiz.length,
      },
      notes: [
        ...cutShort(look),
        ...(told?.missing ?? []).map((text) => `the geometry has “${text}”, no frame shows it`),
        ...shown.map((stem) => `the question “${stem}” stands on a frame`),
      ],
    });
    return { status: 'ok', cause: null, message: null };
  } catch (thrown) {
    // The video is what it is: trying again would find the same.
    if (thrown instanceof MmmcError && thrown.code === 'video_undecodable')
      return { status: 'skipped', cause: thrown.code, message: thrown.message };
    throw thrown;
  }
}

/** Less of what a file claims to be can be decoded than this: it was cut. */
const leastDecoded = 0.9;

function cutShort({ durationS, film }: Look): string[] {
  return film.durationS >= leastDecoded * durationS - 1
    ? []
    : [`only ${film.durationS.toFixed(1)} of ${durationS.toFixed(1)} s can be decoded`];
}
