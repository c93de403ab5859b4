import { labels, paperDimensions } from '../aesthetics/rubrics.ts';
import { decimal, seconds, text, whole } from '../columns.ts';
import type { Evidence } from '../evidence.ts';
import type { Figure, Table } from '../table.ts';
import { averageAgainstQuiz } from './agreement.ts';
import { agreementTable, correlationText, judgeTable } from './agreement-tables.ts';
import { type StudyRow, studyRows } from './study.ts';

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

function studyTable(evidence: Evidence, rows: readonly StudyRow[], byGroup: boolean): Table {
  const methodOf = new Map(evidence.methods.map((method) => [method.id, method]));
  const isScripted = ({ methodId }: StudyRow) => methodOf.get(methodId)?.scripted === true;
  return {
    id: byGroup ? 'people-groups' : 'people',
    title: byGroup ? 'What people say, by group' : 'What people say',
    caption: `Ratings from 0 to 100, each video weighing the same however many people rated it; where a method failed there is no video to be rated, and nothing here tells it. Quiz is the share of questions answered right; completion willingness the share of viewings that went on to the end; rank the average place among the videos of a topic, 1 the best.${byGroup ? '' : ` ${correlationWords(rows.filter((row) => !isScripted(row)))}`}`,
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
      methodId: row.methodId,
      label: methodOf.get(row.methodId)?.label ?? row.methodId,
      figures: {
        ...(byGroup ? { group: { value: row.group === '' ? 'no group' : row.group, n: null } } : {}),
        ...studyFigures(row, isScripted(row)),
      },
    })),
  };
}

function studyFigures(row: StudyRow, scripted: boolean): Record<string, Figure> {
  const { raters, videos, durationS: duration, scores, average, quiz, completion, rank } = row;
  const values = { raters, videos, duration, ...scores, average, quiz, completion, rank };
  const mark = scripted ? { scripted } : {};
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, n: null, ...mark }]));
}

/** The paper's r is one of types of video, not of people: few points, and an interval that says so. Scripted methods are no part of it. */
function correlationWords(rows: readonly StudyRow[]): string {
  const found = averageAgainstQuiz(rows);
  if (found === null) return '';
  return `Average and quiz correlate over the ${found.n} methods with r = ${correlationText(found)}; the paper’s r = 0.971 is such a correlation over five types of video.`;
}
