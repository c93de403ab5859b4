import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MmmcError } from '../../harness/store/errors.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import { exportCsv } from '../export/csv.ts';
import { dataset, topic } from '../topics.fixture.ts';
import { guardCell, restoreCell } from './cells.ts';
import { importCsv } from './csv.ts';

const head = 'topic,stem,option_a,option_b,key';

function fileWith(content: string | Uint8Array): string {
  const path = join(testFolder(), 'my quiz.csv');
  writeFileSync(path, content);
  return path;
}

async function problemsOf(content: string | Uint8Array): Promise<string[]> {
  const path = fileWith(content);
  try {
    await importCsv(path, { lenient: false });
  } catch (error) {
    if (error instanceof MmmcError && error.code === 'bad_dataset')
      return error.message.replaceAll(path, 'f').split('\n');
    throw error;
  }
  return [];
}

test('the smallest file will do: ids and names are computed', async () => {
  const { dataset } = await importCsv(fileWith(`${head}\nA topic,Q?,yes,no,B\nA topic,R?,yes,no,A\n`), {
    lenient: false,
  });
  expect(dataset).toMatchObject({ name: 'my-quiz', collection: 'my-quiz', version: '1' });
  expect(dataset.topics).toHaveLength(1);
  expect(dataset.topics[0]).toMatchObject({ slug: 'a-topic', category: null, language: 'en' });
  expect(dataset.topics[0]?.quiz.map(({ stem, options, key }) => [stem, ...options, key])).toEqual([
    ['Q?', 'yes', 'no', 1],
    ['R?', 'yes', 'no', 0],
  ]);
});

test.each([',', ';', '\t'])(
  'separator %j, byte order mark, CRLF and cells of several lines are understood',
  async (separator) => {
    const rows = [head.split(','), ['T', '"a ""b"",\n;\tc"', 'x', 'y', 'A'], []];
    const text = rows.map((cells) => `${cells.join(separator)}\r\n`).join('');
    const { dataset } = await importCsv(fileWith(`\uFEFF${text}`), { lenient: false });
    expect(dataset.topics[0]?.quiz[0]).toMatchObject({ stem: 'a "b",\n;\tc', options: ['x', 'y'] });
  },
);

test('nothing is trimmed, and quotes of people are left alone', async () => {
  const { dataset } = await importCsv(fileWith(`${head}\nT,'Tis?, yes ,'no',A\n`), { lenient: false });
  expect(dataset.topics[0]?.quiz[0]).toMatchObject({ stem: "'Tis?", options: [' yes ', "'no'"] });
  expect(restoreCell("'=1")).toBe('=1');
});

test('what a spreadsheet would read as a number, amount, time or date is guarded, words are not', () => {
  for (const text of [
    '1/2',
    '1e5',
    '50 %',
    '$5',
    '5 €',
    '3:30 pm',
    'Mar 1',
    '10 May',
    '2-Dec-2020',
    'march 2020',
  ])
    expect([text, guardCell(text)]).toEqual([text, `'${text}`]);
  for (const text of ['Decision', 'May', '$x^2$', '5 apples', 'March of 3 ants', 'octal 7x'])
    expect(guardCell(text)).toBe(text);
});

test('everything that is wrong is named at once, with file, line and column', async () => {
  const rows = [
    `${head},duration_s,hint`,
    '"T, one",Q?,yes,no,C,,',
    '"T, one",Q?,yes,no',
    'U,"Q\n?",yes,no,A,soon,',
    'U,"Q\n?",yes,no,B,soon,',
    'V,,yes,no,A,,',
    'W,Q "is",yes,no,A,,',
    'X,Q?,,no,A,,',
  ];
  expect(await problemsOf(rows.join('\n'))).toEqual([
    'f:9:1: expected a cell with a quote in it to be in quotes, and the quote doubled',
    'f:3:1: expected 7 cells, found 4',
    'f:1:1: unknown column "hint"; known: topic_id, topic, category, language, question_id, stem, option_a, option_b, option_c, option_d, option_e, option_f, key, tags, source, notes, url, licence, duration_s, parent, slug, topic_tags, aliases, collection',
    'f:2:20: expected a letter from A to B, found "C"',
    'f:5:13: expected seconds, found "soon"',
    'f:10:6: expected text in option_a, since a later option has some',
    expect.stringMatching(/^f:6:3: question question-\w+ occurs twice, first at f:4:3$/),
    'f:8:3: stem: the stem is empty',
    'f:10:3: options.0: an option is empty',
  ]);
});

test('a quote that is never closed is named by its record, and the rows after it are read', async () => {
  const path = fileWith(`${head}\nT,"Q?,yes,no,A\nU,Q?,yes,no,A\n`);
  const { dataset, anomalies } = await importCsv(path, { lenient: true });
  expect(dataset.topics.map(({ title }) => title)).toEqual(['U']);
  expect(anomalies.map(({ where, kind }) => [kind, where])).toEqual([['bad_csv', `${path}:2:1`]]);
});

test('rows of one topic that disagree about it are told', async () => {
  const rows = [
    'topic_id,category,topic,stem,option_a,option_b,key',
    'topic-0123456789ab,X,T,Q?,a,b,A',
    'topic-0123456789ab,Y,T,R?,a,b,A',
  ];
  expect(await problemsOf(rows.join('\r\n'))).toEqual([
    'f:3:20: expected category "X" as in the topic\'s first row, found "Y"',
  ]);
});

test('bytes that are no UTF-8 are named by line, and their row is left out', async () => {
  const bytes = Buffer.concat([
    Buffer.from(`${head}\nT,Q?,a,b,A\nU,Caf`),
    Buffer.from([0xe9]),
    Buffer.from(',a,b,A\n'),
  ]);
  expect(await problemsOf(bytes)).toEqual([
    'f:3:6: expected UTF-8, found bytes that are none',
    'f:3:1: the row holds bytes that are no UTF-8',
  ]);
  const { dataset } = await importCsv(fileWith(bytes), { lenient: true });
  expect(dataset.topics.map(({ title }) => title)).toEqual(['T']);
});

test('missing columns and a missing file are told', async () => {
  expect(await problemsOf('topic,stem\nT,Q?\n')).toContain(
    'f:1:1: expected columns option_a, option_b, key, found none',
  );
  expect(await problemsOf('')).toContain(
    'f:1:1: expected columns topic, stem, option_a, option_b, key, found none',
  );
  await expect(importCsv(join(testFolder(), 'none.csv'), { lenient: false })).rejects.toThrow(
    'there is no such file',
  );
});

test('damaged in any byte a file gives an error with a place or an import, never another exception', async () => {
  const whole = Buffer.from(`\uFEFF${head},tags\r\n"T, ""1""",Q?,"a\nb",ü,A,x|y\r\nU,R?,'=1,no,B,\r\n`);
  const folder = testFolder();
  const path = join(folder, 'f.csv');
  const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
  const property = fc.asyncProperty(edits, fc.nat(whole.length), async (changes, length) => {
    const bytes = Buffer.from(whole);
    for (const [at, byte] of changes) bytes[at] = byte;
    writeFileSync(path, bytes.subarray(0, length));
    try {
      await importCsv(path, { lenient: false });
    } catch (error) {
      if (!(error instanceof MmmcError)) throw error;
      expect(error.message).toMatch(/^.*f\.csv:\d+:\d+: /);
    }
    await importCsv(path, { lenient: true });
  });
  await fc.assert(property, { numRuns: 300 });
});

test('a row that somebody added with a title alone is a question of that topic', async () => {
  const id = 'topic-0123456789ab';
  const path = fileWith(
    `topic_id,category,${head}\n,,T,New first?,x,y,A\n${id},C,T,Old?,x,y,A\n${id},C,T,Older?,x,y,B\n,,T,New?,x,y,B\n`,
  );
  const { topics } = (await importCsv(path, { lenient: false })).dataset;
  expect(topics).toMatchObject([{ id, category: 'C' }]);
  expect(topics[0]?.quiz.map(({ stem }) => stem)).toEqual(['New first?', 'Old?', 'Older?', 'New?']);
});

test('an edit of a view is named after it, and its version says that it was changed', async () => {
  const [one] = dataset([topic('One', ['Q?'])]).topics;
  const base = dataset(one ? [one] : [], { name: 'mine', view: 'corrected', version: '7' });
  const text = exportCsv(base);
  const same = await importCsv(fileWith(text), { lenient: false, base });
  expect(same.dataset).toMatchObject({ name: 'mine-corrected', version: '7' });
  const edited = await importCsv(fileWith(text.replace('Q?', 'R?')), { lenient: false, base });
  expect(edited.dataset).toMatchObject({ name: 'mine-corrected', version: '7-changed' });
});
