import { existsSync } from 'node:fs';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { loadExperiment } from '../../experiment/config.ts';
import { estimate, totalOf } from '../../experiment/estimate.ts';
import { type Plan, planExperiment } from '../../experiment/plan.ts';
import { jobsOf, openJobs } from '../../experiment/schedule.ts';
import { rendererVersion } from '../../render/renderer.ts';
import { type BundleView, bundlePaths, readBundle } from '../../store/bundle.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { estimateText } from '../estimate-text.ts';
import { folderOf } from '../options.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('experiment', {
      type: 'string',
      describe: 'path of an experiment’s YAML',
      demandOption: true,
    })
    .option('set', { type: 'string', array: true, default: [], nargs: 1, describe: 'override a value' })
    .option('runs', {
      type: 'string',
      default: process.env.MMMC_RUNS ?? 'runs',
      describe: 'folder of all runs (also MMMC_RUNS)',
    })
    .option('run', { type: 'string', describe: 'name of the run’s folder; the config’s name when absent' })
    .option('from-run', {
      type: 'string',
      describe: 'a run whose ledger tells what calls use; the experiment’s own when there is one',
    })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON object on stdout' });
}

const schema = z.object({
  experiment: z.string(),
  set: z.array(z.string()),
  runs: z.string(),
  run: z.string().optional(),
  fromRun: z.string().optional(),
  json: z.boolean(),
});

/** What the whole experiment would take, and what is left of it where a run has begun. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  const experiment = await loadExperiment(options.experiment, options.set);
  const plan = planExperiment(experiment, rendererVersion);
  const folder = folderOf(options, experiment.file.name);
  const own = existsSync(bundlePaths(folder).run) ? readBundle(folder) : null;
  const earlier = options.fromRun === undefined ? own : readBundle(options.fromRun);
  const lines = estimate(experiment, plan, earlier);
  const rest = own && openPart(plan, own, experiment.topics);
  const found = {
    cells: plan.cells.length,
    measurements: plan.slots.length,
    from: earlier?.paths.folder ?? null,
    lines,
    total: totalOf(lines),
    left: rest && {
      cells: rest.cells.length,
      measurements: rest.slots.length,
      total: totalOf(estimate(experiment, rest, earlier)),
    },
  };
  process.stdout.write(options.json ? `${JSON.stringify(toDisk(found))}\n` : estimateText(found));
  return exitCodes.done;
}

/** The part of the plan that is still to do. */
function openPart(plan: Plan, { state }: BundleView, topics: Parameters<typeof jobsOf>[1]): Plan {
  const open = new Set(openJobs(state, jobsOf(plan, topics)).map(({ owner }) => owner));
  return {
    cells: plan.cells.filter(({ id }) => open.has(id)),
    slots: plan.slots.filter(({ id }) => open.has(id)),
  };
}
