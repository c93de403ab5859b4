import { extname, join, resolve } from 'node:path';
import { z } from 'zod';
import { exitCodes, MmmcError, messageOf } from '../../harness/store/errors.ts';
import { sha256File } from '../../harness/store/hash.ts';
import { nearestWord } from '../../harness/store/yaml-file.ts';
import { type GivenPlace, type GivenVideo, givenMethod } from '../given.ts';
import { defineMethod } from '../method.ts';
import { type Offer, readOffers } from '../offers.ts';

const settingsSchema = z.strictObject({
  /**
   * A folder of mp4 files named by topic (slug, id or title), a CSV (`topic`, `file`), or topic -> path; paths start from the config's folder. The
   * videos of the dataset, when absent.
   */
  videos: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
});
type Settings = z.infer<typeof settingsSchema>;

/** Videos that people made (paper, section 5.1: the upper row of the tables). What they cost is not known, which is not 0. */
export const human = defineMethod<Settings>({
  name: 'human',
  version: '1',
  settings: settingsSchema,
  ...givenMethod,
  given: ({ videos }, place) => (videos === undefined ? ofDataset(place) : named(videos, place)),
});

async function ofDataset({ topics, allTopics, mediaFolder }: GivenPlace): Promise<Map<string, GivenVideo>> {
  if (!allTopics.some(({ humanVideo }) => humanVideo))
    throw problem(
      'the dataset has no videos',
      'Name them: settings: { videos: <folder, CSV, or topic: path> }.',
    );
  const videos = topics.flatMap(({ id, humanVideo }): [string, GivenVideo][] =>
    humanVideo === undefined
      ? []
      : [[id, { file: join(mediaFolder, humanVideo.path), sha256: humanVideo.sha256 }]],
  );
  return new Map(videos);
}

/** By name, exactly: a video that fits no topic of the dataset, or a topic that is named twice, is an error and never passed over. */
async function named(
  videos: NonNullable<Settings['videos']>,
  { topics, allTopics, folder }: GivenPlace,
): Promise<Map<string, GivenVideo>> {
  const offers = typeof videos === 'string' ? readOffers(resolve(folder, videos)) : toOffers(videos, folder);
  const found = new Map<string, GivenVideo>();
  const seen = new Set<string>();
  for (const { name, file, reported } of offers) {
    const { id, slug } = topicNamed(name, allTopics);
    if (seen.has(id)) throw problem(`two videos are named for topic ${slug}`, 'Keep one of them.');
    seen.add(id);
    // Hashing takes time, and a folder may hold videos of many topics of which few are run.
    if (!topics.some((topic) => topic.id === id)) continue;
    if (extname(file).toLowerCase() === '.webm')
      throw problem(`${file} is webm`, 'mmmc import makes mp4 of it, and a method of them all.');
    found.set(id, { file, sha256: await hashed(file), ...(reported && { reported }) });
  }
  return found;
}

function toOffers(videos: Readonly<Record<string, string>>, folder: string): Offer[] {
  return Object.entries(videos).map(([name, path]) => ({
    name,
    source: path,
    file: resolve(folder, path),
  }));
}

function topicNamed(name: string, topics: GivenPlace['allTopics']): GivenPlace['allTopics'][number] {
  // Some file systems take accents apart.
  const plain = name.normalize();
  const topic = topics.find((one) =>
    [one.id, one.slug, one.title, ...one.aliases].some((other) => other.normalize() === plain),
  );
  if (topic !== undefined) return topic;
  const near = nearestWord(
    name,
    topics.flatMap(({ slug, title }) => [slug, title]),
  );
  throw problem(
    `there is no topic ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`}`,
    'Name videos like topics (slug, id or title); mmmc import matches other names.',
  );
}

const hashed = (file: string) =>
  sha256File(file).catch((cause: unknown) => {
    throw problem(`${file} cannot be read: ${messageOf(cause)}`, 'Correct the path in videos.');
  });

function problem(message: string, hint: string): MmmcError {
  return new MmmcError('bad_config', `method human: ${message}`, { hint, exitCode: exitCodes.usage });
}
