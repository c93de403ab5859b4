import { z } from 'zod';
import { tokensSchema } from './ledger-schema.ts';
import { statuses } from './status.ts';

/** A file that a job left in the bundle: path from the bundle's folder, content hash, bytes. */
export const artifactSchema = z.strictObject({ path: z.string(), sha256: z.string(), bytes: z.number() });
export type Artifact = z.infer<typeof artifactSchema>;

const base = {
  /** ISO time. */
  time: z.string(),
  /** The job it belongs to. */
  job: z.string(),
};

/** One model call: what was asked, what came back, what it cost. Failed calls stand here too. */
export const callSchema = z.strictObject({
  type: z.literal('call'),
  ...base,
  /** The cell or slot that pays: part of the key, with role, purpose, request and occurrence. */
  owner: z.string(),
  role: z.string(),
  purpose: z.string(),
  request: z.string(),
  /** The n-th request with this hash under the same owner, role and purpose, from 0. */
  occurrence: z.number(),
  endpoint: z.string(),
  section: z.string().nullable(),
  attempt: z.number().nullable(),
  /** Hash of the request as text (media by source) in texts/. */
  prompt: z.string(),
  /** Hashes of the files that the request was made for; a slot is served only by calls for the same ones. */
  files: z.array(z.string()),
  /** Hashes of the media bytes sent. */
  media: z.array(z.string()),
  /** Hash of the reply in texts/, or the video's hash; `null` when the call failed. */
  reply: z.string().nullable(),
  finish: z.string().nullable(),
  /** Did the reply serve (a reading, a judgement)? An unusable one is never served again. */
  usable: z.boolean(),
  failure: z.strictObject({ class: z.string(), message: z.string() }).nullable(),
  servedModel: z.string().nullable(),
  /** Of all attempts whose bill is known. */
  usage: tokensSchema,
  costUsd: z.number().nullable(),
  /** What the cost was reckoned by: the server's own bill, or the price of the endpoint, of our table, of the fallback. */
  costFrom: z.enum(['provider', 'endpoint', 'table', 'genai-prices']).optional(),
  /** Attempts whose bill nobody knows, and the most that they can have cost: budgets count that. */
  unbilled: z
    .strictObject({ attempts: z.number(), tokens: z.number(), usd: z.number().nullable() })
    .optional(),
  /** Hash of what the video server told of its job, as JSON in texts/. */
  echo: z.string().optional(),
  /** Pictures and seconds of video that one attempt sent, and seconds of video asked for. Absent in earlier records. */
  images: z.number().optional(),
  videoS: z.number().optional(),
  madeS: z.number().optional(),
  attempts: z.number(),
  /** Time of the attempts themselves, ms. */
  workingMs: z.number(),
  /** Queue and back-off, ms. */
  waitingMs: z.number(),
  /**
   * Not made but served from a cassette (hash of the file): reply, bill, times and media are those of `time`, when the call
   * was made. `sameFiles`: was it made for the files that it serves here, byte for byte?
   */
  replayed: z.strictObject({ cassette: z.string(), time: z.string(), sameFiles: z.boolean() }).optional(),
});
export type CallEvent = z.infer<typeof callSchema>;

/** A paid video job that is about to be sent: what a killed process leaves of it. Its call event follows when it has ended. */
export const submissionSchema = z.strictObject({
  type: z.literal('submission'),
  ...base,
  ...callSchema.pick({ owner: true, role: true, purpose: true, request: true, occurrence: true }).shape,
  /** The idempotency key that it is sent with. */
  key: z.string(),
});
export type SubmissionEvent = z.infer<typeof submissionSchema>;

const sceneErrorSchema = z.strictObject({
  kind: z.string(),
  type: z.string(),
  message: z.string(),
  frames: z.array(z.strictObject({ line: z.number(), function: z.string(), source: z.string() })),
});

/** One run of the renderer or of ffmpeg for a cell. */
export const renderSchema = z.strictObject({
  type: z.literal('render'),
  ...base,
  owner: z.string(),
  operation: z.enum(['inspect', 'check', 'render', 'concat', 'accept']),
  /** Hash of the scene, its modules and the settings; equal ones are not run twice in a cell. */
  request: z.string(),
  occurrence: z.number(),
  purpose: z.string(),
  section: z.string().nullable(),
  attempt: z.number().nullable(),
  ok: z.boolean(),
  error: sceneErrorSchema.nullable(),
  durationS: z.number().nullable(),
  artifacts: z.array(artifactSchema),
  sandbox: z.enum(['bwrap', 'none']),
  wallMs: z.number(),
  cpuMs: z.number(),
  queuedMs: z.number(),
  /** A fork of the warm Manim process, or a process of its own and why. Absent for ffmpeg and in earlier records. */
  worker: z.enum(['warm', 'cold']).optional(),
  whyCold: z.string().optional(),
});
export type RenderEvent = z.infer<typeof renderSchema>;

export const readingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('letter'), letter: z.string() }),
  z.strictObject({ kind: z.literal('abstain') }),
  z.strictObject({ kind: z.literal('invalid') }),
]);
export type Reading = z.infer<typeof readingSchema>;

/** One question asked and read, with all that is needed to read it again. */
export const readingEventSchema = z.strictObject({
  type: z.literal('reading'),
  ...base,
  owner: z.string(),
  measurement: z.string(),
  question: z.string(),
  /** Stored option index at each position shown. */
  order: z.array(z.number()),
  /** Hash of the raw reply in texts/; `null` when the call failed. */
  reply: z.string().nullable(),
  /** `null`: no reading. */
  reading: readingSchema.nullable(),
});
export type ReadingEvent = z.infer<typeof readingEventSchema>;

export const sectionReportSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  codeProduced: z.boolean(),
  checked: z.boolean(),
  rendered: z.boolean(),
  repairs: z.number(),
  repairsByScope: z.strictObject({ line: z.number(), block: z.number(), section: z.number() }).optional(),
  critic: z.array(z.string()).optional(),
  video: z.string().optional(),
  error: z.strictObject({ kind: z.string(), message: z.string() }).nullable(),
});

export const videoFactsSchema = z.strictObject({
  durationS: z.number(),
  width: z.number(),
  height: z.number(),
  fps: z.number(),
});

export const verdictsSchema = z.record(
  z.string(),
  z.strictObject({ score: z.number(), reason: z.string(), timeS: z.number().nullable() }),
);
export type Verdicts = z.infer<typeof verdictsSchema>;

/** A judge's scores of one video by dimension, with reasons and moments; `null` when its reply held none. */
export const judgementSchema = z.strictObject({
  type: z.literal('judgement'),
  ...base,
  owner: z.string(),
  measurement: z.string(),
  /** Hash of the raw reply. */
  reply: z.string(),
  verdicts: verdictsSchema.nullable(),
});
export type JudgementEvent = z.infer<typeof judgementSchema>;

/** What was measured of a video without a model, each with a name; `null`: not to be had of this one. */
export const observedSchema = z.strictObject({
  facts: z.record(z.string(), z.number().nullable()),
  notes: z.array(z.string()),
});
export type Observed = z.infer<typeof observedSchema>;

/** Figures of a video, or what a model said of it in a form of the metric's own. */
export const observationSchema = z.strictObject({
  type: z.literal('observation'),
  ...base,
  owner: z.string(),
  measurement: z.string(),
  ...observedSchema.shape,
});
export type ObservationEvent = z.infer<typeof observationSchema>;

/** An account that nothing was measured of; `null`: not told. */
export const reportedSchema = z.strictObject({
  costUsd: z.number().nullable(),
  timeS: z.number().nullable(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  calls: z.number().nullable(),
});

/** How a job ended, and the hashes of everything it left. The last one of a job is its state. */
export const outcomeSchema = z.strictObject({
  type: z.literal('outcome'),
  ...base,
  /** The cell or slot. */
  owner: z.string(),
  status: z.enum(statuses),
  cause: z.string().nullable(),
  message: z.string().nullable(),
  /** For measurements: the id that hashes what the measurer saw. */
  measurement: z.string().nullable(),
  /** For measurements: hash of the questions as shown; a corrected quiz opens the job again. */
  questions: z.string().nullable().default(null),
  /** For productions: path of the video, from the bundle's folder. */
  video: z.string().nullable(),
  videoFacts: videoFactsSchema.nullable(),
  sections: z.array(sectionReportSchema),
  sandbox: z.enum(['bwrap', 'none']).nullable(),
  artifacts: z.array(artifactSchema),
  /** For productions: what their maker says that they cost; nothing of it was measured here. */
  reported: reportedSchema.optional(),
  /** Tries that were all made, and how many of them gave a video. */
  samples: z.strictObject({ tried: z.number(), passed: z.number() }).optional(),
  wallMs: z.number(),
});
export type OutcomeEvent = z.infer<typeof outcomeSchema>;

/** First line of each segment. */
export const segmentSchema = z.strictObject({
  type: z.literal('segment'),
  time: z.string(),
  schemaVersion: z.literal(1),
  version: z.string(),
  pid: z.number(),
});

export const eventSchema = z.discriminatedUnion('type', [
  segmentSchema,
  callSchema,
  submissionSchema,
  renderSchema,
  readingEventSchema,
  judgementSchema,
  observationSchema,
  outcomeSchema,
]);
export type JournalEvent = z.infer<typeof eventSchema>;
