import { z } from 'zod';

/**
 * Every production and measurement has a status before it has a number. `method_failed` and `refused` count
 * against the method; `infra_error` and `judge_error` are failures of ours, are retried by the next run and never
 * enter a mean; `skipped` has nothing to do (no video to show).
 */
export const statuses = [
  'ok',
  'partial',
  'method_failed',
  'infra_error',
  'judge_error',
  'refused',
  'skipped',
] as const;
export type Status = (typeof statuses)[number];

/** What a report shows: `planned` is not finished yet. */
export const statusSchema = z.enum([...statuses, 'planned']);

/** Left for the next run to try again. */
export function isRetried(status: Status): boolean {
  return status === 'infra_error' || status === 'judge_error';
}
