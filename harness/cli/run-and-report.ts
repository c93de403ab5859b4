import { buildResults } from '../../reports/build.ts';
import { renderTerminal } from '../../reports/terminal.ts';
import { writeReport } from '../../reports/write.ts';
import type { Experiment } from '../experiment/config.ts';
import { type RunOptions, runExperiment } from '../experiment/run.ts';
import { isRetired, stateOf } from '../models/retired.ts';
import { exitCodes } from '../store/errors.ts';
import { toDisk } from '../store/keys.ts';
import { interruptible } from './interruptible.ts';
import { Progress } from './progress.ts';
import { terminalStyle } from './style.ts';

/** Runs an experiment with progress on stderr, then writes the report and prints the tables on stdout. */
export async function runAndReport(
  experiment: Experiment,
  folder: string,
  options: Pick<RunOptions, 'unsafeLocal' | 'failOnError' | 'only' | 'edit' | 'record' | 'replay'> & {
    retryErrors: number;
    json: boolean;
  },
): Promise<number> {
  const terminal = terminalStyle(process.stderr);
  const progress = new Progress(experiment, process.stderr, terminal.live ? terminal.width : 0);
  try {
    if (options.replay === undefined) for (const line of retiredOf(experiment)) progress.say(line);
    const { unsafeLocal, failOnError, only, edit, record, replay, retryErrors: maxUnusable } = options;
    const summary = await interruptible(
      (line) => progress.say(line),
      (control) =>
        runExperiment(
          experiment,
          { folder, unsafeLocal, failOnError, only, edit, record, replay, maxUnusable },
          progress,
          control,
        ),
    );
    progress.close();
    const results = await buildResults(folder, { edited: edit !== undefined });
    const { html } = await writeReport(results, folder);
    const report = { run: folder, report: html, exitCode: summary.exitCode, ...results.run.jobs };
    process.stdout.write(
      options.json
        ? `${JSON.stringify(toDisk(report))}\n`
        : `${renderTerminal(results, terminalStyle(process.stdout))}\nReport: ${html}\n`,
    );
    if (record !== undefined) process.stderr.write(`Recorded: ${record}\n`);
    if (summary.exitCode === exitCodes.interrupted)
      process.stderr.write('Interrupted. The same command goes on from here.\n');
    else if (summary.unpaid > 0)
      process.stderr.write(
        `${reachedText(summary.reached)}${summary.unpaid === 1 ? '1 job waits' : `${summary.unpaid} jobs wait`}; the same command with a larger budget goes on from here.\n`,
      );
    else if (summary.left > 0)
      process.stderr.write(
        `${summary.left} jobs failed for reasons that are not the method’s; the same command tries them again.\n`,
      );
    return summary.exitCode;
  } finally {
    progress.close();
  }
}

/** The budgets that are reached, the first few in full. */
function reachedText(reached: readonly string[]): string {
  const shown = reached.slice(0, 5).map((line) => `${line}\n`);
  const more = reached.length - shown.length;
  return `${shown.join('')}${more > 0 ? `and ${more} more budgets\n` : ''}`;
}

/** Said before anything is paid: models that their makers have shut down. */
function retiredOf({ endpoints }: Experiment): string[] {
  const today = new Date();
  return [...endpoints.values()]
    .filter((endpoint) => isRetired(endpoint, today))
    .map((endpoint) => `Endpoint ${endpoint.id} is ${stateOf(endpoint, today)}: its calls will fail.`);
}
