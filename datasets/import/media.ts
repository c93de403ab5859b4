import { lstatSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileTypeFromFile } from 'file-type';
import { imageSize } from 'image-size';
import { messageOf } from '../../harness/store/errors.ts';
import { sha256, sha256File } from '../../harness/store/hash.ts';
import { type Anomaly, isInnerPath, type MediaFile } from '../schema.ts';

/** The pictures that are read, with the extensions that tell the truth about them. */
const pictures: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'image/gif': ['.gif'],
};

const videos: Readonly<Record<string, readonly string[]>> = {
  'video/mp4': ['.mp4', '.m4v'],
  'video/x-m4v': ['.m4v', '.mp4'],
  'video/quicktime': ['.mov', '.qt'],
  'video/webm': ['.webm'],
  'video/matroska': ['.mkv'],
  'video/x-matroska': ['.mkv'],
};

const largestPicture = 64 * 1024 ** 2;
const largestVideo = 2 * 1024 ** 3;

/** What can be measured of a video only by decoding it: seconds and pixels. */
export interface VideoMeasures {
  durationS: number;
  width: number;
  height: number;
}

/** Measures a video at a path, or null when it cannot; the caller decides where that is safe to do. */
export type ProbeVideo = (path: string) => Promise<VideoMeasures | null>;

/** A medium, when it could be read, and what was odd about it. */
export interface MediaRead {
  kind?: 'picture' | 'video';
  media?: MediaFile;
  anomalies: readonly Anomaly[];
}

const refused = (kind: string, where: string, message: string): MediaRead => ({
  anomalies: [{ kind, where, message }],
});

/**
 * Reads type, size, hash of a picture or video by its bytes. Never throws for what the file is: a file that is missing,
 * unreadable, neither PNG, JPEG, WebP, GIF nor a video, or not inside the folder (symbolic links count as outside) is an
 * anomaly and no medium.
 *
 * @param path From `folder`, with `/`.
 */
export async function readMedia(folder: string, path: string, probe?: ProbeVideo): Promise<MediaRead> {
  if (!isInnerPath(path)) return refused('path_outside', JSON.stringify(path), 'the path leaves its folder');
  const where = join(folder, path);
  try {
    const reason = await whyNoFile(folder, path);
    if (reason !== null) return refused(reason.kind, where, reason.message);
    const { size } = lstatSync(where);
    const type = await typeOf(where);
    if (pictures[type])
      return size > largestPicture ? huge(where, largestPicture) : readPicture(where, path, type);
    if (videos[type])
      return size > largestVideo ? huge(where, largestVideo) : await readVideo(where, path, type, probe);
    const found = type === '' ? 'of no known type' : type;
    return refused('unknown_media', where, `expected PNG, JPEG, WebP, GIF or a video, found a file ${found}`);
  } catch (error) {
    return refused('unreadable_media', where, messageOf(error));
  }
}

const huge = (where: string, most: number) =>
  refused('huge_media', where, `larger than ${most / 1024 ** 2} MB, the most that is read`);

async function whyNoFile(folder: string, path: string): Promise<{ kind: string; message: string } | null> {
  let place = folder;
  for (const part of path.split('/')) {
    place = join(place, part);
    const facts = lstatSync(place, { throwIfNoEntry: false });
    if (facts === undefined) return { kind: 'missing_media', message: 'there is no such file' };
    if (facts.isSymbolicLink()) return { kind: 'path_outside', message: `${place} is a symbolic link` };
  }
  return lstatSync(place).isFile() ? null : { kind: 'unreadable_media', message: 'it is not a file' };
}

/** The media type that the first bytes say; animated PNG is PNG. */
async function typeOf(path: string): Promise<string> {
  const mime = (await fileTypeFromFile(path))?.mime ?? '';
  return mime === 'image/apng' ? 'image/png' : mime;
}

function lyingExtension(where: string, type: string, honest: readonly string[] | undefined): Anomaly[] {
  const extension = extname(where);
  if (honest?.includes(extension.toLowerCase())) return [];
  const message = `the name says ${extension === '' ? 'nothing' : extension}, the bytes say ${type}`;
  return [{ kind: 'lying_extension', where, message }];
}

function readPicture(where: string, path: string, type: string): MediaRead {
  const bytes = readFileSync(where);
  const { width, height } = imageSize(bytes);
  if (!(width > 0 && height > 0))
    return refused('unreadable_media', where, `it claims ${width} x ${height} pixels`);
  if (isCut(type, bytes)) return refused('unreadable_media', where, 'the file is cut: its end is missing');
  return {
    kind: 'picture',
    media: { path, sha256: sha256(bytes), bytes: bytes.length, type, width, height },
    anomalies: lyingExtension(where, type, pictures[type]),
  };
}

/** Is the mark missing by which each format ends? What may follow it is passed over, but for WebP, which says its length. */
function isCut(type: string, bytes: Buffer): boolean {
  if (type === 'image/webp') return bytes.length < 12 || bytes.readUInt32LE(4) + 8 > bytes.length;
  if (type === 'image/png') return bytes.lastIndexOf('IEND') < 0;
  return bytes.lastIndexOf(type === 'image/jpeg' ? Buffer.from([0xff, 0xd9]) : Buffer.from([0x3b])) < 0;
}

async function readVideo(
  where: string,
  path: string,
  type: string,
  probe: ProbeVideo | undefined,
): Promise<MediaRead> {
  const { size } = lstatSync(where);
  const measures = (await probe?.(where)) ?? null;
  const anomalies = lyingExtension(where, type, videos[type]);
  if (probe !== undefined && measures === null)
    anomalies.push({ kind: 'unreadable_media', where, message: 'its length and size could not be measured' });
  const plain = { path, sha256: await sha256File(where), bytes: size, type };
  if (measures === null) return { kind: 'video', media: plain, anomalies };
  const { durationS, width, height } = measures;
  return { kind: 'video', media: { ...plain, width, height, durationS }, anomalies };
}

/** Groups of media with the same bytes, each an anomaly. */
export function identicalMedia(media: readonly MediaFile[]): Anomaly[] {
  const byPath = new Map(media.map((file) => [file.path, file]));
  const groups = Map.groupBy(byPath.values(), (file) => file.sha256);
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      kind: 'identical_media',
      where: group.map(({ path }) => path).join(', '),
      message: `${group.length} files hold the same bytes`,
    }));
}
