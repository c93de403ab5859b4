import { z } from 'zod';
import { ledgerSchema } from '../harness/store/ledger-schema.ts';
import { cellResultSchema, measurementResultSchema, methodResultSchema } from '../metrics/evidence.ts';
import { tableSchema } from '../metrics/table.ts';

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
  methods: z.array(methodResultSchema),
  topics: z.array(z.strictObject({ id: z.string(), title: z.string(), category: z.string() })),
  cells: z.array(cellResultSchema),
  measurements: z.array(measurementResultSchema),
  tables: z.array(tableSchema),
  /** Things a reader must know, in sentences: unsafe runs, served model differs, missing cells, … */
  remarks: z.array(z.string()),
});

export type Results = z.infer<typeof resultsSchema>;
