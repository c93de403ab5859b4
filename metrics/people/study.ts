import { type PaperDimension, paperDimensions } from '../aesthetics/rubrics.ts';
import { mean } from '../means.ts';
import type { PersonRating } from './ratings.ts';

/** A rating with what the study knows of its video. */
export interface KnownRating extends PersonRating {
  methodId: string;
  topicId: string;
  /** Seconds. */
  durationS: number | null;
  /** Question id -> letter of the right option in the file's order. */
  keys: ReadonlyMap<string, string>;
}

/** One row of the paper's tables 4 and 6. Scores 0 to 100; each `null` where nobody was asked. */
export interface StudyRow {
  methodId: string;
  /** `null`: all groups together. */
  group: string | null;
  raters: number;
  videos: number;
  durationS: number | null;
  scores: Record<PaperDimension, number | null>;
  /** Mean of the five; `null` unless all are there. */
  average: number | null;
  /** Share of questions answered right, 0 to 100; NULL is wrong. */
  quiz: number | null;
  /** Completion willingness: share of viewings that went on to the end, 0 to 100. */
  completion: number | null;
  /** Average rank, 1 the best. */
  rank: number | null;
}

/**
 * The human study's figures for each method (paper, table 4), and for each method and group (table 6). Each video weighs the same, however many people
 * have rated it.
 */
export function studyRows(ratings: readonly KnownRating[], byGroup: boolean): StudyRow[] {
  const methods = [...new Set(ratings.map(({ methodId }) => methodId))];
  const groups: (string | null)[] = byGroup ? [...new Set(ratings.map(({ group }) => group))] : [null];
  return methods.flatMap((methodId) =>
    groups.flatMap((group) => {
      const mine = ratings.filter((r) => r.methodId === methodId && (group === null || r.group === group));
      return mine.length === 0 ? [] : [rowOf(methodId, group, mine)];
    }),
  );
}

function rowOf(methodId: string, group: string | null, ratings: readonly KnownRating[]): StudyRow {
  const videos = [...Map.groupBy(ratings, ({ topicId, video }) => `${topicId} ${video}`).values()];
  /** Mean over videos of the mean over what people said of each. */
  const perVideo = (of: (rating: KnownRating) => readonly (number | null | undefined)[]) =>
    mean(videos.flatMap((said) => mean(said.flatMap(of).filter((value) => typeof value === 'number')) ?? []));
  const scores = {
    elementLayout: perVideo((r) => [r.scores.elementLayout]),
    attractiveness: perVideo((r) => [r.scores.attractiveness]),
    logicFlow: perVideo((r) => [r.scores.logicFlow]),
    visualConsistency: perVideo((r) => [r.scores.visualConsistency]),
    accuracyDepth: perVideo((r) => [r.scores.accuracyDepth]),
  };
  const known = paperDimensions.flatMap((name) => scores[name] ?? []);
  return {
    methodId,
    group,
    raters: new Set(ratings.map(({ rater }) => rater)).size,
    videos: videos.length,
    durationS: perVideo((r) => [r.durationS]),
    scores,
    average: known.length === paperDimensions.length ? mean(known) : null,
    quiz: perVideo((r) =>
      [...r.answers].map(([question, letter]) => (r.keys.get(question) === letter ? 100 : 0)),
    ),
    completion: perVideo((r) => [r.finished === null ? null : r.finished ? 100 : 0]),
    rank: perVideo((r) => [r.rank]),
  };
}
