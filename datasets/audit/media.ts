import { lstatSync } from 'node:fs';
import { extname, join } from 'node:path';
import { messageOf } from '../../harness/store/errors.ts';
import { sha256File } from '../../harness/store/hash.ts';
import type { Dataset, MediaFile } from '../schema.ts';
import type { Finding } from './text.ts';

/** Media of a dataset and what the files are like. */
export interface MediaFacts {
  images: number;
  videos: number;
  bytes: number;
  types: { type: string; files: number }[];
}

const extensions: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'image/gif': ['.gif'],
  'video/mp4': ['.mp4', '.m4v'],
  'video/quicktime': ['.mov'],
  'video/webm': ['.webm'],
};

function mediaOf({ topics }: Dataset): { topic: string; file: MediaFile }[] {
  return topics.flatMap(({ slug, referenceImage, humanVideo }) =>
    [referenceImage, humanVideo].flatMap((file) => (file === undefined ? [] : [{ topic: slug, file }])),
  );
}

/** Counts the media that the topics name. */
export function mediaFacts(dataset: Dataset): MediaFacts {
  const files = mediaOf(dataset).map(({ file }) => file);
  return {
    images: dataset.topics.filter(({ referenceImage }) => referenceImage).length,
    videos: dataset.topics.filter(({ humanVideo }) => humanVideo).length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    types: [...Map.groupBy(files, ({ type }) => type)].map(([type, found]) => ({
      type,
      files: found.length,
    })),
  };
}

/** Reads all media: files that are missing, are not what they were, or whose extension names another type. */
export async function mediaFindings(dataset: Dataset): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { topic, file } of mediaOf(dataset)) {
    const problem = await problemOf(join(dataset.folder, file.path), file);
    if (problem !== null)
      found.push({
        kind: problem.kind,
        topic,
        question: null,
        id: null,
        message: `${file.path} ${problem.why}`,
      });
  }
  return found;
}

async function problemOf(path: string, file: MediaFile): Promise<{ kind: string; why: string } | null> {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return { kind: 'missing_media', why: 'is not there' };
  if (!facts.isFile()) return { kind: 'unreadable_media', why: 'is not a file' }; // A pipe would never end.
  try {
    if ((await sha256File(path)) !== file.sha256)
      return { kind: 'changed_media', why: 'has other content than stated' };
  } catch (thrown) {
    return { kind: 'unreadable_media', why: `cannot be read: ${messageOf(thrown)}` };
  }
  const fitting = extensions[file.type];
  if (fitting === undefined || fitting.includes(extname(path).toLowerCase())) return null;
  return { kind: 'lying_extension', why: `is ${file.type}` };
}
