import { decimal, text } from '../columns.ts';
import type { Evidence, MethodResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import type { Table } from '../table.ts';
import { calibrationTable } from './calibration.ts';
import { type CellAesthetics, cellAesthetics, deviation, type Judge, judgesOf } from './cell-scores.ts';
import { checklistTable } from './checklist-table.ts';
import { familyTable } from './families.ts';
import { pairwiseTable } from './pairwise.ts';
import { labels, type Rubric, type RubricName, rubricNames, rubrics } from './rubrics.ts';

/** One table for each rubric, then what its judges are worth, then other ways of judging. */
export function scoreAesthetics(evidence: Evidence): Table[] {
  const judges = judgesOf(evidence);
  return [
    ...rubricNames.flatMap((name) => {
      const own = judges.filter(({ rubric }) => rubric === name);
      return own.length === 0 ? [] : [rubricTable(evidence, name, own), ...betweenTable(evidence, name, own)];
    }),
    ...calibrationTable(evidence, judges),
    ...familyTable(evidence, judges),
    ...pairwiseTable(evidence),
    ...checklistTable(evidence),
  ];
}

/** One row for each method and judge. */
function rubricTable(evidence: Evidence, name: RubricName, judges: readonly Judge[]): Table {
  const rubric: Rubric = rubrics[name];
  return {
    id: name === 'paper' || name === 'neutral' ? 'aesthetics' : `aesthetics-${name}`,
    title: rubric.title,
    caption: captionOf(rubric),
    columns: [
      text('judge', rubric.mean === null ? 'Proxy' : 'Judge'),
      ...rubric.dimensions.map((one) => decimal(one, labels[one], 'averaged over repeats, then over topics')),
      ...(rubric.mean === null
        ? []
        : [
            decimal(
              'average',
              rubric.mean === 'geometric' ? 'Overall' : 'Average',
              `${rubric.mean} mean of the dimensions`,
            ),
            decimal('givenVideo', 'Given a video', 'the same over cells with a video only'),
            decimal('within', 'Within', 'standard deviation over one judge’s repeats of one video'),
          ]),
    ],
    rows: evidence.methods.flatMap((method) => judges.map((judge) => row(evidence, method, judge))),
  };
}

function captionOf({ least, most, scale, mean }: Rubric): string {
  const range = `${least * scale} to ${most * scale}`;
  const failed = 'A cell whose method failed has 0 in each; cells without a judgement are in no mean.';
  if (mean === null)
    return `Measured from pictures by a documented formula, ${range}; a proxy understands nothing, and what it cannot see needs a VLM. ${failed}`;
  return `A judge’s scores, ${range}, averaged over repeats and then over topics. ${failed}`;
}

function row(evidence: Evidence, method: MethodResult, judge: Judge): Table['rows'][number] {
  const rubric: Rubric = rubrics[judge.rubric];
  const cells = cellAesthetics(evidence, method, judge.endpoint, judge.rubric);
  const marked = method.scripted || judge.scripted;
  const figure = (of: (cell: CellAesthetics) => number | null | undefined, among = cells) =>
    meanFigure(
      among.map((cell) => of(cell) ?? null),
      marked,
      'without a judgement',
    );
  return {
    methodId: method.id,
    label: method.label,
    figures: {
      judge: { value: judge.endpoint, n: null },
      ...Object.fromEntries(rubric.dimensions.map((name) => [name, figure(({ scores }) => scores?.[name])])),
      ...(rubric.mean === null
        ? {}
        : {
            average: figure(({ average }) => average),
            givenVideo: figure(
              ({ average }) => average,
              cells.filter(({ hasVideo }) => hasVideo),
            ),
            within: meanFigure(
              cells.flatMap(({ spread }) => spread ?? []),
              marked,
            ),
          }),
    },
  };
}

/** How far judges are apart on the same videos. */
function betweenTable(evidence: Evidence, name: RubricName, judges: readonly Judge[]): Table[] {
  if (judges.length < 2 || rubrics[name].mean === null) return [];
  const rows = evidence.methods.map((method) => {
    const byJudge = judges.map(({ endpoint }) => cellAesthetics(evidence, method, endpoint, name));
    const apart = (byJudge[0] ?? []).flatMap((_, i) => {
      const averages = byJudge.flatMap((cells) => (cells[i]?.hasVideo ? (cells[i]?.average ?? []) : []));
      return averages.length === judges.length ? (deviation(averages) ?? []) : [];
    });
    const marked = method.scripted || judges.some(({ scripted }) => scripted);
    return { methodId: method.id, label: method.label, figures: { between: meanFigure(apart, marked) } };
  });
  return [
    {
      id: `judges-${name}`,
      title: 'How far judges are apart',
      caption:
        'Standard deviation of the average over judges of the same video, averaged over videos that all have judged.',
      columns: [decimal('between', 'Between', 'in points of the average')],
      rows,
    },
  ];
}
