import type { Sandbox } from '../render/sandbox/port.ts';
import { withWorkspace } from '../render/workspace.ts';
import { lookAtPictures, type PictureLook } from './colours.ts';
import { linear } from './layout/contrast.ts';
import { readPicture } from './ocr.ts';
import type { VideoFrame } from './ports.ts';

/** A word as OCR read it, or took something for one; places and sizes in shares of the frame, from its top left. */
export interface ScreenWord {
  text: string;
  /** 0 to 1, by the OCR. */
  confidence: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** WCAG ratio between the ink and the ground of its box, 1 to 21. */
  contrast: number;
}

/** What stood on one frame. */
export interface Screen {
  timeS: number;
  words: readonly ScreenWord[];
}

/** What OCR is less sure of than this was not read: something is there, perhaps words that lie on one another. */
export const readConfidence = 0.3;

/** Reads frames by OCR, each in its turn on a core; one that cannot be read has no words. */
export async function readScreens(
  sandbox: Sandbox,
  frames: readonly VideoFrame[],
  signal: AbortSignal,
): Promise<Screen[]> {
  const read = await Promise.all(frames.map(({ jpeg }) => readPicture(sandbox, jpeg, { signal })));
  // Only now, so that the pictures of many videos are not held while their OCR waits for a core.
  const grays = await decodeGray(sandbox, frames, signal);
  return frames.map(({ timeS }, i) => ({ timeS, words: wordsOf(read[i]?.tsv ?? '', grays[i] ?? null) }));
}

/** The frames in gray, each in its own size, all in one run of ffmpeg; `null` for one that cannot be decoded. */
async function decodeGray(
  sandbox: Sandbox,
  frames: readonly VideoFrame[],
  signal: AbortSignal,
): Promise<(Uint8Array | null)[]> {
  if (frames.length === 0) return [];
  return withWorkspace(async (space) => {
    for (const [i, { jpeg }] of frames.entries()) await space.write(`frame_${i}.jpg`, jpeg);
    const inputs = frames.flatMap((_, i) => ['-i', `frame_${i}.jpg`]);
    const outputs = frames.flatMap((_, i) => [
      '-map',
      `${i}:v`,
      '-pix_fmt',
      'gray',
      '-f',
      'rawvideo',
      `gray_${i}.raw`,
    ]);
    await sandbox.run({
      argv: ['ffmpeg', '-v', 'error', '-nostdin', ...inputs, ...outputs],
      folder: space.folder,
      limits: { cpuSeconds: 60, wallSeconds: 600 },
      signal,
    });
    return Promise.all(frames.map((_, i) => space.read(`gray_${i}.raw`, mostPixels)));
  });
}

/** Frames are at most 1280 wide. */
const mostPixels = 1280 * 4096;

/**
 * Words of tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. The line of
 * level 1 is the page with its size in pixels.
 */
export function wordsOf(tsv: string, gray: Uint8Array | null): ScreenWord[] {
  const rows = tsv.split('\n').map((line) => line.split('\t'));
  const [pageWidth = 0, pageHeight = 0] = (rows.find(([level]) => level === '1') ?? [])
    .slice(8, 10)
    .map(Number);
  if (pageWidth === 0 || pageHeight === 0) return [];
  return rows.flatMap((fields) => {
    const text = (fields[11] ?? '').trim();
    const [x = 0, y = 0, width = 0, height = 0, percent = -1] = fields.slice(6, 11).map(Number);
    const confidence = percent / 100;
    if (fields[0] !== '5' || !/[\p{L}\p{N}]/u.test(text) || !(confidence >= 0)) return [];
    return {
      ...{ text, confidence, x: x / pageWidth, y: y / pageHeight },
      ...{ width: width / pageWidth, height: height / pageHeight },
      contrast: gray === null ? 1 : contrastIn(gray, pageWidth, { x, y, width, height }),
    };
  });
}

/** Ratio of the brightest to the darkest twentieth of a box: ink and ground, whichever is brighter. */
function contrastIn(
  gray: Uint8Array,
  pageWidth: number,
  box: { x: number; y: number; width: number; height: number },
): number {
  const levels: number[] = [];
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < Math.min(pageWidth, box.x + box.width); x++) {
      const level = gray[y * pageWidth + x];
      if (level !== undefined) levels.push(level);
    }
  levels.sort((a, b) => a - b);
  const at = (share: number) => levels[Math.min(levels.length - 1, Math.floor(share * levels.length))] ?? 0;
  return (linear(at(0.95) / 255) + 0.05) / (linear(at(0.05) / 255) + 0.05);
}

/** What a picture looks like, and the words on it; what cannot be decoded is left out. */
export async function measurePictures(
  sandbox: Sandbox,
  pictures: readonly Uint8Array[],
): Promise<{ look: PictureLook; words: Screen['words'] }[]> {
  const { signal } = new AbortController();
  const frames = pictures.map((jpeg) => ({ timeS: 0, jpeg }));
  const [looks, screens] = await Promise.all([
    lookAtPictures(sandbox, pictures),
    readScreens(sandbox, frames, signal),
  ]);
  return looks.flatMap((look, i) => (look === null ? [] : [{ look, words: screens[i]?.words ?? [] }]));
}
