import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { z } from 'zod';

/** Loads `.env` of the working folder; the real environment wins. */
export function loadDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/** Options of commands that work on a run. */
export const runOptionsSchema = z.object({
  runs: z.string(),
  run: z.string().optional(),
  unsafeLocal: z.boolean(),
  retryErrors: z.number(),
  failOnError: z.number(),
  json: z.boolean(),
  budgetUsd: z.number().optional(),
  budgetTokens: z.number().optional(),
  budgetMinutes: z.number().optional(),
  budgetCalls: z.number().optional(),
});

/** Declares the options that `runOptionsSchema` reads. */
export function withRunOptions(yargs: Argv): Argv {
  return yargs
    .option('runs', {
      type: 'string',
      default: process.env.MMMC_RUNS ?? 'runs',
      describe: 'folder of all runs (also MMMC_RUNS)',
    })
    .option('run', { type: 'string', describe: 'name of the run’s folder; the config’s name when absent' })
    .option('unsafe-local', {
      type: 'boolean',
      default: false,
      describe: 'run model-written code without a sandbox; recorded in every production',
    })
    .option('retry-errors', {
      type: 'number',
      default: 3,
      describe: 'times one question may be asked, over all runs, while its replies cannot be read',
    })
    .option('fail-on-error', {
      type: 'number',
      default: 0,
      describe: 'jobs left as failures of ours that still exit 0',
    })
    .option('budget-usd', {
      type: 'number',
      describe: 'US dollars that the run may cost, earlier runs of it too',
    })
    .option('budget-tokens', { type: 'number', describe: 'tokens that it may use, in and out' })
    .option('budget-minutes', { type: 'number', describe: 'minutes that it may take' })
    .option('budget-calls', { type: 'number', describe: 'requests that it may send' })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON object on stdout' });
}

/** The budget of the command line, as overrides of the config's. */
export function budgetOverrides(options: z.infer<typeof runOptionsSchema>): string[] {
  const { budgetUsd: usd, budgetTokens: tokens, budgetMinutes: minutes, budgetCalls: calls } = options;
  return Object.entries({ usd, tokens, minutes, calls }).flatMap(([name, limit]) =>
    limit === undefined ? [] : [`budget.${name}=${limit}`],
  );
}

/** The bundle's folder for a run. */
export function folderOf(options: { runs: string; run?: string | undefined }, name: string): string {
  return resolve(options.runs, options.run ?? name);
}
