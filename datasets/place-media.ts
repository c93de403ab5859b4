import { constants, copyFileSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import { bundleUnwritable, exitCodes, MmmcError } from '../harness/store/errors.ts';
import { sha256File } from '../harness/store/hash.ts';
import type { Dataset, Manifest, MediaFile, Topic } from './schema.ts';

const extensions: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/webp': '.webp',
  'image/gif': '.gif',
  'video/mp4': '.mp4',
  'video/quicktime': '.mov',
  'video/webm': '.webm',
};

/**
 * Copies the media of a dataset into the folder `out`, under names made of slug and true type; gives the topics with the
 * new paths, and the files for the manifest. All are copied and checked before the first gets its name, since `out` may
 * be the folder they come from. Throws `bundle_unwritable` (exit 5), `bad_out`, `changed_media` (exit 2).
 */
export async function placeMedia(
  dataset: Dataset,
  out: string,
): Promise<{ topics: Topic[]; files: Manifest['files'] }> {
  const staged = new Map<string, string>();
  const files: Manifest['files'] = [];
  const topics: Topic[] = [];
  const place = async (slug: string, media: MediaFile): Promise<MediaFile> => {
    const path = `media/${slug}${extensions[media.type] ?? extname(media.path)}`;
    const target = join(out, path);
    const part = `${target}.${process.pid}.tmp`; // Another process may write here too.
    staged.set(part, target);
    await stage(join(dataset.folder, media.path), part, media.sha256);
    files.push({ path, sha256: media.sha256, bytes: media.bytes });
    return { ...media, path };
  };
  try {
    for (const { referenceImage, humanVideo, ...topic } of dataset.topics)
      topics.push({
        ...topic,
        ...(referenceImage && { referenceImage: await place(topic.slug, referenceImage) }),
        ...(humanVideo && { humanVideo: await place(topic.slug, humanVideo) }),
      });
    for (const [part, target] of staged) writing(target, () => renameSync(part, target));
  } catch (thrown) {
    for (const part of staged.keys()) rmSync(part, { force: true });
    throw thrown;
  }
  return { topics, files };
}

async function stage(source: string, part: string, expected: string): Promise<void> {
  const folder = join(part, '..');
  writing(folder, () => mkdirSync(folder, { recursive: true }));
  if (lstatSync(folder).isSymbolicLink())
    throw new MmmcError('bad_out', `${folder} is a symbolic link; media would be written elsewhere`, {
      exitCode: exitCodes.usage,
      hint: 'Remove the link, or name another folder with --out.',
    });
  if (!lstatSync(source, { throwIfNoEntry: false })?.isFile()) throw changed(source);
  writing(part, () => copyFileSync(source, part, constants.COPYFILE_FICLONE));
  if ((await sha256File(part)) !== expected) throw changed(source);
}

function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw bundleUnwritable(path, cause);
  }
}

function changed(path: string): MmmcError {
  return new MmmcError('changed_media', `${path} is not what it was when it was read`, {
    exitCode: exitCodes.usage,
    hint: 'Import again.',
  });
}
