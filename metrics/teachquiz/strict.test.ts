import { expect, test } from 'vitest';
import { answers, cell, method, taken } from '../evidence.fixture.ts';
import type { AnswerResult, CellResult, Evidence, MeasurementResult } from '../evidence.ts';
import { Random } from '../statistics/random.ts';
import { cellScores } from './cell-scores.ts';
import { cellFlips, flipTable } from './flips.ts';
import { honestGain } from './honest-gain.ts';
import { recallByLetter, recallSpread } from './letters.ts';
import { Readings } from './readings.ts';
import { scoreTeachQuiz } from './score.ts';

const skipped = (arm: string, topicId: string, cellId: string): MeasurementResult => ({
  ...taken(arm, topicId, cellId, ''),
  ...{ status: 'skipped', reason: { code: 'no_video', message: 'no video' } },
});

const evidenceOf = (
  topics: readonly string[],
  cells: readonly CellResult[],
  measurements: readonly MeasurementResult[],
): Evidence => ({
  protocol: 'strict',
  methods: [...new Set(cells.map(({ methodId }) => methodId))].map((id) => method(id)),
  topics: topics.map((id) => ({ id, title: id, category: 'c' })),
  cells,
  measurements,
});

const scoresOf = (evidence: Evidence, id = 'm') =>
  cellScores(evidence, new Readings(evidence), method(id), 'student');
const alone = (topic: string) => topic;

test('the honest gain is over the control with the highest mean over all topics, never one for each topic', () => {
  const evidence = evidenceOf(
    ['s', 't'],
    [cell('m', 's'), cell('m', 't')],
    [
      ...[taken('no_video', 's', null, 'AA--'), taken('no_video', 't', null, '----')],
      ...[taken('blank', 's', null, 'A---'), taken('blank', 't', null, 'AA--')],
      ...[taken('video', 's', 'm-s', 'AAAA'), taken('video', 't', 'm-t', 'AAA-')],
    ],
  );
  // No video: 0.25 on the mean; blank: 0.375. The best of each topic would be 0.5.
  const found = honestGain(scoresOf(evidence), alone);
  expect(found).toMatchObject({ control: 'blank', controlAccuracy: 0.375, gain: 0.5, topics: 2 });
  expect(found?.normalised).toBeCloseTo(0.5 / 0.625, 12);
});

test('where the control leaves nothing to gain there is no normalised gain', () => {
  const evidence = evidenceOf(
    ['s'],
    [cell('m', 's')],
    [taken('no_video', 's', null, 'AA'), taken('video', 's', 'm-s', 'AA')],
  );
  expect(honestGain(scoresOf(evidence), alone)).toMatchObject({ gain: 0, normalised: null });
});

test('a failed method gains 0 over every control and shows the arm without a video; what its missing video would have shown is unknown', () => {
  const evidence = evidenceOf(
    ['s', 't'],
    [cell('m', 's', 'method_failed'), cell('m', 't')],
    [
      ...[taken('no_video', 's', null, 'A---'), taken('no_video', 't', null, '----')],
      ...[taken('blank', 's', null, 'AAA-'), taken('blank', 't', null, '----')],
      ...[skipped('video', 's', 'm-s'), taken('video', 't', 'm-t', 'AAAA')],
      // Each shows the other's video: that of s was never made.
      ...[taken('other_topic', 's', 'm-t', 'AA--'), skipped('other_topic', 't', 'm-s')],
    ],
  );
  const [failed, made] = scoresOf(evidence);
  expect(failed?.arms.get('video')).toBe(0.25);
  expect(Object.fromEntries(failed?.gains ?? [])).toEqual({ no_video: 0, blank: 0, other_topic: 0 });
  expect(made?.arms.get('other_topic')).toBeNull();
  expect(made?.gains.get('other_topic')).toBe(1);
});

test('an arm is known when every order is, and is their mean', () => {
  const two = (second: string) =>
    evidenceOf(
      ['s'],
      [cell('m', 's')],
      [
        taken('no_video', 's', null, '----'),
        ...[taken('video', 's', 'm-s', 'AA--'), taken('video', 's', 'm-s', second, 'seed-2')],
      ],
    );
  expect(scoresOf(two('AAAA'))[0]?.arms.get('video')).toBe(0.75);
  expect(scoresOf(two('AAA.'))[0]?.arms.get('video')).toBeNull();
});

test('questions are learned, lost, known before, or never known, order by order', () => {
  const evidence = evidenceOf(
    ['s'],
    [cell('m', 's')],
    [taken('no_video', 's', null, 'AA-B'), taken('video', 's', 'm-s', 'A-A?')],
  );
  const [own] = evidence.cells;
  if (own === undefined) throw new Error('there is a cell');
  const found = cellFlips(new Readings(evidence), 'student', own, 'no_video');
  expect(found?.map(({ flip }) => flip)).toEqual(['known before', 'lost', 'learned', 'never']);
  expect(flipTable(evidence, new Readings(evidence)).rows[0]?.figures).toMatchObject({
    asked: { value: 4 },
    learned: { value: 0.25 },
  });
});

test('a student that always says B is right where B is, and its spread says so', () => {
  const keyed = (key: string, count: number): AnswerResult[] =>
    answers('B'.repeat(count)).map((answer) => ({ ...answer, key, correct: key === 'B' }));
  const all = [...keyed('A', 5), ...keyed('B', 5)];
  expect(Object.fromEntries(recallByLetter(all))).toEqual({ A: 0, B: 1 });
  expect(recallSpread(all)).toBe(0.5);
});

test('a planted gain lies within the interval, which a scripted method does not show', () => {
  const random = new Random(11);
  const topics = Array.from({ length: 60 }, (_, i) => `t${i}`);
  const marks = (share: number) =>
    Array.from({ length: 10 }, () => (random.unit() < share ? 'A' : '-')).join('');
  const evidence = evidenceOf(
    topics,
    topics.map((topic) => cell('m', topic)),
    topics.flatMap((topic) => [
      taken('no_video', topic, null, marks(0.2)),
      taken('blank', topic, null, marks(0.25)),
      taken('video', topic, `m-${topic}`, marks(0.6)),
    ]),
  );
  const found = honestGain(scoresOf(evidence), alone);
  expect(found?.interval?.low).toBeLessThan(0.35);
  expect(found?.interval?.high).toBeGreaterThan(0.35);
  const cellOf = (from: Evidence) => scoreTeachQuiz(from)[0]?.rows[0]?.figures.interval?.value;
  expect(cellOf(evidence)).toMatch(/^\d+\.\d to \d+\.\d$/);
  expect(cellOf({ ...evidence, methods: [method('m', true)] })).toBeNull();
});

test('measured by both protocols, each has its own table from its own orders', () => {
  const evidence = {
    ...evidenceOf(
      ['s'],
      [cell('m', 's')],
      [
        ...[taken('no_video', 's', null, 'A---'), taken('video', 's', 'm-s', 'AAAA')],
        ...[taken('unlearned', 's', null, '----', 'file'), taken('video', 's', 'm-s', 'AA--', 'file')],
      ],
    ),
    protocol: 'both',
  };
  const tables = scoreTeachQuiz(evidence);
  expect(tables.slice(0, 2).map(({ title }) => title)).toEqual([
    'TeachQuiz, protocol strict',
    'TeachQuiz, protocol paper',
  ]);
  expect(tables[0]?.rows[0]?.figures).toMatchObject({ video: { value: 1 }, gain: { value: 0.75 } });
  expect(tables[1]?.rows[0]?.figures).toMatchObject({ video: { value: 0.5 }, gain: { value: 0.5 } });
  expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length);
});

test('the paper’s table 5: each arm over the unlearned one, of the same topics', () => {
  const evidence = {
    ...evidenceOf(
      ['s'],
      [cell('m', 's')],
      [
        ...[taken('unlearned', 's', null, 'A---', 'file'), taken('video', 's', 'm-s', 'AAAA', 'file')],
        ...[
          taken('text_only', 's', 'm-s', 'AA--', 'file'),
          taken('animation_only', 's', 'm-s', 'AAA-', 'file'),
        ],
      ],
    ),
    protocol: 'paper',
  };
  const rows = scoreTeachQuiz(evidence).find(({ id }) => id === 'teachquiz-arms')?.rows ?? [];
  const over = rows.map(({ figures }) => [figures.arm?.value, figures.overUnlearned?.value]);
  expect(over).toEqual([
    ['Unlearned', 0],
    ['Video', 0.75],
    ['Text only', 0.25],
    ['Animation only', 0.5],
  ]);
  expect(rows.map(({ figures }) => figures.visualGain?.value)).toEqual([
    undefined,
    0.5,
    undefined,
    undefined,
  ]);
});
