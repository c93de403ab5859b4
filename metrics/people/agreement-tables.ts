import { cellAesthetics, type Judge, judgesOf } from '../aesthetics/cell-scores.ts';
import { labels, paperDimensions } from '../aesthetics/rubrics.ts';
import { decimal, share, text, whole } from '../columns.ts';
import type { Evidence } from '../evidence.ts';
import { fewestItems } from '../statistics/alt-test.ts';
import type { Correlation } from '../statistics/correlation.ts';
import type { Figure, Table } from '../table.ts';
import { type Agreement, agreement, averageAgainstPeople, type JudgeScore } from './agreement.ts';
import type { KnownRating } from './study.ts';

export const correlationText = ({ r, low, high }: Correlation): string =>
  `${r.toFixed(2)}${low === null || high === null ? '' : ` (${low.toFixed(2)} to ${high.toFixed(2)})`}`;

const figure = (value: number | null, n: number | null = null): Figure => ({ value, n });
const written = (found: Correlation | null | undefined): Figure => ({
  value: found == null ? null : correlationText(found),
  n: found?.n ?? null,
});

/** By dimension: do people agree with each other, and each judge with them? */
export function agreementTable(evidence: Evidence, ratings: readonly KnownRating[]): Table {
  const judges = fiveJudges(evidence);
  const scores = judges.map((judge) => scoresOf(evidence, judge));
  return {
    id: 'people-agreement',
    title: 'Agreement among people, and of judges with them',
    detail: true,
    caption: `Krippendorff’s alpha for interval data, and ICC(2,1) where everybody rated every video. A judge is compared with the mean of the people, video by video; it may replace a person where it is as close to the others as the people are (alternative annotator test, at least three people; with fewer than ${fewestItems} videos each, a hint). Intervals take videos as independent of each other.`,
    columns: [
      whole('raters', 'People', 'people who rated this dimension'),
      whole('videos', 'Videos', 'videos with a rating'),
      decimal('alpha', 'Alpha', 'Krippendorff’s'),
      decimal('icc', 'ICC(2,1)', 'of single ratings'),
      ...judges.flatMap((judge, i) => [
        text(`pearson${i}`, `Pearson, ${nameOf(judge)}`, 'judge against people, with 95 % interval'),
        text(`spearman${i}`, `Spearman, ${nameOf(judge)}`, 'of the ranks, with 95 % interval'),
        decimal(`difference${i}`, 'Judge − people', 'points'),
        share(`wins${i}`, 'Holds its own', 'share of people whom the judge is as good as; 50 % passes'),
      ]),
    ],
    rows: paperDimensions.map((name) => {
      const { raters, videos, alpha, icc } = agreement(ratings, name);
      const own = { raters: figure(raters), videos: figure(videos), alpha: figure(alpha), icc: figure(icc) };
      const compared = scores.map((score, i) =>
        judgeFigures(agreement(ratings, name, score).judge, judges[i]?.scripted === true, i),
      );
      return { methodId: null, label: labels[name], figures: Object.assign(own, ...compared) };
    }),
  };
}

/** A scripted judge is shown as it is, and gets no verdict. */
function judgeFigures(judge: Agreement['judge'], scripted: boolean, i: number): Record<string, Figure> {
  const mark = scripted ? { scripted } : {};
  const replaces = scripted
    ? { value: null, n: null, note: 'a scripted judge is put to no test' }
    : figure(judge?.replaces?.winningRate ?? null);
  return {
    [`pearson${i}`]: { ...written(judge?.pearson), ...mark },
    [`spearman${i}`]: { ...written(judge?.spearman), ...mark },
    [`difference${i}`]: { ...figure(judge?.difference ?? null, judge?.pearson?.n ?? null), ...mark },
    [`wins${i}`]: replaces,
  };
}

/** Judge against people for each method: where a judge is kinder to one method than people are. */
export function judgeTable(evidence: Evidence, ratings: readonly KnownRating[]): Table[] {
  const judges = fiveJudges(evidence).map((judge) => ({ ...judge, score: scoresOf(evidence, judge) }));
  if (judges.length === 0) return [];
  return [
    {
      id: 'people-judges',
      title: 'Judges against people, by method',
      detail: true,
      caption:
        'What a judge gives more than people do, in points, for each method and dimension. Alike for all methods it is a matter of scale; otherwise it favours one. The correlations are those of the averages of the five dimensions over a method’s videos: does the judge tell its good videos from its poor ones?',
      columns: [
        text('judge', 'Judge'),
        ...paperDimensions.map((name) => decimal(name, labels[name], 'judge − people, points')),
        text('pearson', 'Pearson', 'of the averages, with 95 % interval'),
        text('spearman', 'Spearman', 'of the ranks of the averages, with 95 % interval'),
      ],
      rows: evidence.methods.flatMap(({ id, label, scripted }) =>
        judges.map(({ score, ...judge }) => ({
          methodId: id,
          label,
          figures: methodFigures(
            ratings.filter(({ methodId }) => methodId === id),
            { ...judge, scripted: judge.scripted || scripted },
            score,
          ),
        })),
      ),
    },
  ];
}

function methodFigures(own: readonly KnownRating[], judge: Judge, score: JudgeScore): Record<string, Figure> {
  const mark = judge.scripted ? { scripted: true } : {};
  const { pearson, spearman } = averageAgainstPeople(own, score);
  return {
    judge: { value: nameOf(judge), n: null },
    ...Object.fromEntries(
      paperDimensions.map((name) => {
        const difference = agreement(own, name, score).judge?.difference ?? null;
        return [name, { ...figure(difference), ...mark }];
      }),
    ),
    ...{ pearson: { ...written(pearson), ...mark }, spearman: { ...written(spearman), ...mark } },
  };
}

/** Judges of the paper's five dimensions, in whichever rubric. */
const fiveJudges = (evidence: Evidence): Judge[] =>
  judgesOf(evidence).filter(({ rubric }) => rubric === 'paper' || rubric === 'neutral');

const nameOf = ({ endpoint, rubric }: Judge): string =>
  rubric === 'neutral' ? `${endpoint} (neutral)` : endpoint;

/** A judge's scores as reported, by the cell that a rating is of; of all cells at once, they are asked for often. */
function scoresOf(evidence: Evidence, { endpoint, rubric }: Judge): JudgeScore {
  const scores = new Map(
    evidence.methods.flatMap((method) =>
      cellAesthetics(evidence, method, endpoint, rubric).map(
        ({ cell, scores: own }) => [cell.id, own] as const,
      ),
    ),
  );
  return ({ video }, dimension) => scores.get(video)?.[dimension] ?? null;
}
