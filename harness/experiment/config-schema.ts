import { z } from 'zod';
import { thresholdsSchema } from '../../metrics/validity/rules.ts';
import { roles } from '../models/chat.ts';
import { endpointSchema } from '../models/endpoint.ts';

const rolesSchema = z.partialRecord(z.enum(roles), z.string());

const namesSchema = z.array(z.string()).min(1);

/** Which topics of the dataset; all parts must hold. */
const selectionSchema = z.strictObject({
  names: namesSchema.optional(),
  categories: namesSchema.optional(),
  /** Path of a text file with one id, slug or title a line. */
  list: z.string().optional(),
  /** So many topics, each category by its share. */
  sample: z.int().positive().optional(),
  seed: z.int().optional(),
});

const limitsShape = {
  /** US dollars. */
  usd: z.number().positive().optional(),
  /** Input and output. */
  tokens: z.int().positive().optional(),
  /** Of the run by the clock; of a method or cell, time of its calls. */
  minutes: z.number().positive().optional(),
  /** Requests sent, repeated ones too. */
  calls: z.int().positive().optional(),
};

/** What may be spent, by all runs of the bundle together; see docs/costs.md. */
const budgetSchema = z.strictObject({
  ...limitsShape,
  /** For making each video. */
  perCell: z.strictObject(limitsShape).optional(),
});

const methodEntrySchema = z.strictObject({
  /** Name of a method in baselines/registry.ts. */
  use: z.string(),
  /** Key of this entry in tables; the method's name when absent. */
  id: z
    .string()
    .regex(/^[\w.@-]+$/, 'use letters, digits, dot, dash, underscore')
    .optional(),
  label: z.string().optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
  /** Overrides the experiment's roles for this method. */
  roles: rolesSchema.default({}),
  /** For making all videos of this method; `per_cell` in place of the experiment's. */
  budget: budgetSchema.optional(),
});

const metricEntrySchema = z.looseObject({
  /** Name of a metric in metrics/registry.ts; its other keys are that metric's own settings. */
  use: z.string(),
});

/** An experiment as written: `configs/experiments/*.yaml`, keys in snake_case on disk. */
export const experimentSchema = z.strictObject({
  /** Also the name of the run's folder, unless --run names another. */
  name: z.string().regex(/^[\w.-]+$/, 'use letters, digits, dot, dash, underscore'),
  title: z.string().optional(),
  description: z.string().default(''),
  /** Name of a dataset or path of its folder, and the view of its quizzes: `mmmc@corrected`. */
  dataset: z.string(),
  /** Slugs, ids, titles or globs, or a selection; all topics when absent. */
  topics: z.union([namesSchema, selectionSchema]).optional(),
  /** How scores are defined: as the paper did, so that they mean something, or both side by side (docs/protocols.md). */
  protocol: z.enum(['paper', 'strict', 'both']).default('strict'),
  /** How methods are compared: the first metric named is the primary one, which the family of all pairs is about. */
  comparison: z
    .strictObject({
      /** Name of a metric; the first of teachquiz, aesthetics and the rest that there is, when absent. */
      primary: z.string().optional(),
      /** No claim below so many clusters of topics. */
      fewestClusters: z.int().min(2).default(20),
      /** No claim above this share of missing values. */
      mostMissing: z.number().min(0).max(1).default(0.1),
    })
    .prefault({}),
  /** Thresholds of the validity flags (docs/validity.md). */
  validity: thresholdsSchema.prefault({}),
  quality: z.enum(['low', 'medium', 'high']).default('low'),
  repeats: z.int().min(1).max(100).default(1),
  roles: rolesSchema.default({}),
  methods: z.array(methodEntrySchema).min(1),
  metrics: z.array(metricEntrySchema).default([{ use: 'efficiency' }]),
  /** Prompt templates to use in place of the shipped ones: name -> path, from the config's folder. */
  prompts: z.record(z.string(), z.string()).default({}),
  /** Endpoints of this experiment's own, beside those of configs/models/. */
  endpoints: z.array(endpointSchema).default([]),
  /** Cells under way at once, and measurements; 1: one job at a time of either, so that times are of one alone. */
  jobsAtOnce: z.int().min(1).max(256).default(32),
  budget: budgetSchema.default({}),
  /** Limits of one check or render of model-written code; CPU seconds are summed over its processes, wall is 5x. */
  limits: z
    .strictObject({
      cpuSeconds: z.number().positive().default(180),
      checkCpuSeconds: z.number().positive().default(30),
      memoryMb: z.number().positive().default(1500),
    })
    .prefault({}),
});
export type ExperimentFile = z.infer<typeof experimentSchema>;
