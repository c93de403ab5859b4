import { z } from 'zod';
import type { Cell, Slot } from './plan-file.ts';

/** From a good day to a bad one. */
export const spanSchema = z.strictObject({ low: z.number(), high: z.number() });
export type Span = z.infer<typeof spanSchema>;

/** What a method or an arm of a metric would use of one role, in all its cells or slots together. */
export const estimateLineSchema = z.strictObject({
  /** Id of a method, or name of a metric with its arm. */
  part: z.string(),
  /** `renderer` stands for renders. */
  role: z.string(),
  /** `manim` for the renderer. */
  endpoint: z.string(),
  /** `ledger`: means of an earlier run; `guess`: what such calls use as a rule. */
  basis: z.enum(['guess', 'ledger']),
  /** Calls, or renders. */
  calls: spanSchema,
  /** Tokens. */
  input: spanSchema,
  output: spanSchema,
  /** Seconds of video made, or of rendering. */
  seconds: spanSchema,
  /** `null` where the price is not known. */
  costUsd: spanSchema.nullable(),
});
export type EstimateLine = z.infer<typeof estimateLineSchema>;

/** The part of a plan that a cell or slot belongs to: its method, or its metric with the arm. */
export function partOf(job: Cell | Slot): string {
  return 'methodId' in job ? job.methodId : `${job.metric} ${job.arm ?? ''}`.trim();
}
