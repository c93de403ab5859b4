import { z } from 'zod';
import { topicSchema } from '../datasets/schema.ts';
import { endpointSchema } from '../harness/models/endpoint.ts';

/** What a report needs of the resolved config in run.json; what it does not know is left alone. */
export const reportConfigSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  description: z.string(),
  dataset: z.object({ name: z.string(), view: z.string() }),
  protocol: z.string(),
  quality: z.string(),
  topics: z.array(topicSchema),
  methods: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      use: z.string(),
      version: z.string(),
      settings: z.record(z.string(), z.unknown()),
      roles: z.record(z.string(), z.string()),
    }),
  ),
  metrics: z.array(z.object({ use: z.string() })),
  endpoints: z.array(endpointSchema),
});
export type ReportConfig = z.infer<typeof reportConfigSchema>;
