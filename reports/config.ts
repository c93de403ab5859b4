import { z } from 'zod';
import { endpointSchema } from '../harness/models/endpoint.ts';
import { thresholdsSchema } from '../metrics/validity/rules.ts';

/** A question as any version of the program wrote it: the first ones said in `needs` what are tags now. */
const questionSchema = z
  .object({
    id: z.string(),
    stem: z.string(),
    options: z.array(z.string()),
    key: z.int(),
    tags: z.array(z.string()).default([]),
    needs: z.string().optional(),
  })
  .transform(({ needs, tags, ...question }) => ({
    ...question,
    tags: needs === undefined ? tags : [...tags, `needs-${needs}`],
  }));

/** What a report needs of the resolved config in run.json; what it does not know is left alone. */
export const reportConfigSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  description: z.string(),
  dataset: z.object({ name: z.string(), view: z.string() }),
  protocol: z.string(),
  quality: z.string(),
  topics: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      category: z.string().nullable(),
      cluster: z.string().optional(),
      quiz: z.array(questionSchema),
    }),
  ),
  methods: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      use: z.string(),
      version: z.string(),
      settings: z.record(z.string(), z.unknown()),
      roles: z.record(z.string(), z.string()),
      /** Videos that exist, for methods that make none. */
      given: z.array(z.object({ topicId: z.string() })).optional(),
    }),
  ),
  metrics: z.array(z.object({ use: z.string() })),
  validity: thresholdsSchema.prefault({}),
  comparison: z
    .object({ primary: z.string().optional(), fewestClusters: z.number(), mostMissing: z.number() })
    .default({ fewestClusters: 20, mostMissing: 0.1 }),
  endpoints: z.array(endpointSchema),
});
export type ReportConfig = z.infer<typeof reportConfigSchema>;
