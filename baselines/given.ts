import { basename } from 'node:path';
import { z } from 'zod';
import { MmmcError } from '../harness/store/errors.ts';
import type { Lesson, Production, Studio } from './method.ts';

const amount = z.number().nonnegative().nullable().default(null);

/** What somebody says that a video cost; `null`: they do not say. Nothing of it was measured by us. */
export const reportedSchema = z.strictObject({
  costUsd: amount,
  timeS: amount,
  inputTokens: amount,
  outputTokens: amount,
  calls: amount,
});
export type Reported = z.infer<typeof reportedSchema>;

/** A video that exists already: a method's answer to a topic, known when the experiment is planned. */
export interface GivenVideo {
  file: string;
  sha256: string;
  reported?: Reported | undefined;
}

/** A topic as far as its names and its video go. */
interface GivenTopic {
  id: string;
  slug: string;
  title: string;
  aliases: readonly string[];
  humanVideo?: { path: string; sha256: string } | undefined;
}

/** Where given videos are looked for: the dataset's media, and the folder that paths of settings start from. */
export interface GivenPlace {
  /** The topics of the experiment, and all of the dataset: a video may be for one that is not run now. */
  topics: readonly GivenTopic[];
  allTopics: readonly GivenTopic[];
  mediaFolder: string;
  folder: string;
}

/** What methods whose videos exist already have in common: they call no model, and where a video lies says nothing of it. */
export const givenMethod = {
  roles: [],
  prompts: [],
  renders: false,
  // The videos' hashes are part of the cells' ids.
  identity: () => ({}),
  estimate: () => ({ calls: {}, renders: 0 }),
  produce: (lesson: Lesson, _: unknown, studio: Studio) => takeGiven(lesson, studio),
};

/**
 * Takes the topic's video as the production. Throws `not_a_video` where it cannot be read: a file that is damaged says nothing of how well
 * it teaches, so that it must never be scored as a lesson that failed.
 */
async function takeGiven({ given }: Lesson, studio: Studio): Promise<Production> {
  if (given === undefined) throw new MmmcError('plan_damaged', 'a topic was planned without its video');
  const taken = await studio.accept(given, 'video.mp4');
  if (!taken.ok)
    throw new MmmcError('not_a_video', `${basename(given.file)}: ${taken.reason}`, {
      hint: 'Put a video in its place that can be read, and start the run again.',
    });
  return {
    status: 'ok',
    cause: null,
    message: null,
    video: 'video.mp4',
    sections: [],
    reported: given.reported ?? reportedSchema.parse({}),
  };
}
