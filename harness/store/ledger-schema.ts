import { z } from 'zod';

/** Tokens of calls; `null` is unknown, never 0. */
export const tokensSchema = z.strictObject({
  input: z.number().nullable(),
  cached: z.number().nullable(),
  output: z.number().nullable(),
  reasoning: z.number().nullable(),
});

const bill = {
  tokens: tokensSchema,
  /** `null` when the cost of any call is not known. */
  costUsd: z.number().nullable(),
  /** What is known of it: the cost is at least this. */
  costKnownUsd: z.number(),
  /** Attempts whose bill nobody knows (cut off, timed out): tokens and cost are at least what is counted. */
  unbilled: z.number(),
  /** Pictures and seconds of video sent, seconds of video asked for. */
  media: z.strictObject({ images: z.number(), videoS: z.number(), madeS: z.number() }),
};

export const spendingSchema = z.strictObject({
  role: z.string(),
  purpose: z.string(),
  calls: z.number(),
  failedCalls: z.number(),
  ...bill,
});

export const ledgerSchema = z.strictObject({
  calls: z.number(),
  ...bill,
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
