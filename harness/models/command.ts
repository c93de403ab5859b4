import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { videoLimits } from '../media/video-limits.ts';
import { fromDisk, toDisk } from '../store/keys.ts';
import { parseJson } from '../store/parse-json.ts';
import { type ChatModel, type ChatRequest, type ContentPart, unknownUsage } from './chat.ts';
import { type CommandEnd, runCommand } from './command-run.ts';
import type { Endpoint } from './endpoint.ts';
import { failureClasses, ModelError } from './model-error.ts';
import type { VideoModel } from './video.ts';

const count = z.int().nonnegative().nullable().default(null);
const usageSchema = z.strictObject({ input: count, cached: count, output: count, reasoning: count });

/** A program says what went wrong by exiting with another code than 0, or better with its class. */
const failureSchema = z.strictObject({
  error: z.strictObject({ class: z.enum(failureClasses), message: z.string() }),
});
const answerSchema = z.strictObject({
  text: z.string(),
  finish: z.enum(['stop', 'length', 'content_filter', 'refusal', 'other']).default('stop'),
  usage: usageSchema.default(unknownUsage),
  servedModel: z.string().nullable().default(null),
});
const madeSchema = z.looseObject({ servedModel: z.string().nullable().default(null) });

/** A chat model that is a program of the user's: the request as JSON on its input, the reply as JSON on its output. */
export function createCommandChat(endpoint: Endpoint): ChatModel {
  return {
    async chat(request, { signal }) {
      return parse(answerSchema, await runCommand(endpoint, await asJson(endpoint, request), signal));
    },
  };
}

/** A video generator that is a program of the user's: it leaves the file at the path `out` that it is told. */
export function createCommandVideo(endpoint: Endpoint): VideoModel {
  return {
    async generate(request, { signal }) {
      const folder = await mkdtemp(join(tmpdir(), 'mmmc-video-'));
      try {
        const out = join(folder, 'video.mp4');
        const { model, parameters } = endpoint;
        const end = await runCommand(endpoint, toDisk({ model, parameters, ...request, out }), signal);
        const echo = parse(madeSchema, end.said.trim() === '' ? { ...end, said: '{}' } : end);
        return { bytes: await videoAt(out), servedModel: echo.servedModel, echo };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function videoAt(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size === 0)
    throw new ModelError('video_job', 'the program left no video at the path that it was told');
  if (found.size > videoLimits.clipBytes) throw new ModelError('video_job', 'the video is larger than 1 GB');
  return readFile(path);
}

function parse<T>(schema: z.ZodType<T>, { said, failed }: CommandEnd): T {
  const json = parseJson(said);
  const failure = failureSchema.safeParse(json);
  if (failure.success) throw new ModelError(failure.data.error.class, failure.data.error.message);
  if (failed !== null) throw new ModelError('server', failed);
  const answer = schema.safeParse(fromDisk(json));
  if (answer.success) return answer.data;
  const problem = z.prettifyError(answer.error);
  throw new ModelError(
    'malformed',
    `what the program wrote is no answer (${problem}): ${said.slice(0, 200)}`,
  );
}

async function asJson({ model, parameters, maxOutputTokens }: Endpoint, request: ChatRequest) {
  const messages = request.messages.map(({ role, content }) => ({ role, content: content.map(asPart) }));
  return {
    model,
    parameters,
    messages,
    max_output_tokens: request.maxOutputTokens ?? maxOutputTokens,
    ...(request.schema ? { schema: request.schema } : {}),
  };
}

function asPart(part: ContentPart) {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (part.type === 'video') return { type: 'video', media_type: part.mediaType, file: part.file };
  const { mediaType, bytes } = part;
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { type: 'image', media_type: mediaType, data };
}
