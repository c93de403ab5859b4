import { z } from 'zod';
import { ledgerSchema } from '../harness/store/ledger-schema.ts';
import { statusSchema } from '../harness/store/status.ts';
import { tableSchema } from '../metrics/table.ts';

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
});

const methodSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  method: z.string(),
  version: z.string(),
  settings: z.record(z.string(), z.unknown()),
  roles: z.array(endpointUseSchema),
  scripted: z.boolean(),
});

const cellSchema = z.strictObject({
  id: z.string(),
  methodId: z.string(),
  topicId: z.string(),
  repeat: z.number(),
  status: statusSchema,
  reason: reasonSchema.nullable(),
  /** Path from the bundle's folder. */
  video: z.string().nullable(),
  videoFacts: z
    .strictObject({ durationS: z.number(), width: z.number(), height: z.number(), fps: z.number() })
    .nullable(),
  /** Stage files a reader may want: paths from the bundle's folder. */
  files: z.array(z.string()),
  sections: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      codeProduced: z.boolean(),
      checked: z.boolean(),
      rendered: z.boolean(),
      repairs: z.number(),
      error: z.strictObject({ kind: z.string(), message: z.string() }).nullable(),
    }),
  ),
  /** `none`: model-written code ran without a sandbox. */
  sandbox: z.enum(['bwrap', 'none']).nullable(),
  ledger: ledgerSchema,
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
  reading: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('letter'), letter: z.string() }),
      z.strictObject({ kind: z.literal('abstain') }),
      z.strictObject({ kind: z.literal('invalid') }),
    ])
    .nullable(),
  correct: z.boolean().nullable(),
});

const measurementSchema = z.strictObject({
  slot: z.string(),
  metric: z.string(),
  arm: z.string().nullable(),
  topicId: z.string(),
  /** The cell whose video was shown; `null` for arms without a video. */
  cellId: z.string().nullable(),
  endpoint: z.string(),
  status: statusSchema,
  reason: reasonSchema.nullable(),
  scripted: z.boolean(),
  answers: z.array(answerSchema),
  ledger: ledgerSchema,
});

/**
 * `results.json`: everything a report shows, and nothing that needs the bundle to be understood.
 * Built from a bundle (build.ts), written with snake_case keys; tables, pages and exports are drawn from it.
 * Text in it that a model wrote is raw: whoever draws it escapes it.
 */
export const resultsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  run: z.strictObject({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    /** ISO time of the last event of the journal. */
    lastEvent: z.string().nullable(),
    dataset: z.string(),
    view: z.string(),
    protocol: z.string(),
    quality: z.string(),
    /** `all` figures scripted: the report is headed "scripted demonstration" and shows raw values only. */
    scripted: z.enum(['all', 'some', 'none']),
    provenance: z.array(z.strictObject({ key: z.string(), value: z.string() })),
    /** Jobs by state. */
    jobs: z.strictObject({ planned: z.number(), done: z.number(), failed: z.number(), left: z.number() }),
    ledger: z.strictObject({ generation: ledgerSchema, evaluation: ledgerSchema }),
  }),
  methods: z.array(methodSchema),
  topics: z.array(z.strictObject({ id: z.string(), title: z.string(), category: z.string() })),
  cells: z.array(cellSchema),
  measurements: z.array(measurementSchema),
  tables: z.array(tableSchema),
  /** Things a reader must know, in sentences: unsafe runs, served model differs, missing cells, … */
  remarks: z.array(z.string()),
});

export type Results = z.infer<typeof resultsSchema>;
export type CellResult = z.infer<typeof cellSchema>;
export type MeasurementResult = z.infer<typeof measurementSchema>;
export type MethodResult = z.infer<typeof methodSchema>;
export type AnswerResult = z.infer<typeof answerSchema>;
