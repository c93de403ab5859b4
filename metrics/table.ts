import { z } from 'zod';

/** A table of figures, one row per method or per method and student; drawn by reports as it is. */
export const figureSchema = z.strictObject({
  /** `null` is "not known", with `note` saying why. */
  value: z.union([z.number(), z.string()]).nullable(),
  /** How many cells stand behind it; `null` for labels. */
  n: z.number().nullable(),
  /** A part of it is not known: it is this or more, and printed with `≥`. */
  atLeast: z.boolean().optional(),
  note: z.string().optional(),
  scripted: z.boolean().optional(),
});

export const tableSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Background: a page folds it, a terminal leaves it out. */
  detail: z.boolean().optional(),
  /** One or two sentences: what the columns mean, what counts in them. */
  caption: z.string(),
  columns: z.array(
    z.strictObject({
      key: z.string(),
      label: z.string(),
      unit: z.string().optional(),
      /** How to print numbers of this column. */
      format: z.enum(['text', 'integer', 'percent', 'points', 'seconds', 'usd', 'decimal']),
      align: z.enum(['left', 'right']),
      /** Longer explanation for a tooltip or a footnote. */
      help: z.string().optional(),
    }),
  ),
  rows: z.array(
    z.strictObject({
      methodId: z.string().nullable(),
      label: z.string(),
      figures: z.record(z.string(), figureSchema),
    }),
  ),
});

export type Figure = z.infer<typeof figureSchema>;
export type Table = z.infer<typeof tableSchema>;
