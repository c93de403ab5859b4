import { describe, expect, it, test } from 'vitest';
import { agreement, averageAgainstQuiz } from './agreement.ts';
import { type PersonRating, readRatings } from './ratings.ts';
import { type KnownRating, type StudyRow, studyRows } from './study.ts';

const header = 'rater,group,video,dimension,value\n';

/** Two people of two groups, two videos of two methods, with values that can be summed by hand. */
const csv = `${header}${[
  ['ann', 'school', 'v1', [80, 60, 40, 20, 100], 'yes', 1, 'B', 'A'],
  ['bob', 'college', 'v1', [60, 40, 20, 0, 80], 'no', 2, 'B', 'NULL'],
  ['ann', 'school', 'v2', [10, 10, 10, 10, 10], 'no', 2, 'C', 'A'],
]
  .flatMap(([rater, group, video, scores, finished, rank, first, second]) => {
    const [el, at, lf, vc, ad] = [scores].flat();
    const said = {
      element_layout: el,
      attractiveness: at,
      logic_flow: lf,
      visual_consistency: vc,
      accuracy_depth: ad,
    };
    return Object.entries({ ...said, finished, rank, 'quiz:q1': first, 'quiz:q2': second }).map(
      ([dimension, value]) => `${rater},${group},${video},${dimension},${value}`,
    );
  })
  .join('\n')}\n`;

const known = (rating: PersonRating): KnownRating => ({
  ...rating,
  methodId: rating.video === 'v1' ? 'good' : 'poor',
  topicId: 't',
  durationS: rating.video === 'v1' ? 60 : 8,
  keys: new Map([
    ['q1', 'B'],
    ['q2', 'A'],
  ]),
});

describe('the human study', () => {
  const ratings = readRatings(csv, 'study.csv').map(known);

  it('gives table 4: each figure as it comes out by hand', () => {
    const [good, poor] = studyRows(ratings, false);
    expect(good).toEqual({
      methodId: 'good',
      group: null,
      raters: 2,
      videos: 1,
      durationS: 60,
      scores: {
        elementLayout: 70,
        attractiveness: 50,
        logicFlow: 30,
        visualConsistency: 10,
        accuracyDepth: 90,
      },
      average: 50,
      // Three of four answers are right, NULL is wrong.
      quiz: 75,
      completion: 50,
      rank: 1.5,
    });
    expect(poor).toMatchObject({ average: 10, quiz: 50, completion: 0, rank: 2, raters: 1 });
  });

  it('gives table 6: the same by group, and no row for a group that saw nothing of a method', () => {
    const rows = studyRows(ratings, true);
    expect(rows.map(({ methodId, group, average }) => [methodId, group, average])).toEqual([
      ['good', 'school', 60],
      ['good', 'college', 40],
      ['poor', 'school', 10],
    ]);
  });

  it('has no average where a dimension was never asked', () => {
    const [first] = readRatings(`${header}ann,,v1,logic_flow,50\n`, 'f').map(known);
    expect(first && studyRows([first], false)[0]).toMatchObject({
      average: null,
      quiz: null,
      completion: null,
    });
  });
});

describe('bad ratings name file and line', () => {
  it.each([
    ['ann,,v1,logic_flow,120', /study\.csv:2: logic_flow is 120, not a number from 0 to 100/],
    ['ann,,v1,logic_flow,0x10', /study\.csv:2: logic_flow is 0x10, not a number/],
    ['\n\n"ann\n",,v1,rank,1\n,,,,\nann,,v1,rank,one', /study\.csv:7: rank is one/],
    ['ann,,v1,rank,', /study\.csv: nobody has said anything in it/],
    ['ann,,v1,rank,1,2', /study\.csv: .*5, got 6 on line 2/],
    ['ann,,v1,quiz:,A', /quiz: names no question/],
    ['ann,,v1,beauty,12', /there is no dimension beauty: write element_layout/],
    ['ann,,v1,finished,maybe', /finished is maybe/],
    ['ann,,v1,rank,0', /rank is 0/],
    ['ann,,v1,quiz:q1,AB', /quiz:q1 is AB/],
    [',,v1,rank,1', /study\.csv:2: rater is empty/],
    ['ann,,v1,rank,1\nann,,v1,rank,2', /study\.csv:3: ann has said rank of v1 before/],
    ['ann,a,v1,rank,1\nann,b,v2,rank,2', /study\.csv:3: ann was in group a before/],
  ])('%j', (line, message) => {
    expect(() => readRatings(header + line, 'study.csv')).toThrow(message);
  });

  it.each([
    ['rater,video,value\nann,v1,3\n', /study\.csv:1: there is no column dimension/],
    ['rater,video,dimension,value,mood\n', /study\.csv:1: unknown column mood/],
    ['rater,video,dimension,value,value\n', /study\.csv:1: repeated column value/],
    ['\u{feff}\r\n', /study\.csv is empty/],
  ])('of a head like %j', (file, message) => {
    expect(() => readRatings(file, 'study.csv')).toThrow(message);
  });
});

describe('agreement', () => {
  const people = ['ann', 'bob', 'cid'];
  /** Thirty-six videos with a true quality; people see it with small errors of their own. */
  const ratings = Array.from({ length: 36 }, (_, i) =>
    people.map(
      (rater, j): KnownRating =>
        known({
          rater,
          group: '',
          video: `v${i}`,
          scores: { logicFlow: ((i * 37) % 90) + ((i + 2 * j) % 5) },
          finished: null,
          rank: null,
          answers: new Map(),
        }),
    ),
  ).flat();
  const quality = ({ video }: KnownRating) => (Number(video.slice(1)) * 37) % 90;

  it('is high among people who see the same, and with a judge who sees it too', () => {
    const found = agreement(ratings, 'logicFlow', (rating) => quality(rating) + 2);
    expect(found).toMatchObject({ raters: 3, videos: 36 });
    expect(found.alpha).toBeGreaterThan(0.99);
    expect(found.icc).toBeGreaterThan(0.99);
    expect(found.judge?.spearman?.r).toBeGreaterThan(0.99);
    expect(found.judge?.difference).toBeCloseTo(0, 0);
    expect(found.judge?.replaces?.passes).toBe(true);
  });

  it('with a judge who sees nothing there is none, and it replaces nobody', () => {
    const found = agreement(ratings, 'logicFlow', (rating) => (Number(rating.video.slice(1)) ** 2 * 7) % 90);
    expect(Math.abs(found.judge?.pearson?.r ?? 1)).toBeLessThan(0.4);
    expect(found.judge?.replaces?.passes).toBe(false);
  });

  it('without a judge is that of people alone', () => {
    expect(agreement(ratings, 'logicFlow').judge).toBeNull();
    expect(agreement(ratings, 'attractiveness')).toMatchObject({ raters: 0, alpha: null });
  });
});

test('the paper’s r of aesthetics and quiz comes from the five rows of its table 4, and is anywhere from 0.63 to 1', () => {
  const table4 = [
    [96.5, 78.8],
    [8.5, 8.0],
    [51.2, 56.6],
    [68.9, 65.3],
    [81.8, 80.3],
  ].map(([average = 0, quiz = 0]) => ({ average, quiz })) satisfies Pick<StudyRow, 'average' | 'quiz'>[];
  const [row] = studyRows(readRatings(csv, 'f').map(known), false);
  const rows = row ? table4.map((figures) => ({ ...row, ...figures })) : [];
  const found = averageAgainstQuiz(rows);
  expect(found?.r).toBeCloseTo(0.973, 3);
  expect(found?.n).toBe(5);
  expect(found?.low).toBeLessThan(0.65);
});
