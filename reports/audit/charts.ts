import type { Audit } from '../../datasets/audit/audit-schema.ts';
import type { ViewComparison } from '../../datasets/audit/views.ts';
import { type Chart, renderChart } from '../charts/render.ts';
import { percent } from './words.ts';

/** The plots of an audit, each with its finding as alt text; those without anything to show are left out. */
export async function auditCharts(
  audit: Audit,
  comparison: ViewComparison | null,
): Promise<Readonly<Record<string, Chart>>> {
  const charts: Record<string, Chart> = {};
  if (audit.questions > 0) {
    charts.letters = await lettersChart(audit);
    charts.bots = await botsChart(audit);
    charts.lengths = await lengthsChart(audit);
  }
  if (audit.categories.length > 1) charts.categories = await categoriesChart(audit);
  if (audit.durations.valuesS.length > 1) charts.durations = await durationsChart(audit);
  if (comparison !== null && comparison.tradeOff.length > 1)
    charts.tradeOff = await tradeOffChart(comparison);
  return charts;
}

function lettersChart({ letters, questions }: Audit): Promise<Chart> {
  const most = letters.toSorted((a, b) => b.count - a.count)[0];
  return renderChart({
    kind: 'bars',
    title: 'How often each letter is the key',
    alt: `${most?.letter} is the key of ${most?.count} of ${questions} questions.`,
    categories: letters.map(({ letter }) => letter),
    series: [{ label: 'questions', values: letters.map(({ count }) => count) }],
    valueAxis: 'questions',
    reference: { value: questions / Math.max(1, letters.length), label: 'equal shares' },
  });
}

function botsChart({ bots, options }: Audit): Promise<Chart> {
  const best = bots.toSorted((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0))[0];
  const hundred = (share: number | null | undefined) => (share == null ? null : share * 100);
  return renderChart({
    kind: 'bars',
    title: 'What rules of form reach without knowledge',
    alt: `The bot ${best?.name} is right in ${percent(best?.accuracy ?? null)} of the questions; chance is ${percent(options.chance)}.`,
    horizontal: true,
    categories: bots.map(({ name }) => name),
    series: [
      {
        label: 'right',
        values: bots.map(({ accuracy }) => hundred(accuracy)),
        low: bots.map(({ interval }) => hundred(interval?.low)),
        high: bots.map(({ interval }) => hundred(interval?.high)),
      },
    ],
    valueAxis: 'questions right, % (95 % Wilson interval)',
    ...(options.chance === null ? {} : { reference: { value: options.chance * 100, label: 'chance' } }),
  });
}

function lengthsChart({ options, cues }: Audit): Promise<Chart> {
  return renderChart({
    kind: 'histogram',
    title: 'Length of keys and distractors',
    alt: `Keys have ${cues.meanKeyLength?.toFixed(1)} characters on average, distractors ${cues.meanDistractorLength?.toFixed(1)}.`,
    series: [
      { label: 'keys', values: options.keyLengths },
      { label: 'distractors', values: options.distractorLengths },
    ],
    xAxis: 'characters',
    yAxis: 'share of options, %',
    share: true,
  });
}

function categoriesChart({ categories }: Audit): Promise<Chart> {
  const most = categories[0];
  return renderChart({
    kind: 'bars',
    title: 'Topics by category',
    alt: `${categories.length} categories; the largest is ${most?.category ?? 'none'} with ${most?.topics} topics.`,
    horizontal: true,
    categories: categories.map(({ category }) => category ?? 'no category'),
    series: [{ label: 'topics', values: categories.map(({ topics }) => topics) }],
    valueAxis: 'topics',
  });
}

function durationsChart({ durations }: Audit): Promise<Chart> {
  return renderChart({
    kind: 'histogram',
    title: 'Length of the videos',
    alt: `${durations.topics} videos, ${durations.meanS?.toFixed(0)} s long on average.`,
    series: [{ label: 'videos', values: durations.valuesS }],
    xAxis: 'seconds',
    yAxis: 'videos',
  });
}

function tradeOffChart({ tradeOff, best }: ViewComparison): Promise<Chart> {
  const point = best && { x: best.questions, y: best.longest * 100, label: 'length-fair' };
  return renderChart({
    kind: 'curve',
    title: 'What the length cue costs',
    alt:
      best === null
        ? 'No part of the questions is free of the length cue.'
        : `Only ${best.questions} questions are left when the longest option may be right in ${percent(best.longest)} of them.`,
    lines: [
      {
        label: 'longest-option bot right, %',
        points: tradeOff.map(({ questions, longest }) => ({ x: questions, y: longest * 100 })),
      },
      {
        label: 'topics with 3 questions or more',
        points: tradeOff.map(({ questions, topics }) => ({ x: questions, y: topics })),
        secondAxis: true,
      },
    ],
    xAxis: 'questions left',
    yAxis: 'longest-option bot right, %',
    secondYAxis: 'topics with 3 questions or more',
    ...(point === null ? {} : { marked: point }),
  });
}
