import { buildResults } from '../../reports/build.ts';
import { renderTerminal } from '../../reports/terminal.ts';
import { writeReport } from '../../reports/write.ts';
import type { Experiment } from '../experiment/config.ts';
import { type RunOptions, runExperiment } from '../experiment/run.ts';
import { exitCodes } from '../store/errors.ts';
import { toDisk } from '../store/keys.ts';
import { interruptible } from './interruptible.ts';
import { Progress } from './progress.ts';
import { terminalStyle } from './style.ts';

/** Runs an experiment with progress on stderr, then writes the report and prints the tables on stdout. */
export async function runAndReport(
  experiment: Experiment,
  folder: string,
  options: Pick<RunOptions, 'unsafeLocal' | 'failOnError' | 'only' | 'edit'> & {
    retryErrors: number;
    json: boolean;
  },
): Promise<number> {
  const terminal = terminalStyle(process.stderr);
  const progress = new Progress(experiment, process.stderr, terminal.live ? terminal.width : 0);
  try {
    const { unsafeLocal, failOnError, only, edit } = options;
    const summary = await interruptible(
      (line) => progress.say(line),
      (control) =>
        runExperiment(
          experiment,
          { folder, unsafeLocal, failOnError, only, edit, maxUnusable: options.retryErrors },
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
    if (summary.exitCode === exitCodes.interrupted)
      process.stderr.write('Interrupted. The same command goes on from here.\n');
    else if (summary.left > 0)
      process.stderr.write(
        `${summary.left} jobs failed for reasons that are not the method’s; the same command tries them again.\n`,
      );
    return summary.exitCode;
  } finally {
    progress.close();
  }
}
