import { type PaperDimension, paperDimensions } from '../aesthetics/rubrics.ts';
import { mean } from '../means.ts';
import { icc21, interval, krippendorffAlpha } from '../statistics/agreement.ts';
import { type AltTest, type AltTestOptions, altTest } from '../statistics/alt-test.ts';
import { type Correlation, pearson, spearman } from '../statistics/correlation.ts';
import type { KnownRating, StudyRow } from './study.ts';

/** How far people agree about one dimension, and a judge with them. */
export interface Agreement {
  dimension: PaperDimension;
  raters: number;
  videos: number;
  /** Krippendorff's alpha for interval data. */
  alpha: number | null;
  /** Of single ratings, where every rater has rated every video. */
  icc: number | null;
  /** Judge against the mean of the people, over videos. */
  judge: {
    spearman: Correlation | null;
    pearson: Correlation | null;
    difference: number | null;
    replaces: AltTest | null;
  } | null;
}

/** A judge's score of a video in one dimension, 0 to 100; `null` where there is none. */
export type JudgeScore = (rating: KnownRating, dimension: PaperDimension) => number | null;

/** Agreement in one dimension; `judgeScore` is absent when no judge has scored these videos. */
export function agreement(
  ratings: readonly KnownRating[],
  dimension: PaperDimension,
  judgeScore?: JudgeScore,
  options?: AltTestOptions,
): Agreement {
  const said = ratings.filter(({ scores }) => scores[dimension] !== undefined);
  const raters = [...new Set(said.map(({ rater }) => rater))];
  const videos = [...Map.groupBy(said, ({ video }) => video).values()];
  const table = videos.map((of) =>
    raters.map((rater) => of.find((one) => one.rater === rater)?.scores[dimension] ?? null),
  );
  const known = table.map((row) => row.filter((value) => value !== null));
  const whole = known.every((row) => row.length === raters.length);
  return {
    dimension,
    raters: raters.length,
    videos: videos.length,
    alpha: krippendorffAlpha(known, interval),
    icc: whole ? icc21(known) : null,
    judge: judgeScore === undefined ? null : judged(videos, table, dimension, judgeScore, options),
  };
}

function judged(
  videos: readonly (readonly KnownRating[])[],
  table: readonly (readonly (number | null)[])[],
  dimension: PaperDimension,
  judgeScore: JudgeScore,
  options?: AltTestOptions,
): Agreement['judge'] {
  const items = videos.flatMap((of, i) => {
    const judge = of[0] === undefined ? null : judgeScore(of[0], dimension);
    return judge === null ? [] : [{ judge, people: table[i] ?? [] }];
  });
  const pairs = items.map(
    ({ judge, people }) => [judge, mean(people.filter((value) => value !== null)) ?? 0] as const,
  );
  return {
    spearman: spearman(pairs),
    pearson: pearson(pairs),
    difference: mean(pairs.map(([judge, people]) => judge - people)),
    replaces: altTest(items, options),
  };
}

/** A judge's average of the five dimensions against that of the people, over the videos where both have all five. */
export function averageAgainstPeople(
  ratings: readonly KnownRating[],
  judgeScore: JudgeScore,
): { spearman: Correlation | null; pearson: Correlation | null } {
  const pairs = [...Map.groupBy(ratings, ({ video }) => video).values()].flatMap((of) => {
    const people = average((name) => mean(of.flatMap(({ scores }) => scores[name] ?? [])));
    const judge = average((name) => (of[0] === undefined ? null : judgeScore(of[0], name)));
    return people === null || judge === null ? [] : [[judge, people] as const];
  });
  return { spearman: spearman(pairs), pearson: pearson(pairs) };
}

function average(of: (dimension: PaperDimension) => number | null): number | null {
  const values = paperDimensions.flatMap((name) => of(name) ?? []);
  return values.length === paperDimensions.length ? mean(values) : null;
}

/**
 * The paper's correlation of aesthetics and quiz (r = 0.971, section 5.4): over the rows of table 4, one point for each type of video. With five points
 * its interval says how little that is.
 */
export function averageAgainstQuiz(rows: readonly StudyRow[]): Correlation | null {
  return pearson(
    rows.flatMap(({ average, quiz }) =>
      average === null || quiz === null ? [] : [[average, quiz] as const],
    ),
  );
}
