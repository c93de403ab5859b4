import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { officialDataFolder } from '../../harness/setup/probe.ts';
import { MmmcError } from '../../harness/store/errors.ts';
import { temporaryFolder, testFolder } from '../../harness/testing/folder.ts';
import { diffDatasets } from '../export/diff.ts';
import { exportJsonl } from '../export/jsonl.ts';
import { folderOf } from '../mmmc/released.fixture.ts';
import { readReleased } from '../mmmc/released.ts';
import { readStored, writeStored } from '../stored.ts';
import { dataset, topic } from '../topics.fixture.ts';
import { importJsonl } from './jsonl.ts';
import { picture } from './media.fixture.ts';

const strict = { lenient: false };
const none = { added: [], removed: [], changes: [] };
const line = (value: unknown) => `${JSON.stringify(value)}\n`;

test('a file of questions alone will do: topics are named by them', async () => {
  const folder = folderOf({
    'my quiz.jsonl': `${line({ topic: 'T', stem: 'Q?', options: ['a', 'b'], key: 'B' })}\r\n${line({ topic: 'T', stem: 'R?', options: ['a', 'b'], key: 0 })}`,
  });
  const { dataset: read } = await importJsonl(join(folder, 'my quiz.jsonl'), strict);
  expect(read).toMatchObject({ name: 'my-quiz', collection: 'my-quiz' });
  expect(read.topics.map(({ title, quiz }) => [title, ...quiz.map(({ key }) => key)])).toEqual([['T', 1, 0]]);
});

test('topics of their own file get media by path, parents by title, and keep what is unknown in extra', async () => {
  const folder = folderOf({
    'topics.jsonl': [
      line({ title: 'T', category: 'C', reference_image: 'a.jpg', extra: { Own_Field: 1 } }),
      line({ title: 'U', parent: 'T', duration_s: 4.5, human_video: 'gone.mp4' }),
    ].join(''),
    'questions.jsonl': line({ topic: 'U', stem: 'Q?', options: ['a', 'b'], key: 1, notes: 'n' }),
    'a.jpg': picture('image/png', 3, 2),
  });
  const { dataset: read, anomalies } = await importJsonl(folder, { ...strict, name: 'mine' });
  const [t, u] = read.topics;
  expect(t).toMatchObject({
    extra: { Own_Field: 1 },
    referenceImage: { type: 'image/png', width: 3 },
    quiz: [],
  });
  expect(u).toMatchObject({ parent: t?.id, durationS: 4.5, source: { collection: 'mine' } });
  expect(u?.quiz[0]).toMatchObject({ notes: 'n', key: 1 });
  expect(anomalies.map(({ kind }) => kind)).toEqual(['lying_extension', 'missing_media']);
});

test('everything that is wrong is named at once, with file, line and column', async () => {
  const folder = folderOf({
    'topics.jsonl': `{"title": "T", "tags": "a"}\n{"title": "U", "colour": 1}\n{"title": "V" "x"}\n{"title":"W"}\n`,
    'questions.jsonl': [
      '{"topic": "W", "stem": "Q?", "options": ["a", ""], "key": 0}',
      '{"topic": "W", "stem": "Q?", "options": ["a", "b"], "key": 5}',
      '{"topic": "X", "stem": "Q?", "options": ["a", "b"], "key": "A", "key": "B"}',
      '{"topic": "X", "stem": "Q?", "options": ["a", "b"], "key": "Z"}',
      '{"topic": "X", "stem": "Q?", "options": ["a", "b"], "key": 1}',
    ].join('\n'),
  });
  const error: unknown = await importJsonl(folder, strict).catch((thrown: unknown) => thrown);
  if (!(error instanceof MmmcError)) throw new Error('it did not fail');
  expect(error.message.replaceAll(`${folder}/`, '').split('\n')).toEqual([
    'topics.jsonl:3:15: expected a comma, found "\\"x\\"}"',
    'topics.jsonl:1:24: tags: Invalid input: expected array, received string',
    'topics.jsonl:2:1: Unrecognized key: "colour"',
    'questions.jsonl:3:65: "key" occurs twice here',
    'questions.jsonl:4:60: key: expected a letter, or the place of the right option from 0',
    'questions.jsonl:5:1: topic "X" is neither id nor title in topics.jsonl',
    'questions.jsonl:1:1: options.1: an option is empty',
    'questions.jsonl:2:1: key F is not among options A to B',
  ]);
  const { dataset: read } = await importJsonl(folder, { lenient: true });
  expect(read.topics.map(({ title }) => title)).toEqual(['W']);
});

test('a stored dataset that was edited by hand is taken over with its name, ids and media', async () => {
  const folder = folderOf({ 'a.png': picture('image/png', 3, 2) });
  const { media } = await import('./media.ts').then(({ readMedia }) => readMedia(folder, 'a.png'));
  if (media === undefined) throw new Error('no picture');
  const out = testFolder();
  await writeStored(
    dataset([topic('One', ['Q?'], { referenceImage: media })], { folder, version: '7' }),
    out,
  );
  const before = readStored(out);
  const texts = exportJsonl(before);
  writeFileSync(join(out, 'questions.jsonl'), texts.questions.replace('Q?', 'Q, mended?'));
  const { dataset: after, anomalies } = await importJsonl(out, strict);
  expect(anomalies).toEqual([]);
  expect(after).toMatchObject({ name: 'test', version: '7' });
  expect(diffDatasets(before, after).changes).toMatchObject([
    { field: 'stem', before: 'Q?', after: 'Q, mended?' },
  ]);
  await writeStored(after, out);
  expect(readStored(out).topics).toEqual(after.topics);
});

test('whatever the texts hold, a dataset goes through JSONL and back without difference', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 }).map((any) => `${any}x`);
  const value = fc
    .jsonValue({ depthSize: 'xsmall' })
    .filter((json) => !JSON.stringify(json).includes('__proto__')); // Refused, as another test says.
  const extra = fc.dictionary(fc.constantFrom('a_b', 'aB', 'c'), value);
  const topics = fc.uniqueArray(
    fc.record({ title: text, stems: fc.uniqueArray(text, { maxLength: 3 }), extra }),
    {
      selector: ({ title }) => title,
      maxLength: 4,
    },
  );
  const property = fc.asyncProperty(topics, async (list) => {
    using folder = temporaryFolder();
    const made = list.map(({ title, stems, extra }, i) =>
      topic(title, stems, { slug: `t${i}`, tags: [title], extra }),
    );
    const before = dataset(made);
    const texts = exportJsonl(before);
    writeFileSync(join(folder.path, 'topics.jsonl'), texts.topics);
    writeFileSync(join(folder.path, 'questions.jsonl'), texts.questions);
    const { dataset: after } = await importJsonl(folder.path, strict);
    expect(diffDatasets(before, after)).toEqual(none);
  });
  await fc.assert(property, { numRuns: 100 });
});

describe.skipIf(!requirePrerequisite('official-data'))('the released questions', () => {
  test('go through JSONL and back without difference', async () => {
    const { dataset: before } = await readReleased(officialDataFolder, strict);
    const { topics, questions } = exportJsonl(before);
    const folder = folderOf({ 'topics.jsonl': topics, 'questions.jsonl': questions });
    const { dataset: after, anomalies } = await importJsonl(folder, { ...strict, name: 'mmmc' });
    expect(anomalies).toEqual([]);
    expect(after.topics).toEqual(before.topics);
  });
});
