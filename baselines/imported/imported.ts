import { join, resolve } from 'node:path';
import { z } from 'zod';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { givenMethod } from '../given.ts';
import { defineMethod } from '../method.ts';
import { readManifest } from './manifest.ts';

const settingsSchema = z.strictObject({
  /** The folder that `mmmc import` wrote; relative paths start from the config's folder. */
  from: z.string().min(1),
});
type Settings = z.infer<typeof settingsSchema>;

/** Videos that another system made. What they cost is what their maker says, if anything. */
export const imported = defineMethod<Settings>({
  name: 'imported',
  version: '1',
  settings: settingsSchema,
  ...givenMethod,
  given: async ({ from }, place) => {
    const folder = resolve(place.folder, from);
    const manifest = readManifest(folder);
    const known = new Set(place.allTopics.map(({ id }) => id));
    if (!manifest.some(({ topicId }) => known.has(topicId)))
      throw new MmmcError('no_import', `${folder} holds no video of any topic of the dataset`, {
        hint: 'Import it again with --dataset, naming the dataset of the experiment.',
        exitCode: exitCodes.usage,
      });
    const videos = manifest.map(({ topicId, file, sha256, reported }) => {
      return [topicId, { file: join(folder, file), sha256, reported }] as const;
    });
    return new Map(videos);
  },
});
