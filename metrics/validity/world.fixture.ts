import { paperDimensions } from '../aesthetics/rubrics.ts';
import { cell, emptyLedger, method } from '../evidence.fixture.ts';
import type { AnswerResult, Evidence, MeasurementResult } from '../evidence.ts';
import { Random } from '../statistics/random.ts';

/** What a student does with a question: the place it chooses, or `null` to abstain. */
export type Choose = (arm: string, question: { key: number; lengths: readonly number[] }) => number | null;

export interface World {
  seed?: number;
  topics?: number;
  choose?: (honest: Choose, random: Random) => Choose;
  /** What a judge gives, 0 to 20: a video of some quality, or a control. */
  judge?: (quality: number, control: string | null, random: Random) => number;
}

const questions = 5;
const arms = ['baseline', 'unlearned', 'no_video', 'other_topic', 'video'];

/** An honest experiment: one method, a student that learns from videos, a judge that sees what is there; or one with a planted cheat. */
export function makeWorld({ seed = 1, topics = 40, choose, judge = honestJudge }: World = {}): Evidence {
  const random = new Random(seed);
  const student = choose?.(honestStudent(random), random) ?? honestStudent(random);
  const ids = Array.from({ length: topics }, (_, i) => `t${i}`);
  const cells = ids.map((topic) => cell('m', topic));
  const quizzes = new Map(ids.map((id) => [id, makeQuiz(id, random)]));
  const taken = ids.flatMap((topicId, i) =>
    arms.map((arm): MeasurementResult => {
      const own = arm === 'video' ? `m-${topicId}` : arm === 'other_topic' ? `m-t${(i + 1) % topics}` : null;
      const answers = (quizzes.get(topicId) ?? []).map((one) => answer(one, student(arm, one)));
      return { ...measurement('teachquiz', arm, topicId, own), endpoint: 'student', answers };
    }),
  );
  const judged = [
    ...ids.map((topicId) => ({ topicId, cellId: `m-${topicId}`, arm: null })),
    ...['blank', 'noise', 'title_card', 'canary'].flatMap((arm) =>
      ids.slice(0, 3).map((topicId) => ({ topicId, cellId: null, arm })),
    ),
  ].map(({ topicId, cellId, arm }): MeasurementResult => {
    const score = Math.min(20, Math.max(0, judge(8 + 8 * random.unit(), arm, random)));
    const verdicts = paperDimensions.map((name) => [name, { score, reason: '', timeS: null }]);
    return {
      ...{
        ...measurement('aesthetics', arm, topicId, cellId),
        endpoint: 'judge',
        prompt: 'aesthetics/paper',
      },
      judgement: Object.fromEntries(verdicts),
    };
  });
  return {
    protocol: 'strict',
    methods: [method('m')],
    topics: ids.map((id) => ({ id, title: id, category: '' })),
    cells,
    measurements: [...taken, ...judged],
  };
}

const measurement = (metric: string, arm: string | null, topicId: string, cellId: string | null) => ({
  ...{ slot: `${metric}-${arm}-${topicId}`, metric, arm, topicId, cellId, order: 'seed-1' },
  ...{ status: 'ok' as const, reason: null, scripted: false, answers: [], ledger: emptyLedger },
});

/** Knows half, forgets most of it when told, and learns most of what a video of the topic shows. */
function honestStudent(random: Random): Choose {
  const right: Readonly<Record<string, number>> = {
    baseline: 0.6,
    unlearned: 0.15,
    no_video: 0.15,
    other_topic: 0.15,
    video: 0.65,
  };
  return (arm, { key, lengths }) => {
    if (random.unit() < (right[arm] ?? 0)) return key;
    if (random.unit() < 0.3) return null;
    return (key + 1 + random.index(lengths.length - 1)) % lengths.length;
  };
}

function honestJudge(quality: number, control: string | null, random: Random): number {
  const worth: Readonly<Record<string, number>> = { blank: 0, noise: 0, title_card: 3, canary: 3 };
  return (control === null ? quality : (worth[control] ?? 0)) + random.unit() - 0.5;
}

interface Question {
  id: string;
  key: number;
  lengths: readonly number[];
}

const makeQuiz = (topic: string, random: Random): Question[] =>
  Array.from({ length: questions }, (_, i) => ({
    id: `${topic}-q${i}`,
    key: random.index(4),
    lengths: Array.from({ length: 4 }, () => 10 + random.index(50)),
  }));

const letter = (place: number) => String.fromCharCode(65 + place);

function answer({ id, key, lengths }: Question, chosen: number | null): AnswerResult {
  return {
    ...{ questionId: id, stem: '', needs: 'text', reply: null, key: letter(key) },
    options: lengths.map((length) => 'x'.repeat(length)),
    reading: chosen === null ? { kind: 'abstain' } : { kind: 'letter', letter: letter(chosen) },
    correct: chosen === key,
  };
}
