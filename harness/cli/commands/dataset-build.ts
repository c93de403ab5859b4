import { stringify } from 'yaml';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { buildDataset } from '../../../datasets/build/build.ts';
import { loadBuildConfig, resolvedBuildConfig } from '../../../datasets/build/config.ts';
import { describeFunnel } from '../../../datasets/build/funnel.ts';
import { RunControl } from '../../experiment/control.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { BuildProgress } from '../build-progress.ts';
import { folderOf, loadDotEnv, runOptionsSchema, withRunOptions } from '../options.ts';
import { terminalStyle } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return withRunOptions(yargs)
    .positional('config', {
      type: 'string',
      describe: 'path of a YAML in configs/datasets',
      demandOption: true,
    })
    .option('set', { type: 'string', array: true, default: [], nargs: 1, describe: 'override a value' })
    .option('print-config', {
      type: 'boolean',
      default: false,
      describe: 'print the resolved config and stop',
    });
}

const schema = runOptionsSchema.extend({
  config: z.string(),
  set: z.array(z.string()),
  printConfig: z.boolean(),
});

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  loadDotEnv();
  const config = loadBuildConfig(options.config, options.set);
  if (options.printConfig) {
    process.stdout.write(stringify(toDisk(resolvedBuildConfig(config))));
    return exitCodes.done;
  }
  const control = new RunControl();
  const terminal = terminalStyle(process.stderr);
  const progress = new BuildProgress(process.stderr, terminal.live ? terminal.width : 0);
  const stop = () => {
    progress.say('Stopping: finishing what is nearly done. Press Ctrl-C again to stop at once.');
    control.stop();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const { unsafeLocal, failOnError, retryErrors: maxUnusable } = options;
    const folder = folderOf(options, config.file.name);
    const summary = await buildDataset(
      config,
      { folder, unsafeLocal, failOnError, maxUnusable },
      progress,
      control,
    );
    progress.close();
    const { funnel, dataset, left, limitReached, exitCode } = summary;
    process.stdout.write(
      options.json
        ? `${JSON.stringify(toDisk({ run: folder, dataset, left, limitReached, exitCode, funnel }))}\n`
        : `${describeFunnel(funnel)}${dataset === null ? '' : `\nDataset: ${dataset}\n`}`,
    );
    if (limitReached)
      process.stderr.write(
        'A limit of the config was reached. Raise it; the same command goes on from here.\n',
      );
    else if (control.stopping) process.stderr.write('Interrupted. The same command goes on from here.\n');
    else if (left > 0)
      process.stderr.write(`${left} items failed for reasons of ours; the same command tries them again.\n`);
    return exitCode;
  } finally {
    progress.close();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
