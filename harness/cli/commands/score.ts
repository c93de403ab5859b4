import type { Argv } from 'yargs';
import { z } from 'zod';
import { loadExperiment, reloadExperiment } from '../../experiment/config.ts';
import { readBundle } from '../../store/bundle.ts';
import { loadDotEnv, runOptionsSchema, withRunOptions } from '../options.ts';

export function builder(yargs: Argv): Argv {
  return withRunOptions(yargs)
    .positional('bundle', { type: 'string', describe: 'folder of a run', demandOption: true })
    .option('config', {
      type: 'string',
      describe: 'experiment whose metrics are taken; the bundle’s own config when absent',
    })
    .option('set', { type: 'string', array: true, default: [], nargs: 1, describe: 'override a value' });
}

const schema = runOptionsSchema.extend({
  bundle: z.string(),
  config: z.string().optional(),
  set: z.array(z.string()),
});

/** Measures what is produced; no cell is made or made again. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  loadDotEnv();
  const bundle = readBundle(options.bundle);
  const experiment = options.config
    ? await loadExperiment(options.config, options.set)
    : await reloadExperiment(bundle.run.configs.at(-1)?.config, bundle.paths.run, options.set);
  const { runAndReport } = await import('../run-and-report.ts');
  return runAndReport(experiment, bundle.paths.folder, { ...options, only: 'measure' });
}
