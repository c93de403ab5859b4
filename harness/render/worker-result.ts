import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { SceneError } from './renderer.ts';
import { sceneErrorKinds } from './renderer.ts';
import type { SandboxResult } from './sandbox/port.ts';
import { describeVerdict } from './sandbox/port.ts';

/** A result file larger than this is a lie. */
export const maxResultBytes = 64 * 1024;

const frame = z.strictObject({
  line: z.int().min(1).max(1_000_000),
  function: z.string().max(200),
  source: z.string().max(500),
});

/** An error as a worker writes it. */
export const sceneErrorSchema = z.strictObject({
  kind: z.enum(sceneErrorKinds),
  type: z.string().max(200),
  message: z.string().max(4000),
  frames: z.array(frame).max(20),
});

const resultSchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    animations: z.int().min(1),
    duration_s: z.number().min(0),
    frames: z.int().min(1).optional(),
  }),
  z.strictObject({ ok: z.literal(false), error: sceneErrorSchema }),
]);

export type Outcome = { ok: true; durationS: number } | { ok: false; error: SceneError };

const limitWords = {
  cpu: 'CPU time',
  wall: 'time on the clock',
  memory: 'memory',
  output: 'printed output',
  folder_bytes: 'space in its folder',
  folder_files: 'files in its folder',
} as const;

/** An error without a place in the scene. */
export function sceneError(kind: SceneError['kind'], message: string): SceneError {
  return { kind, type: kind, message, frames: [] };
}

/** Model text without escapes and control characters, as it goes into prompts and reports. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\t\n]/gu, '');
}

/** The error without what would act on a terminal: it quotes model text. */
export function cleanError(error: z.infer<typeof sceneErrorSchema>): SceneError {
  const frames = error.frames.map((f) => ({ ...f, function: plain(f.function), source: plain(f.source) }));
  return { kind: error.kind, type: plain(error.type), message: plain(error.message), frames };
}

function parse(text: string): z.infer<typeof resultSchema> | null {
  try {
    return resultSchema.parse(JSON.parse(text));
  } catch {
    return null; // Not what the worker writes: the scene wrote it, and the caller says so.
  }
}

/** How the scene ended. The result file is self-reported: a lie in it can only fail the scene that told it. */
export function readOutcome(result: SandboxResult, text: string | null): Outcome {
  if (result.verdict.kind === 'killed') {
    const { limit } = result.verdict;
    const message = `The scene used more ${limitWords[limit]} than it is allowed and was ended.`;
    return { ok: false, error: sceneError(`killed:${limit}`, message) };
  }
  const ended = `The process ended (${describeVerdict(result.verdict)})`;
  if (text === null) {
    const said = plain(result.stderr.toString('utf8')).trim().slice(-500);
    const message = `${ended} before the scene was done.${said === '' ? '' : ` It last said: ${said}`}`;
    return { ok: false, error: sceneError('crashed', message) };
  }
  const parsed = parse(text);
  if (parsed === null)
    return { ok: false, error: sceneError('crashed', `${ended} and left a forged result.`) };
  if (parsed.ok) return { ok: true, durationS: parsed.duration_s };
  return { ok: false, error: cleanError(parsed.error) };
}
