import { stringify } from 'yaml';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { loadExperiment, resolvedConfig } from '../../experiment/config.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { folderOf, loadDotEnv, runOptionsSchema, withRunOptions } from '../options.ts';

export function builder(yargs: Argv): Argv {
  return withRunOptions(yargs)
    .positional('experiment', {
      type: 'string',
      describe: 'path of an experiment’s YAML',
      demandOption: true,
    })
    .option('set', {
      type: 'string',
      array: true,
      default: [],
      nargs: 1,
      describe: 'override a value: --set quality=medium --set methods.0.settings.repairs=2',
    })
    .option('print-config', {
      type: 'boolean',
      default: false,
      describe: 'print the resolved config and stop',
    });
}

const schema = runOptionsSchema.extend({
  experiment: z.string(),
  set: z.array(z.string()),
  printConfig: z.boolean(),
});

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  loadDotEnv();
  const experiment = await loadExperiment(options.experiment, options.set);
  if (options.printConfig) {
    process.stdout.write(stringify(toDisk(resolvedConfig(experiment))));
    return exitCodes.done;
  }
  const { runAndReport } = await import('../run-and-report.ts');
  return runAndReport(experiment, folderOf(options, experiment.file.name), { ...options, only: 'all' });
}
