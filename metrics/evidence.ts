import { z } from 'zod';
import {
  observedSchema,
  readingSchema,
  reportedSchema,
  sectionReportSchema,
  verdictsSchema,
  videoFactsSchema,
} from '../harness/store/events.ts';
import { ledgerSchema } from '../harness/store/ledger-schema.ts';
import { statusSchema } from '../harness/store/status.ts';
import type { KnownRating } from './people/study.ts';

/** What scores are computed from: methods, cells and measurements as the bundle holds them. */

const reasonSchema = z.strictObject({ code: z.string(), message: z.string() });

const endpointUseSchema = z.strictObject({
  role: z.string(),
  endpoint: z.string(),
  model: z.string(),
  /** Names that the endpoint gave itself in its answers; more or other than `model` is worth a look. */
  servedModels: z.array(z.string()),
  /** An offline endpoint stands behind it: every figure is marked scripted. */
  scripted: z.boolean(),
  usageSource: z.enum(['endpoint', 'counted_locally']),
  /** How long a scripted endpoint was made to wait, in words. */
  latency: z.string().optional(),
});

export const methodResultSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  method: z.string(),
  version: z.string(),
  settings: z.record(z.string(), z.unknown()),
  roles: z.array(endpointUseSchema),
  scripted: z.boolean(),
});

/** A model that answered in place of the one that was asked for (harness/models/served-model.ts). */
const otherModelSchema = z.strictObject({
  endpoint: z.string(),
  asked: z.string(),
  served: z.string(),
  calls: z.number(),
});

const assetSchema = z.strictObject({
  name: z.string(),
  set: z.string(),
  author: z.string(),
  url: z.string(),
  licence: z.string(),
  licenceUrl: z.string(),
});

export const cellResultSchema = z.strictObject({
  id: z.string(),
  methodId: z.string(),
  topicId: z.string(),
  repeat: z.number(),
  status: statusSchema,
  reason: reasonSchema.nullable(),
  /** Path from the bundle's folder. */
  video: z.string().nullable(),
  videoFacts: videoFactsSchema.nullable(),
  /** Hash of the video. Absent without one, and in earlier records. */
  videoSha256: z.string().optional(),
  /** Stage files a reader may want: paths from the bundle's folder. */
  files: z.array(z.string()),
  /** Icons of others that it shows, each once, with what their licences ask to be said. */
  assets: z.array(assetSchema).optional(),
  sections: z.array(sectionReportSchema),
  /** `none`: model-written code ran without a sandbox. */
  sandbox: z.enum(['bwrap', 'none']).nullable(),
  /** Absent where every call was answered by the model that was asked for, as far as its server says. */
  otherModels: z.array(otherModelSchema).optional(),
  ledger: ledgerSchema,
  /** What its maker says that it cost, where we have measured nothing: the ledger then says nothing of it. */
  reported: reportedSchema.optional(),
  /** Tries that were all made, and how many of them gave a video. */
  samples: z.strictObject({ tried: z.number(), passed: z.number() }).optional(),
  /** Critical path in seconds: how long the cell takes where nothing waits for a shared limit. */
  timeS: z.number(),
});

const answerSchema = z.strictObject({
  questionId: z.string(),
  stem: z.string(),
  /** In the order shown; letters A, B, … by position. */
  options: z.array(z.string()),
  /** Letter of the right option as shown. */
  key: z.string(),
  needs: z.enum(['seeing', 'text', 'unknown']),
  /** The student's raw reply; `null` when there was none. */
  reply: z.string().nullable(),
  /** `null`: no reading (a failed, cut, empty or refused call), never wrong. */
  reading: readingSchema.nullable(),
  correct: z.boolean().nullable(),
});

export const measurementResultSchema = z.strictObject({
  slot: z.string(),
  metric: z.string(),
  arm: z.string().nullable(),
  topicId: z.string(),
  /** The cell whose video was shown; `null` for arms without a video. */
  cellId: z.string().nullable(),
  /** The cell of the second video of a pair. */
  secondCellId: z.string().optional(),
  /** What it was shown in place of the cell's whole video: the name of a control, or of a part. */
  shows: z.string().optional(),
  /** `file`, or which shuffle of the options. Absent in earlier records: `file`. */
  order: z.string().optional(),
  repeat: z.number().optional(),
  /** Name of the template it was asked by. */
  prompt: z.string().optional(),
  endpoint: z.string(),
  /** Model id of the endpoint. */
  model: z.string().optional(),
  status: statusSchema,
  reason: reasonSchema.nullable(),
  scripted: z.boolean(),
  /** A judge's verdicts by dimension. */
  judgement: verdictsSchema.optional(),
  /** What was measured or said in a form of the metric's own. */
  observation: observedSchema.optional(),
  answers: z.array(answerSchema),
  otherModels: z.array(otherModelSchema).optional(),
  ledger: ledgerSchema,
});

export type OtherModel = z.infer<typeof otherModelSchema>;
export type MethodResult = z.infer<typeof methodResultSchema>;
export type CellResult = z.infer<typeof cellResultSchema>;
export type AnswerResult = z.infer<typeof answerSchema>;
export type MeasurementResult = z.infer<typeof measurementResultSchema>;

/** Failures that a method answers for: it has no video to show, and is scored for it. */
export const isOwnFailure = ({ status }: Pick<CellResult, 'status'>) =>
  status === 'method_failed' || status === 'refused';

/** The cluster of near-duplicates that a topic is in, by its id; a topic that nothing is known of stands alone. */
export function clustersOf(
  topics: readonly { id: string; cluster?: string | undefined }[],
): (topic: string) => string {
  const clusters = new Map(topics.map(({ id, cluster }) => [id, cluster ?? id]));
  return (topic) => clusters.get(topic) ?? topic;
}

/** All that a score function may read. */
export interface Evidence {
  methods: readonly MethodResult[];
  /** `paper` or `strict`; absent: `paper`. */
  protocol?: string;
  /** `cluster` names the group of near-duplicates; absent: the topic stands alone. */
  topics: readonly { id: string; title: string; category: string; cluster?: string | undefined }[];
  cells: readonly CellResult[];
  measurements: readonly MeasurementResult[];
  /** What people said of the videos; absent without a study. */
  people?: readonly KnownRating[];
}
