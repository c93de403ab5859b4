import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import type { Access } from './providers.ts';
import type { VideoModel, VideoRequest } from './video.ts';
import { createVideoJobs } from './video-jobs.ts';
import { fileOf, jsonBody, type VideoJob, type VideoProtocol, wholeSeconds } from './video-protocol.ts';
import { jobFailure, jobIdSchema } from './videos-wire.ts';

const interactions = '/v1beta/interactions';
/** Short sides that can be asked for; the nearest to the wanted one is. */
const resolutions = { '360p': 360, '720p': 720, '1080p': 1080, '4k': 2160 };

const contentSchema = z.looseObject({
  type: z.string(),
  text: z.string().nullish(),
  data: z.string().nullish(),
  uri: z.string().nullish(),
});
const interactionSchema = z.looseObject({
  id: jobIdSchema,
  status: z
    .enum([
      'queued',
      'in_progress',
      'requires_action',
      'requires_continuation',
      'completed',
      'failed',
      'cancelled',
      'incomplete',
      'budget_exceeded',
    ])
    .optional(),
  model: z.string().nullish(),
  error: z
    .looseObject({ code: z.union([z.string(), z.number()]).nullish(), message: z.string().nullish() })
    .nullish(),
  steps: z.array(z.looseObject({ type: z.string(), content: z.array(contentSchema).nullish() })).default([]),
});
type Interaction = z.infer<typeof interactionSchema>;

/** A video that lies in the Files API, which may still be working on it. */
const fileSchema = z.looseObject({
  name: z.string().regex(/^files\/[\w-]{1,100}$/),
  state: z.enum(['STATE_UNSPECIFIED', 'PROCESSING', 'ACTIVE', 'FAILED']),
});

const plain = {
  progress: null,
  model: null,
  failure: null,
  cancel: null,
  video: null,
  costUsd: null,
} as const;

const protocol: VideoProtocol = {
  auth: (key) => ({ 'x-goog-api-key': key }),
  async submission({ model, parameters }, request) {
    const { generation_config, response_format, ...rest } = parameters;
    const given = (value: unknown) => z.record(z.string(), z.unknown()).catch({}).parse(value);
    return {
      at: interactions,
      ...jsonBody({
        ...rest,
        model,
        input: request.prompt,
        background: true,
        store: true,
        generation_config: { video_config: { task: 'text_to_video' }, ...given(generation_config) },
        response_format: { ...formatOf(request), ...given(response_format) },
      }),
    };
  },
  job: z.union([interactionSchema.transform(asJob), fileSchema.transform(asFileJob)]),
  list: null,
  synchronous: false,
};

/** Google's video models by the Interactions API, asked for a file of the Files API; whatever comes inline is taken as well. */
export function createGeminiOmni(endpoint: Endpoint, access: Access): VideoModel {
  return createVideoJobs(protocol, endpoint, access);
}

function formatOf(request: VideoRequest) {
  const { width, height } = request;
  const short = Math.min(width, height);
  const [resolution] = Object.entries(resolutions)
    .sort(([, a], [, b]) => Math.abs(a - short) - Math.abs(b - short))
    .map(([name]) => name);
  return {
    type: 'video',
    aspect_ratio: width >= height ? '16:9' : '9:16',
    resolution,
    duration: `${wholeSeconds(request)}s`,
    delivery: 'uri',
  };
}

function asJob(interaction: Interaction): VideoJob {
  const { id, model, steps, error } = interaction;
  // An interaction that is refused has an error and no status.
  const status = interaction.status ?? (error == null ? 'in_progress' : 'failed');
  const contents = steps.flatMap(({ type, content }) => (type === 'user_input' ? [] : (content ?? [])));
  const video = contents.find(({ type }) => type === 'video');
  const file = /\/(files\/[\w-]+)(:download)?(\?|$)/.exec(video?.uri ?? '')?.[1];
  const waiting =
    status === 'queued' || status === 'in_progress' || (status === 'completed' && file !== undefined);
  const done = status === 'completed' && !waiting && video !== undefined;
  const at = `${interactions}/${id}`;
  return {
    ...plain,
    id,
    state: waiting ? 'waiting' : done ? 'completed' : 'failed',
    model: model ?? null,
    failure: waiting || done ? null : failureOf(interaction, status, contents),
    stateAt: file === undefined || status !== 'completed' ? at : `/v1beta/${file}`,
    cancel: { method: 'POST', at: `${at}/cancel` },
    video: done ? fileOf(video.data, video.uri) : null,
    record: withoutData(interaction),
  };
}

function failureOf(
  { id, error }: Interaction,
  status: string,
  contents: readonly z.infer<typeof contentSchema>[],
): VideoJob['failure'] {
  const code = error?.code == null ? null : String(error.code);
  const said = contents
    .map(({ text }) => text ?? '')
    .join(' ')
    .trim()
    .slice(0, 300);
  const words = [code, error?.message, said].filter((word) => word != null && word !== '');
  const ended = status === 'completed' ? 'completed without a video' : status;
  return {
    class: jobFailure(code),
    cause: `interaction ${id} ${ended}: ${words.join(': ') || 'no cause given'}`,
  };
}

function asFileJob(file: z.infer<typeof fileSchema>): VideoJob {
  const { name, state } = file;
  const at = `/v1beta/${name}`;
  const failure = { class: 'video_job', cause: `${name} failed while it was made ready` } as const;
  return {
    ...plain,
    id: name,
    state: state === 'ACTIVE' ? 'completed' : state === 'FAILED' ? 'failed' : 'waiting',
    failure: state === 'FAILED' ? failure : null,
    stateAt: at,
    video: state === 'ACTIVE' ? { at: `${at}:download?alt=media` } : null,
    record: { file },
  };
}

/** Thought signatures and inline files are long and say nothing. */
function withoutData(interaction: Interaction): Record<string, unknown> {
  const steps = interaction.steps.map(({ signature: _, content, ...step }) => ({
    ...step,
    content: content?.map(({ data: _data, ...part }) => part),
  }));
  return { ...interaction, steps };
}
