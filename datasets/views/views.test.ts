import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { toDisk } from '../../harness/store/keys.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import { contentHash } from '../identity.ts';
import { dataset, question, topic } from '../topics.fixture.ts';
import { balanceKeys } from './balanced.ts';
import { unescapeText } from './corrections.ts';
import { bestLengthRule, lengthFair, lengthRatio, lengthTradeOff } from './length-fair.ts';
import { applyView } from './view.ts';

const id = topic('Sums').id;
const sums = [
  question(id, 'What is 2 + 2?', ['3', '4', '5', '6'], 0),
  question(id, 'Which is \\u03bb?', ['\\\\lambda', 'b', 'c', 'd'], 0),
  question(id, 'Which is 6?', ['1 + 4', 'b', 'c', 'd'], 0),
  question(id, 'Nonsense?', ['a', 'b', 'c', 'd'], 0),
  question(id, 'Fine?', ['a', 'b', 'c', 'd'], 2),
];
const [sum, escaped, six, nonsense, fine] = sums;

/** A dataset with a corrections file of its own. */
function withCorrections(corrections: readonly object[]) {
  const folder = testFolder();
  const full = corrections.map((c) => ({
    topic: id,
    kind: 'wrong_key',
    wrong: 'it is',
    evidence: 'see',
    ...c,
  }));
  writeFileSync(
    join(folder, 'corrections.yaml'),
    stringify(toDisk({ collection: 'test', corrections: full })),
  );
  return dataset([topic('Sums', [], { quiz: sums })], { folder });
}

const of = (q = sum) => ({ question: q?.id, expects: q && contentHash(q) });

test('a corrected question keeps its id and is changed as its correction says, the others not at all', () => {
  const data = withCorrections([
    { ...of(sum), action: 'rekey', key: 1 },
    { ...of(escaped), action: 'unescape' },
    { ...of(six), action: 'reword', edits: [{ in: 'A', find: '4', put: '5' }] },
    { ...of(nonsense), action: 'drop' },
  ]);
  const quiz = applyView(data, 'corrected').topics[0]?.quiz;
  expect(quiz).toEqual([
    { ...sum, key: 1 },
    { ...escaped, stem: 'Which is λ?', options: ['\\lambda', 'b', 'c', 'd'] },
    { ...six, options: ['1 + 5', 'b', 'c', 'd'] },
    fine,
  ]);
  expect(data.topics[0]?.quiz).toEqual(sums);
});

test('a correction that meets other content, no question, or an edit that does not fit is refused, all at once', () => {
  const data = withCorrections([
    { ...of(sum), expects: '0123456789abcdef', action: 'rekey', key: 1 },
    { ...of(six), action: 'reword', edits: [{ in: 'A', find: '9', put: '5' }] },
    { ...of(nonsense), action: 'rekey', key: 5 },
    { question: 'question-000000000000', expects: '0123456789abcdef', action: 'drop' },
  ]);
  const error = (() => {
    try {
      return String(applyView(data, 'corrected'));
    } catch (thrown) {
      return String(thrown);
    }
  })();
  expect(error).toMatch(/not what the correction expects/);
  expect(error).toMatch(/"9" occurs 0 times in A, not once/);
  expect(error).toMatch(/a key without option/);
  expect(error).toMatch(/question-000000000000 is corrected, but no topic has such a question/);
});

test('a dataset without corrections has no corrected view, and says which it has', () => {
  expect(() => applyView(dataset([topic('One')]), 'corrected')).toThrow(/has no view corrected/);
});

test('escapes become characters and doubled backslashes single ones, once', () => {
  expect(unescapeText('\\u03bb and \\\\frac{1}{2}')).toBe('λ and \\frac{1}{2}');
});

const quizzes = fc.array(
  fc.array(
    fc.record({
      options: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 30 }), { minLength: 4, maxLength: 4 }),
      key: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 6 },
  ),
  { maxLength: 12 },
);
const topicsOf = (list: { options: string[]; key: number }[][]) =>
  list.map((quiz, i) =>
    topic(`T${i}`, [], {
      quiz: quiz.map(({ options, key }, j) => question(`t${i}`, `Q${j}?`, options, key)),
    }),
  );

test('balancing loses nothing: same questions, same options, same right answer, each letter equally often', () => {
  fc.assert(
    fc.property(quizzes, (list) => {
      const before = topicsOf(list);
      const after = balanceKeys(before);
      const facts = (topics: typeof after) =>
        topics.map((t) => t.quiz.map((q) => [q.id, q.stem, q.options.toSorted(), q.options[q.key]]));
      expect(facts(after)).toEqual(facts(before));
      const counts = [0, 1, 2, 3].map((k) => after.flatMap((t) => t.quiz).filter((q) => q.key === k).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      expect(balanceKeys(before)).toEqual(after);
    }),
  );
});

test('the length-fair view is the largest of its family that the longest option passes at most 35 times in 100', () => {
  fc.assert(
    fc.property(quizzes, (list) => {
      const topics = topicsOf(list);
      const kept = lengthFair(topics).flatMap((t) => t.quiz);
      const longest = kept.filter((q) => {
        const lengths = q.options.map((o) => o.length);
        return lengths.indexOf(Math.max(...lengths)) === q.key;
      });
      if (kept.length > 0) expect(longest.length / kept.length).toBeLessThanOrEqual(0.35);
      const rules = lengthTradeOff(topics);
      const best = bestLengthRule(rules);
      expect(kept).toHaveLength(best?.questions ?? 0);
      for (const rule of rules) if (rule.questions > kept.length) expect(rule.longest).toBeGreaterThan(0.35);
      for (const q of kept) expect(lengthRatio(q)).toBeLessThanOrEqual(best?.ratio ?? 0);
    }),
  );
});

test('only rewritten questions, and those without the cue, are in the rewritten view', () => {
  const folder = testFolder();
  const long = question(id, 'Which?', ['a', 'the one that is long', 'c', 'd'], 1);
  const longer = question(id, 'And which?', ['a', 'b', 'the one that is longer', 'd'], 2);
  const data = dataset([topic('Sums', [], { quiz: [long, longer, ...sums] })], { folder });
  const options = [
    'another of the kind',
    'the one that is long',
    'something of its size',
    'and a last of them',
  ];
  const line = { question: long.id, expects: contentHash(long), options, builder: 'b', reviewer: 'r' };
  writeFileSync(join(folder, 'rewritten.jsonl'), `${JSON.stringify(line)}\n`);
  const quiz = applyView(data, 'rewritten').topics[0]?.quiz ?? [];
  expect(quiz.map((q) => q.id)).not.toContain(longer.id);
  const rewritten = quiz.find((q) => q.id === long.id);
  expect(rewritten?.options.toSorted()).toEqual(options.toSorted());
  expect(rewritten?.tags).toContain('rewritten');
  expect(quiz.map((q) => q.id)).toContain(sum?.id);
});
