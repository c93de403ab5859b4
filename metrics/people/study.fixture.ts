import { type PaperDimension, paperDimensions } from '../aesthetics/rubrics.ts';
import { cell, emptyLedger, method } from '../evidence.fixture.ts';
import type { Evidence, MeasurementResult } from '../evidence.ts';
import { Random } from '../statistics/random.ts';
import type { KnownRating } from './study.ts';

/** What is true of a type of video in the synthetic study. */
export interface Truth {
  method: string;
  scores: Record<PaperDimension, number>;
  /** Chance of a right answer and of watching to the end, by group. */
  quiz: Record<Group, number>;
  finishes: Record<Group, number>;
  rank: number;
  durationS: number;
  /** What the judge gives too much. */
  favour: number;
}
type Group = 'middle school' | 'college';

const five = (el: number, at: number, lf: number, vc: number, ad: number) => ({
  ...{ elementLayout: el, attractiveness: at, logicFlow: lf, visualConsistency: vc, accuracyDepth: ad },
});
const groups = (school: number, college: number) => ({ 'middle school': school, college });

/** Five types of video, far enough from 0 and 100 that no rating has to be cut off. */
export const truths: readonly Truth[] = [
  {
    method: 'human',
    scores: five(72, 70, 68, 75, 74),
    quiz: groups(0.85, 0.55),
    finishes: groups(0.35, 0.4),
    rank: 1,
    durationS: 1014,
    favour: 0,
  },
  {
    method: 'pixels',
    scores: five(30, 25, 26, 32, 25),
    quiz: groups(0.05, 0.15),
    finishes: groups(0.55, 0.2),
    rank: 5,
    durationS: 8,
    favour: 0,
  },
  {
    method: 'code',
    scores: five(35, 42, 50, 55, 52),
    quiz: groups(0.6, 0.45),
    finishes: groups(0.15, 0.15),
    rank: 4,
    durationS: 54,
    favour: 0,
  },
  {
    method: 'small',
    scores: five(40, 55, 60, 66, 62),
    quiz: groups(0.7, 0.5),
    finishes: groups(0.5, 0.4),
    rank: 3,
    durationS: 96,
    favour: 12,
  },
  {
    method: 'large',
    scores: five(52, 68, 64, 70, 65),
    quiz: groups(0.88, 0.55),
    finishes: groups(0.75, 0.6),
    rank: 2,
    durationS: 120,
    favour: 0,
  },
];

const topics = Array.from({ length: 20 }, (_, i) => ({ id: `t${i}`, title: `Topic ${i}`, category: '' }));
const questions = ['q0', 'q1', 'q2', 'q3', 'q4'];
/** Topics are shown well or badly; on the mean over all twenty it makes no difference. */
const ofTopic = (t: number) => ((t * 7) % 20) - 9.5;

/**
 * A study as the paper describes its own: each type is watched by six of a middle school and two of a college, on twenty topics with five questions each. A rating
 * is the truth, what the topic does, what the person does (± 5) and an error (± 8); the judge's error is ± 4.
 */
export function syntheticStudy(seed: number): Evidence {
  const random = new Random(seed);
  const about = (most: number) => (2 * random.unit() - 1) * most;
  const people = truths.flatMap((truth) =>
    Array.from({ length: 8 }, (_, i): KnownRating[] => {
      const group: Group = i < 6 ? 'middle school' : 'college';
      const habit = about(5);
      return topics.map(({ id }, t) => ({
        ...{ rater: `${truth.method} ${i}`, group, video: `${truth.method}-${id}`, methodId: truth.method },
        ...{ topicId: id, durationS: truth.durationS, rank: truth.rank },
        scores: scoresWith(truth, (score) => Math.round(score + ofTopic(t) + habit + about(8))),
        finished: random.unit() < truth.finishes[group],
        answers: new Map(questions.map((q) => [q, random.unit() < truth.quiz[group] ? 'B' : 'NULL'])),
        keys: new Map(questions.map((q) => [q, 'B'])),
      }));
    }).flat(),
  );
  const judged = truths.flatMap((truth) =>
    topics.map(({ id }, t): MeasurementResult => {
      const given = scoresWith(truth, (score) => (score + truth.favour + ofTopic(t) + about(4)) / 5);
      const verdicts = paperDimensions.map((name) => [name, { score: given[name], reason: '', timeS: null }]);
      return {
        ...{ slot: `${truth.method}-${id}`, metric: 'aesthetics', arm: null, topicId: id },
        ...{ cellId: `${truth.method}-${id}`, endpoint: 'judge', prompt: 'aesthetics/paper', status: 'ok' },
        ...{ reason: null, scripted: false, answers: [], ledger: emptyLedger },
        judgement: Object.fromEntries(verdicts),
      };
    }),
  );
  const cells = truths.flatMap(({ method: id }) => topics.map((topic) => cell(id, topic.id)));
  const methods = truths.map(({ method: id }) => method(id));
  return { protocol: 'paper', methods, topics, cells, measurements: judged, people };
}

function scoresWith({ scores }: Truth, of: (score: number) => number): Record<PaperDimension, number> {
  const { elementLayout, attractiveness, logicFlow, visualConsistency, accuracyDepth } = scores;
  return five(
    ...([of(elementLayout), of(attractiveness), of(logicFlow)] as const),
    ...([of(visualConsistency), of(accuracyDepth)] as const),
  );
}
