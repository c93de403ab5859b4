import { stringify } from 'yaml';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { buildDataset } from '../../../datasets/build/build.ts';
import { loadBuildConfig, resolvedBuildConfig } from '../../../datasets/build/config.ts';
import { describeFunnel } from '../../../datasets/build/funnel.ts';
import { buildRewritten } from '../../../datasets/build/rewrite-build.ts';
import {
  isRewriteConfig,
  loadRewriteConfig,
  resolvedRewriteConfig,
} from '../../../datasets/build/rewrite-config.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { BuildProgress } from '../build-progress.ts';
import { interruptible } from '../interruptible.ts';
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
type Options = z.infer<typeof schema>;

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  loadDotEnv();
  return isRewriteConfig(options.config) ? rewrite(options) : build(options);
}

async function build(options: Options): Promise<number> {
  const config = loadBuildConfig(options.config, options.set);
  if (options.printConfig) return print(stringify(toDisk(resolvedBuildConfig(config))));
  const folder = folderOf(options, config.file.name);
  const summary = await watched((progress) =>
    interruptible(progress.say, (control) =>
      buildDataset(config, { folder, ...shopOptions(options) }, progress, control),
    ),
  );
  const { dataset, funnel } = summary;
  print(
    options.json
      ? `${JSON.stringify(toDisk({ run: folder, ...summary }))}\n`
      : `${describeFunnel(funnel)}${dataset === null ? '' : `\nDataset: ${dataset}\n`}`,
  );
  return conclude(summary);
}

async function rewrite(options: Options): Promise<number> {
  const config = loadRewriteConfig(options.config, options.set);
  if (options.printConfig) return print(stringify(toDisk(resolvedRewriteConfig(config))));
  const folder = folderOf(options, config.file.name);
  const summary = await watched((progress) =>
    interruptible(progress.say, (control) =>
      buildRewritten(config, { folder, ...shopOptions(options) }, progress, control),
    ),
  );
  const { rewritten, refused, view, passes } = summary;
  const lines = [
    `${rewritten} questions have new distractors, ${refused.length} got none that was accepted.`,
    ...refused.map(({ topic, question }) => `  ${topic.slug}, ${question.id}`),
    ...(view === null
      ? []
      : [
          `The view holds ${view.questions} questions, ${view.topics} topics with three or more; the longest option is right in ` +
            `${((view.bots.find(({ name }) => name === 'longest')?.accuracy ?? 0) * 100).toFixed(1)} %.`,
          passes
            ? 'It passes: at most 35 %, no topic below three questions.'
            : 'It misses the bar: 35 %, and no topic below three questions.',
        ]),
  ];
  print(options.json ? `${JSON.stringify(toDisk({ run: folder, ...summary }))}\n` : `${lines.join('\n')}\n`);
  return conclude(summary);
}

function shopOptions({ unsafeLocal, failOnError, retryErrors }: Options) {
  return { unsafeLocal, failOnError, maxUnusable: retryErrors };
}

async function watched<T>(work: (progress: BuildProgress) => Promise<T>): Promise<T> {
  const terminal = terminalStyle(process.stderr);
  const progress = new BuildProgress(process.stderr, terminal.live ? terminal.width : 0);
  try {
    return await work(progress);
  } finally {
    progress.close();
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return exitCodes.done;
}

/** Says what is left to do, and why. */
function conclude(summary: { exitCode: number; limitReached: boolean; left: number }): number {
  const { exitCode, limitReached, left } = summary;
  if (limitReached)
    process.stderr.write(
      'A limit of the config was reached. Raise it; the same command goes on from here.\n',
    );
  else if (exitCode === exitCodes.interrupted)
    process.stderr.write('Interrupted. The same command goes on from here.\n');
  else if (left > 0)
    process.stderr.write(`${left} items failed for reasons of ours; the same command tries them again.\n`);
  return exitCode;
}
