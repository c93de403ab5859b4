import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ChatReply } from '../../harness/models/chat.ts';
import { unknownUsage } from '../../harness/models/chat.ts';
import { checkChapters } from './chapters.ts';
import { rulesOf } from './filter.ts';
import { describeFunnel, Funnel } from './funnel.ts';
import { inOrder } from './in-order.ts';
import { looksLike } from './language.ts';
import { readReply } from './reply.ts';
import { parseSubtitles, transcriptOf } from './subtitles.ts';
import { tidyTopic, topicKey, topicProblem } from './topic-rules.ts';
import type { CatalogueEntry } from './types.ts';

describe('a topic', () => {
  test.each([
    'Eigenvectors and eigenvalues of a matrix',
    'Geometric meaning of the cross product',
    'The unit circle',
    'Conditional probability P(A|B) and Bayes rule',
    'Chain rule',
  ])('that states a subject is taken: %s', (topic) => {
    expect(topicProblem(topic, 'en')).toBeNull();
  });

  test.each([
    ['Chapter 3', 'topic_is_title'],
    ['Intro', 'topic_is_title'],
    ['Part II: Overview', 'topic_is_title'],
    ['Summary and conclusion', 'topic_is_title'],
    ['But what is a neural network?', 'topic_is_title'],
    ['Gradient descent | Chapter 2, deep learning', 'topic_is_title'],
    ['Linear maps, episode 4', 'topic_is_title'],
    ['What this video says about groups', 'topic_is_title'],
    ['The mind-blowing truth about circles!', 'topic_is_title'],
    ['Calculus', 'topic_length'],
    ['one two three four five six seven eight nine ten eleven twelve thirteen', 'topic_length'],
    ['Die Ableitung ist eine Steigung', 'topic_language'],
    ['导数的几何意义 线性代数', 'topic_language'],
  ])('is refused: %s (%s)', (topic, cause) => {
    expect(topicProblem(topic, 'en')?.cause).toBe(cause);
  });

  test('counts words as its language does', () => {
    expect(topicProblem('导数的几何意义', 'zh')).toBeNull();
  });

  test('is the same topic whatever its case, articles, marks and punctuation', () => {
    expect(topicKey('The Poincaré–Hopf theorem.')).toBe(topicKey('a poincare hopf  Theorem'));
    expect(tidyTopic(' “Bayes rule.” ')).toBe('Bayes rule');
  });
});

test('tells languages by script and small words, and gives short texts the benefit of the doubt', () => {
  expect(looksLike('How many steps does the search take?', 'en')).toBe(true);
  expect(looksLike('Wie viele Schritte braucht die Suche mit der Liste?', 'en')).toBe(false);
  expect(looksLike('¿Cuál es el valor de la derivada en los puntos?', 'en')).toBe(false);
  expect(looksLike('Сколько шагов нужно?', 'en')).toBe(false);
  expect(looksLike('Euler characteristic', 'de')).toBe(true);
  expect(looksLike('42', 'en')).toBe(true);
});

const entry: CatalogueEntry = {
  id: 'a',
  title: 'Q&A with the artist',
  description: 'We talk about the art of maths.',
  durationS: 100,
  chapters: [],
  tags: ['Calculus'],
  category: 'Education',
  url: null,
  licence: null,
  language: null,
  video: null,
  subtitles: null,
};
const open = { minDurationS: 0, maxDurationS: 7200, include: [], exclude: [], categories: [] };

test.each([
  [{}, undefined],
  [{ minDurationS: 101 }, 'too_short'],
  [{ maxDurationS: 99 }, 'too_long'],
  [{ exclude: ['q&a'] }, 'excluded_keyword'],
  [{ exclude: ['art'] }, undefined],
  [{ include: ['algebra', 'calculus'] }, undefined],
  [{ include: ['algebra'] }, 'no_keyword'],
  [{ categories: ['education'] }, undefined],
  [{ categories: ['Music'] }, 'other_category'],
])('rules %j give %s', (rules, cause) => {
  expect(rulesOf({ ...open, ...rules })(entry)?.cause).toBe(cause);
});

test('chapters are checked for place and length, and ends rounded over the video’s are cut', () => {
  const chapters = [
    { title: 'short', startS: 0, endS: 5 },
    { title: 'good', startS: 5, endS: 60 },
    { title: 'inside', startS: 30, endS: 70 },
    { title: 'backwards', startS: 90, endS: 80 },
    { title: 'last', startS: 60, endS: 100.4 },
    { title: 'beyond', startS: 100, endS: 200 },
  ];
  const found = checkChapters(chapters, 100, { minS: 20, maxS: 50 });
  expect(found.map(({ problem }) => problem?.cause ?? null)).toEqual([
    'chapter_too_short',
    'chapter_too_long',
    'bad_chapter',
    'bad_chapter',
    null,
    'bad_chapter',
  ]);
  expect(found[4]?.chapter.endS).toBe(100);
  expect(
    checkChapters([{ title: 'all', startS: 0, endS: 98 }], 100, { minS: 1, maxS: 500 })[0]?.problem?.cause,
  ).toBe('whole_video');
});

describe('captions', () => {
  const rolling = `WEBVTT
Kind: captions

00:00:01.000 --> 00:00:03.000 align:start position:0%
 
so<00:00:01.500><c> the derivative</c>

00:00:03.000 --> 00:00:03.010
so the derivative

00:00:03.010 --> 00:00:06.000
so the derivative
is a<00:00:04.000><c> slope &amp; more</c>

NOTE nothing

00:00:10.000 --> 00:00:12.000
of the tangent
`;

  test('of a rolling text say each line once', () => {
    const cues = parseSubtitles(rolling) ?? [];
    expect(transcriptOf(cues, 0, null)).toBe('so the derivative is a slope & more of the tangent');
    expect(transcriptOf(cues, 2, 9)).toBe('is a slope & more');
  });

  test('of SubRip are read, and a repeated word that is spoken again is kept', () => {
    const text =
      '1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>No.</i>\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\nNo.\r\n';
    expect(transcriptOf(parseSubtitles(text) ?? [], 0, null)).toBe('No. No.');
  });

  test('of a file that holds none are null', () => {
    expect(parseSubtitles('<html>not found</html>')).toBeNull();
    expect(parseSubtitles('WEBVTT\n')).toEqual([]);
  });
});

describe('a reply', () => {
  const schema = z.object({ someThing: z.number() });
  const reply = (text: string, finish: ChatReply['finish'] = 'stop'): ChatReply => ({
    text,
    finish,
    usage: unknownUsage,
    servedModel: null,
  });

  test('is one object, alone or in one fence', () => {
    for (const text of [
      '{"some_thing": 1}',
      ' ```json\n{"some_thing": 1}\n```\n',
      '```\n{"some_thing": 1}```',
    ])
      expect(readReply(reply(text), schema)).toEqual({ ok: true, value: { someThing: 1 } });
  });

  test.each([
    ['Sure: {"some_thing": 1}', 'stop', 'not one JSON object'],
    ['```json\n{"some_thing": 1}\n```\n```json\n{}\n```', 'stop', 'not one JSON object'],
    ['{"some_thing": "x"}', 'stop', 'someThing: '],
    ['[1]', 'stop', 'expected object'],
    ['{"some_thing": 1}', 'length', 'cut off'],
  ] as const)('is told what is wrong with it: %j', (text, finish, problem) => {
    expect(readReply(reply(text, finish), schema)).toMatchObject({
      ok: false,
      problem: expect.stringContaining(problem),
    });
  });
});

test('the funnel is an aligned table that names each cause', () => {
  const funnel = new Funnel();
  for (let i = 0; i < 10; i++) funnel.note('filter', i < 7 ? 'kept' : 'dropped', 'too_short');
  funnel.note('filter', 'open');
  funnel.remark('filter', 'missing_video');
  expect(describeFunnel(funnel.counts)).toBe(
    `${[
      'stage              counts  in  out  dropped  open',
      'filter             videos  11    7        3     1',
      '  too_short                               3',
      '  (missing_video)                1',
    ].join('\n')}\n`,
  );
});

test('work in order keeps the order, bounds what runs, and a failure waits for its turn', async () => {
  let running = 0;
  let most = 0;
  const seen: number[] = [];
  const work = async (n: number) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 10 - n));
    running--;
    if (n === 7) throw new Error('seven');
    return n;
  };
  const all = async () => {
    for await (const n of inOrder([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, work)) seen.push(n);
  };
  await expect(all()).rejects.toThrow('seven');
  expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  expect([most, running]).toEqual([3, 0]);
});
