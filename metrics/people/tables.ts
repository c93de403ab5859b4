import { cellAesthetics, judgesOf } from '../aesthetics/cell-scores.ts';
import { labels, paperDimensions } from '../aesthetics/rubrics.ts';
import { decimal, seconds, share, text, whole } from '../columns.ts';
import type { Evidence } from '../evidence.ts';
import type { Correlation } from '../statistics/correlation.ts';
import type { Figure, Table } from '../table.ts';
import { agreement, averageAgainstQuiz, type JudgeScore } from './agreement.ts';
import { type KnownRating, type StudyRow, studyRows } from './study.ts';

/** The human study of a run: the paper's tables 4 and 6, and how far people agree with each other and with judges. */
export function peopleTables(evidence: Evidence): Table[] {
  const ratings = evidence.people ?? [];
  if (ratings.length === 0) return [];
  const groups = new Set(ratings.map(({ group }) => group));
  return [
    studyTable(evidence, studyRows(ratings, false), false),
    ...(groups.size > 1 ? [studyTable(evidence, studyRows(ratings, true), true)] : []),
    agreementTable(evidence, ratings),
    ...judgeTable(evidence, ratings),
  ];
}

const figure = (value: number | null, n: number | null = null): Figure => ({ value, n });

function studyTable(evidence: Evidence, rows: readonly StudyRow[], byGroup: boolean): Table {
  const labelOf = (id: string) => evidence.methods.find((method) => method.id === id)?.label ?? id;
  return {
    id: byGroup ? 'people-groups' : 'people',
    title: byGroup ? 'What people say, by group' : 'What people say',
    caption: `Ratings from 0 to 100, each video weighing the same however many people rated it. Quiz is the share of questions answered right; completion willingness the share of viewings that went on to the end; rank the average place among the videos of a topic, 1 the best.${byGroup ? '' : ` ${correlationWords(rows)}`}`,
    columns: [
      ...(byGroup ? [text('group', 'Group')] : []),
      whole('raters', 'People', 'people who rated any of its videos'),
      whole('videos', 'Videos', 'videos with a rating'),
      seconds('duration', 'Length', 'of a video, on the mean'),
      ...paperDimensions.map((name) => decimal(name, labels[name], 'from 0 to 100')),
      decimal('average', 'Average', 'mean of the five'),
      decimal('quiz', 'Quiz', 'of 100; NULL is wrong'),
      decimal('completion', 'Finished', 'completion willingness, of 100'),
      decimal('rank', 'Rank', '1 is the best'),
    ],
    rows: rows.map((row) => ({
      ...{ methodId: row.methodId, label: labelOf(row.methodId) },
      figures: {
        ...(byGroup ? { group: { value: row.group === '' ? 'no group' : row.group, n: null } } : {}),
        ...{ raters: figure(row.raters), videos: figure(row.videos), duration: figure(row.durationS) },
        ...Object.fromEntries(paperDimensions.map((name) => [name, figure(row.scores[name])])),
        ...{ average: figure(row.average), quiz: figure(row.quiz) },
        ...{ completion: figure(row.completion), rank: figure(row.rank) },
      },
    })),
  };
}

/** The paper's r is one of types of video, not of people: few points, and an interval that says so. */
function correlationWords(rows: readonly StudyRow[]): string {
  const found = averageAgainstQuiz(rows);
  if (found === null) return '';
  return `Average and quiz correlate over the ${found.n} methods with r = ${correlation(found)}; the paper’s r = 0.971 is such a correlation over five types of video.`;
}

const correlation = ({ r, low, high }: Correlation) =>
  `${r.toFixed(2)}${low === null || high === null ? '' : ` (${low.toFixed(2)} to ${high.toFixed(2)})`}`;

function agreementTable(evidence: Evidence, ratings: readonly KnownRating[]): Table {
  const judges = judgesOf(evidence).filter(({ rubric }) => rubric === 'paper' || rubric === 'neutral');
  return {
    id: 'people-agreement',
    title: 'Agreement among people, and of judges with them',
    detail: true,
    caption:
      'Krippendorff’s alpha for interval data, and ICC(2,1) where everybody rated every video. A judge is compared with the mean of the people, video by video; it may replace a person where it is as close to the others as the people are (alternative annotator test, at least three people).',
    columns: [
      whole('raters', 'People', 'people who rated this dimension'),
      whole('videos', 'Videos', 'videos with a rating'),
      decimal('alpha', 'Alpha', 'Krippendorff’s'),
      decimal('icc', 'ICC(2,1)', 'of single ratings'),
      ...judges.flatMap(({ endpoint }, i) => [
        text(`spearman${i}`, `Spearman, ${endpoint}`, 'judge against people, with 95 % interval'),
        decimal(`difference${i}`, 'Judge − people', 'points'),
        share(`wins${i}`, 'Holds its own', 'share of people whom the judge is as good as; 50 % passes'),
      ]),
    ],
    rows: paperDimensions.map((name) => {
      const alone = agreement(ratings, name);
      return {
        ...{ methodId: null, label: labels[name] },
        figures: {
          ...{ raters: figure(alone.raters), videos: figure(alone.videos) },
          ...{ alpha: figure(alone.alpha), icc: figure(alone.icc) },
          ...Object.assign(
            {},
            ...judges.map((judge, i) => {
              const found = agreement(ratings, name, scoreOf(evidence, judge.endpoint, judge.rubric)).judge;
              return {
                [`spearman${i}`]: { value: found?.spearman ? correlation(found.spearman) : null, n: null },
                [`difference${i}`]: figure(found?.difference ?? null, found?.spearman?.n ?? 0),
                [`wins${i}`]: figure(found?.replaces?.winningRate ?? null),
              };
            }),
          ),
        },
      };
    }),
  };
}

/** A judge's scores as reported, by the cell that a rating is of. */
function scoreOf(evidence: Evidence, judge: string, rubric: 'paper' | 'neutral' | string): JudgeScore {
  const known = rubric === 'neutral' ? 'neutral' : 'paper';
  const scores = new Map(
    evidence.methods.flatMap((method) =>
      cellAesthetics(evidence, method, judge, known).map(({ cell, scores: own }) => [cell.id, own] as const),
    ),
  );
  return ({ video }, dimension) => scores.get(video)?.[dimension] ?? null;
}

/** Judge against people for each method: where a judge is kinder to one method than people are. */
function judgeTable(evidence: Evidence, ratings: readonly KnownRating[]): Table[] {
  const judges = judgesOf(evidence).filter(({ rubric }) => rubric === 'paper' || rubric === 'neutral');
  if (judges.length === 0) return [];
  return [
    {
      id: 'people-judges',
      title: 'Judges against people, by method',
      detail: true,
      caption:
        'What a judge gives more than people do, in points, for each method and dimension. Alike for all methods it is a matter of scale; otherwise it favours one.',
      columns: [
        text('judge', 'Judge'),
        ...paperDimensions.map((name) => decimal(name, labels[name], 'judge − people, points')),
      ],
      rows: evidence.methods.flatMap((method) =>
        judges.map(({ endpoint, rubric }) => {
          const own = ratings.filter(({ methodId }) => methodId === method.id);
          const score = scoreOf(evidence, endpoint, rubric);
          return {
            ...{ methodId: method.id, label: method.label },
            figures: {
              judge: { value: endpoint, n: null },
              ...Object.fromEntries(
                paperDimensions.map((name) => {
                  const { judge } = agreement(own, name, score);
                  return [name, figure(judge?.difference ?? null)];
                }),
              ),
            },
          };
        }),
      ),
    },
  ];
}
