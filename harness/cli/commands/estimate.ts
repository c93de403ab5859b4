import type { Argv } from 'yargs';
import { z } from 'zod';
import { loadExperiment } from '../../experiment/config.ts';
import { estimate } from '../../experiment/estimate.ts';
import { planExperiment } from '../../experiment/plan.ts';
import { rendererVersion } from '../../render/renderer.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { alignColumns } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('experiment', {
      type: 'string',
      describe: 'path of an experiment’s YAML',
      demandOption: true,
    })
    .option('set', { type: 'string', array: true, default: [], nargs: 1, describe: 'override a value' })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON object on stdout' });
}

const schema = z.object({ experiment: z.string(), set: z.array(z.string()), json: z.boolean() });

export async function handler(args: Record<string, unknown>): Promise<number> {
  const options = schema.parse(args);
  const experiment = await loadExperiment(options.experiment, options.set);
  const plan = planExperiment(experiment, rendererVersion);
  const lines = estimate(experiment, plan);
  if (options.json) {
    const { cells, slots } = plan;
    process.stdout.write(
      `${JSON.stringify(toDisk({ cells: cells.length, measurements: slots.length, lines }))}\n`,
    );
    return exitCodes.done;
  }
  const rows = lines.map((line) => [line.part, line.role, line.endpoint, String(line.count)]);
  process.stdout.write(
    `${plan.cells.length} cells, ${plan.slots.length} measurements.\n\n` +
      `${alignColumns([['Part', 'Role', 'Endpoint', 'Calls or renders'], ...rows], [3])}\n\n` +
      'Quizzes are exact; calls of methods are a first guess, for repairs vary.\n',
  );
  return exitCodes.done;
}
