import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { Rates, Settings } from './rates.ts';
import { scenarios } from './scenarios.ts';

// npm run simulate: how often the statistics of this project are wrong where the truth is known.

const { values } = parseArgs({
  options: {
    experiments: { type: 'string', default: '20000' },
    draws: { type: 'string', default: '999' },
    seed: { type: 'string', default: '1' },
    clusters: { type: 'string', default: '8,20,40,90,117' },
  },
});
const percent = (share: number) => `${(100 * share).toFixed(2)} %`.padStart(9);

const limit = pLimit(availableParallelism());
const settings: Settings[] = scenarios.flatMap(({ name }) =>
  values.clusters.split(',').map((clusters) => ({
    scenario: name,
    clusters: Number(clusters),
    experiments: Number(values.experiments),
    draws: Number(values.draws),
    seed: Number(values.seed),
  })),
);

process.stdout.write(
  `${values.experiments} experiments each, ${values.draws} draws, 5 to 10 questions a topic; nominal 5 % and 95 %\n` +
    `${'world'.padEnd(34)} clusters  0 ruled out  at most  sign-flip    covered  at least\n`,
);
const all = settings.map((one) => limit(() => inWorker(one)));
for (const result of all) process.stdout.write(`${line(await result)}\n`);

function line(rates: Rates): string {
  const { scenario, clusters, rejected, rejectedAtMost, signFlip, covered, coveredAtLeast, truth } = rates;
  // Where there is a difference, ruling 0 out is no mistake.
  const wrong =
    truth === 0 ? [rejected, rejectedAtMost, signFlip].map(percent) : ['', '', ''].map((s) => s.padStart(9));
  return `${scenario.padEnd(34)} ${String(clusters).padStart(8)}   ${wrong.join(' ')}  ${[covered, coveredAtLeast].map(percent).join(' ')}`;
}

function inWorker(workerData: Settings): Promise<Rates> {
  const worker = new Worker(fileURLToPath(new URL('worker.ts', import.meta.url)), { workerData });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
