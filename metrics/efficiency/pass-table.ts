import { share, whole } from '../columns.ts';
import type { Evidence, MethodResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import { passAtK } from '../statistics/pass-at-k.ts';
import type { Table } from '../table.ts';
import { cellsOf, hasVideo, isFinished } from './cells.ts';

/** Tries at one topic: samples of a cell, or its repeats. Those lost to failures of ours are none. */
interface Tries {
  tried: number;
  passed: number;
}

function triesOf(evidence: Evidence, method: MethodResult): Tries[] {
  const cells = cellsOf(evidence, method).filter(isFinished);
  const samples = cells.flatMap((cell) => cell.samples ?? []);
  if (samples.length > 0) return samples;
  const topics = [...Map.groupBy(cells, ({ topicId }) => topicId).values()];
  if (topics.every((repeats) => repeats.length < 2)) return [];
  return topics.map((repeats) => ({ tried: repeats.length, passed: repeats.filter(hasVideo).length }));
}

/** How often one of k tries gives a video; only for methods that have several tries at a topic. */
export function passTable(evidence: Evidence): Table[] {
  const rows = evidence.methods.flatMap((method) => {
    const tries = triesOf(evidence, method);
    if (tries.length === 0) return [];
    const k = Math.min(...tries.map(({ tried }) => tried));
    const at = (count: number) =>
      meanFigure(
        tries.map(({ tried, passed }) => passAtK(tried, passed, count)),
        method.scripted,
      );
    const figures = { k: { value: k, n: tries.length }, pass1: at(1), passK: at(k) };
    return [{ methodId: method.id, label: method.label, figures }];
  });
  if (rows.length === 0) return [];
  return [
    {
      id: 'pass',
      title: 'Tries that give a video',
      caption:
        'The chance that at least one of k tries gives a video, estimated without bias from all tries at each topic, samples or repeats, averaged over topics.',
      columns: [
        whole('k', 'k', 'fewest tries at a topic'),
        share('pass1', 'pass@1'),
        share('passK', 'pass@k'),
      ],
      rows,
    },
  ];
}
