import { createHash } from 'node:crypto';
import type { Sandbox } from '../render/sandbox/port.ts';
import { withWorkspace } from '../render/workspace.ts';

/** CPU seconds after which a picture is given up: text is read within a third of a second. */
const cpuSeconds = 3;

/**
 * Page segmentation "sparse text": lines are found wherever they stand, so lecture lines at the left and captions at
 * the right, which share rows, are not run together. Source: tesseract(1), --psm 11.
 */
const sparseText = ['--psm', '11'] as const;

/** What OCR makes of a picture: its lines of text, and tesseract's table of words with their boxes. */
export interface ReadPicture {
  text: string;
  tsv: string;
}

const nothing: ReadPicture = { text: '', tsv: '' };
const mostBytes = 1e6;

/** Readings by picture: a student, a metric and a proxy look at the same frames of a video at about the same time. */
const readings = new Map<string, Promise<ReadPicture>>();
const mostKept = 500;

/**
 * Reads a picture (JPEG or PNG) with tesseract in the sandbox, once, whoever asks. One that takes longer than 3 s of CPU, or
 * cannot be decoded, has no text.
 */
export function readPicture(
  sandbox: Sandbox,
  picture: Uint8Array,
  options: { signal?: AbortSignal } = {},
): Promise<ReadPicture> {
  const key = createHash('sha256').update(picture).digest('hex');
  const known = readings.get(key);
  if (known !== undefined) return known;
  const reading = read(sandbox, picture, options.signal);
  readings.set(key, reading);
  // A failure is told to everyone who waits for it, and forgotten: the next one tries again.
  reading.catch(() => readings.delete(key));
  for (const [oldest] of readings) if (readings.size > mostKept) readings.delete(oldest);
  return reading;
}

function read(sandbox: Sandbox, picture: Uint8Array, signal: AbortSignal | undefined): Promise<ReadPicture> {
  return withWorkspace(async (space) => {
    await space.write('frame', picture);
    const ran = await sandbox.run({
      argv: ['tesseract', 'frame', 'out', '-l', 'eng', ...sparseText, 'txt', 'tsv'],
      folder: space.folder,
      env: { OMP_THREAD_LIMIT: '1' },
      limits: { cpuSeconds, wallSeconds: cpuSeconds * 10 },
      ...(signal ? { signal } : {}),
    });
    if (ran.verdict.kind !== 'exit' || ran.verdict.code !== 0) return nothing;
    const [text, tsv] = await Promise.all(['out.txt', 'out.tsv'].map((name) => space.read(name, mostBytes)));
    return { text: text?.toString('utf8') ?? '', tsv: tsv?.toString('utf8') ?? '' };
  });
}

/** The text of one picture alone, one line of text a line. */
export async function readText(...args: Parameters<typeof readPicture>): Promise<string> {
  const lines = (await readPicture(...args)).text.split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
