import { existsSync, readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { type Experiment, loadExperiment, resolvedConfig } from '../../experiment/config.ts';
import type { RunOptions } from '../../experiment/run.ts';
import { exitCodes, MmmcError } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { budgetOverrides, folderOf, loadDotEnv, runOptionsSchema, withRunOptions } from '../options.ts';

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
    .option('from', {
      type: 'string',
      describe: 'run on from a stage that you edited: --from storyboard=<file> --cell <method>/<topic>',
    })
    .option('cell', { type: 'string', describe: 'whose stage it is: <method>/<topic>' })
    .option('record', {
      type: 'string',
      describe: 'write every call’s reply into this file at the end, to replay the run without the models',
    })
    .option('replay', { type: 'string', describe: 'take replies from this cassette; no key is needed' })
    .option('fill', {
      type: 'boolean',
      default: false,
      describe: 'with --replay: call for what the cassette lacks',
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
  record: z.string().min(1).optional(),
  replay: z.string().min(1).optional(),
  fill: z.boolean(),
  from: z.string().optional(),
  cell: z.string().optional(),
});

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  loadDotEnv();
  const experiment = await loadExperiment(options.experiment, [...options.set, ...budgetOverrides(options)]);
  if (options.printConfig) {
    process.stdout.write(stringify(toDisk(resolvedConfig(experiment))));
    return exitCodes.done;
  }
  const { runAndReport } = await import('../run-and-report.ts');
  return runAndReport(experiment, folderOf(options, experiment.file.name), {
    ...options,
    only: 'all',
    edit: editOf(experiment, options),
    replay: replayOf(options),
  });
}

/** The cassette of `--replay`. Throws `usage` (exit 2) for `--fill` without one. */
function replayOf({ replay, fill }: z.infer<typeof schema>): RunOptions['replay'] {
  if (replay !== undefined) return { file: replay, fill };
  if (fill) throw usage('--fill needs --replay <cassette>', 'It calls for what that cassette lacks.');
  return undefined;
}

/** The edited stage that `--from` and `--cell` name. Throws `usage` (exit 2) with what there is. */
function editOf(experiment: Experiment, { from, cell }: z.infer<typeof schema>): RunOptions['edit'] {
  if (from === undefined) return undefined;
  const [, stage = '', path = ''] = /^([\w-]+)=(.+)$/.exec(from) ?? [];
  const [methodId = '', slug = ''] = (cell ?? '').split('/');
  const method = experiment.methods.find(({ id }) => id === methodId);
  const topic = experiment.topics.find((t) => t.slug === slug || t.id === slug);
  if (method === undefined || topic === undefined)
    throw usage(
      `--from needs --cell <method>/<topic>, and there is no ${cell ?? 'such cell'}`,
      `Methods: ${experiment.methods.map(({ id }) => id).join(', ')}; topics: ${experiment.topics.map((t) => t.slug).join(', ')}`,
    );
  const stages = method.method.stages ?? [];
  if (!stages.includes(stage))
    throw usage(
      `method ${methodId} has no stage ${stage || from} to run on from`,
      `It has: ${stages.join(', ') || 'none'}`,
    );
  if (!existsSync(path)) throw usage(`cannot read ${path}`, 'Name the edited file: --from storyboard=<file>');
  return { cell: { methodId, topicId: topic.id, repeat: 0 }, stage, content: readFileSync(path, 'utf8') };
}

function usage(message: string, hint: string): MmmcError {
  return new MmmcError('usage', message, { hint, exitCode: exitCodes.usage });
}
