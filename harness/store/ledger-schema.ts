import { z } from 'zod';

/** Tokens of calls; `null` is unknown, never 0. */
export const tokensSchema = z.strictObject({
  input: z.number().nullable(),
  cached: z.number().nullable(),
  output: z.number().nullable(),
  reasoning: z.number().nullable(),
});

export const spendingSchema = z.strictObject({
  role: z.string(),
  purpose: z.string(),
  calls: z.number(),
  failedCalls: z.number(),
  tokens: tokensSchema,
  costUsd: z.number().nullable(),
});

export const ledgerSchema = z.strictObject({
  calls: z.number(),
  tokens: tokensSchema,
  /** Unknown prices make it `null`. */
  costUsd: z.number().nullable(),
  /** Seconds of calls and renders themselves, summed. */
  workingS: z.number(),
  /** Seconds spent in queues and back-off. */
  waitingS: z.number(),
  renderS: z.number(),
  cpuS: z.number(),
  checks: z.number(),
  renders: z.number(),
  repairs: z.number(),
  byPurpose: z.array(spendingSchema),
});

export type Tokens = z.infer<typeof tokensSchema>;
export type Spending = z.infer<typeof spendingSchema>;
export type Ledger = z.infer<typeof ledgerSchema>;
