import type { Sandbox } from '../render/sandbox/port.ts';
import { withWorkspace } from '../render/workspace.ts';

/** CPU seconds after which a picture is given up: text is read within a third of a second. */
const cpuSeconds = 3;

/**
 * Page segmentation "sparse text": lines are found wherever they stand, so lecture lines at the left and captions at
 * the right, which share rows, are not run together. Source: tesseract(1), --psm 11.
 */
const sparseText = ['--psm', '11'] as const;

/**
 * Reads the text of one picture (JPEG or PNG) with tesseract in the sandbox, one line of text a line. A picture that
 * takes longer than 3 s of CPU, or cannot be decoded, has no text.
 */
export async function readText(
  sandbox: Sandbox,
  picture: Uint8Array,
  options: { signal?: AbortSignal } = {},
): Promise<string> {
  return withWorkspace(async (space) => {
    await space.write('frame', picture);
    const ran = await sandbox.run({
      argv: ['tesseract', 'frame', 'stdout', '-l', 'eng', ...sparseText],
      folder: space.folder,
      env: { OMP_THREAD_LIMIT: '1' },
      limits: { cpuSeconds, wallSeconds: cpuSeconds * 10 },
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (ran.verdict.kind !== 'exit' || ran.verdict.code !== 0) return '';
    const lines = ran.stdout.toString('utf8').split('\n');
    return lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n');
  });
}
