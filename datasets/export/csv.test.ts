import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { officialDataFolder } from '../../harness/setup/probe.ts';
import { temporaryFolder } from '../../harness/testing/folder.ts';
import { importCsv } from '../import/csv.ts';
import { readReleased } from '../mmmc/released.ts';
import type { Dataset, Question, Topic } from '../schema.ts';
import { uniqueSlugs } from '../slug.ts';
import { dataset, question, topic } from '../topics.fixture.ts';
import { exportCsv } from './csv.ts';
import { diffDatasets } from './diff.ts';

const none = { added: [], removed: [], changes: [] };

/** What spreadsheets write: semicolons, CRLF, a byte order mark, every cell quoted. */
function spreadsheetSave(csv: string): string {
  const rows: string[][] = parse(csv, { bom: true });
  const line = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';');
  return `\uFEFF${rows.map((cells) => `${line(cells)}\r\n`).join('')}`;
}

async function importText(text: string, base?: Dataset) {
  using folder = temporaryFolder();
  const path = join(folder.path, 'test.csv');
  writeFileSync(path, text);
  return importCsv(path, { lenient: false, base });
}

const hostile = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  fc.constantFrom(
    ...[
      '=1+1',
      '+1',
      '-1',
      '@sum',
      '\tx',
      '\rx',
      "'",
      "''",
      "'=1",
      '"',
      '""',
      'a,b;c\td',
      'a\r\nb\nc\rd',
      '\uFEFF',
      'a\uFEFFb',
    ],
    ...[
      '\u202Eabc',
      '\u200F',
      '数学',
      '١٢',
      '1/2',
      '3-4',
      '007',
      '1e5',
      '1.50',
      'TRUE',
      'false',
      ' x ',
      '|',
      '\\',
      '\\e',
      'a|b\\|',
    ],
    ...['＝1', '(1)', '12:30', '\u0000', '\n', 'NULL', '#N/A', '=cmd|" /C calc"!A0', "'1", "'true"],
  ),
);
const filled = hostile.map((text) => (text.trim() === '' ? `${text}x` : text));
const orNull = fc.option(hostile);
const words = fc.array(hostile, { maxLength: 3 });

const question_: fc.Arbitrary<Omit<Question, 'id'>> = fc
  .record({
    stem: filled,
    options: fc.array(filled, { minLength: 2, maxLength: 6 }),
    key: fc.nat(5),
    tags: words,
    source: fc.option(hostile, { nil: undefined }),
    notes: fc.option(hostile, { nil: undefined }),
  })
  .map(({ key, options, source, notes, ...rest }) => ({
    ...rest,
    options,
    key: key % options.length,
    ...(source !== undefined && { source }),
    ...(notes !== undefined && { notes }),
  }));

const topics_: fc.Arbitrary<Topic[]> = fc
  .uniqueArray(
    fc.record({
      title: filled,
      category: orNull,
      language: filled.map((text) => `${text}en`),
      source: fc.record({ collection: hostile, url: orNull, licence: orNull }),
      durationS: fc.option(fc.double({ min: 1e-7, max: 1e21, noNaN: true })),
      tags: words,
      aliases: words,
      quiz: fc.uniqueArray(question_, { maxLength: 3, selector: ({ stem }) => stem }),
    }),
    { maxLength: 4, selector: ({ title }) => title },
  )
  .map((list) => {
    const made = list.map(({ quiz, ...rest }) => {
      const base = topic(rest.title, [], rest);
      return { ...base, quiz: quiz.map((q) => ({ ...question(base.id, q.stem, q.options, q.key), ...q })) };
    });
    const slugs = uniqueSlugs(made);
    return made.map((t, i) => ({ ...t, slug: slugs[i] ?? '', parent: i > 0 ? (made[0]?.id ?? null) : null }));
  });

test('whatever the texts hold, a dataset goes through CSV and back without difference', async () => {
  const property = fc.asyncProperty(
    topics_,
    fc.constantFrom(',', ';', '\t'),
    fc.boolean(),
    async (topics, separator, bom) => {
      const before = dataset(topics);
      const csv = exportCsv(before, { separator, bom });
      const { dataset: after, anomalies } = await importText(csv);
      expect(anomalies).toEqual([]);
      expect(after.topics).toEqual(before.topics);
      expect(diffDatasets(before, after)).toEqual(none);
      const saved = await importText(spreadsheetSave(exportCsv(before)));
      expect(saved.dataset.topics).toEqual(before.topics);
    },
  );
  await fc.assert(property, { numRuns: 150 });
});

test('no cell of an export begins as a formula does, or looks like a number that a spreadsheet would rewrite', () => {
  fc.assert(
    fc.property(topics_, (topics) => {
      const [header, ...rows]: string[][] = parse(exportCsv(dataset(topics)), { bom: true });
      const texts = rows.flatMap((cells) => cells.filter((_, i) => header?.[i] !== 'duration_s'));
      for (const cell of texts) expect(cell).not.toMatch(/^[=+\-@\t\r]|^\d+[/-]\d+$|^0\d+$/);
    }),
    { numRuns: 50 },
  );
});

test('with the dataset as base, media and unknown fields are kept, and an edit is the only difference', async () => {
  const media = { path: 'a.png', sha256: '0'.repeat(64), bytes: 1, type: 'image/png' };
  const before = dataset([
    topic('One', ['Q1?', 'Q2?'], { referenceImage: media, extra: { a: 1 } }),
    topic('Two'),
  ]);
  const csv = exportCsv(before).replace('Q2?', 'Q2 better?');
  const { dataset: after } = await importText(csv, before);
  expect(after.topics[0]).toMatchObject({ referenceImage: media, extra: { a: 1 } });
  expect(diffDatasets(before, after)).toEqual({
    ...none,
    changes: [
      {
        topic: 'one',
        question: before.topics[0]?.quiz[1]?.id,
        field: 'stem',
        before: 'Q2?',
        after: 'Q2 better?',
      },
    ],
  });
});

test('columns that are taken out are taken from the base', async () => {
  const before = dataset([topic('One', ['Q1?'], { tags: ['a'], durationS: 5, language: 'fr' })]);
  const id = before.topics[0]?.id;
  const q = before.topics[0]?.quiz[0];
  const csv = `topic_id,topic,question_id,stem,option_a,option_b,option_c,option_d,key\n${id},One,${q?.id},Q1?,one,two,three,four,B\n`;
  expect(diffDatasets(before, (await importText(csv, before)).dataset)).toEqual(none);
});

test('half a character is refused by name, since CSV cannot hold it', () => {
  expect(() => exportCsv(dataset([topic('One', ['a\ud800'])]))).toThrow(/lone surrogate\) in: one/);
});

describe.skipIf(!requirePrerequisite('official-data'))('the released questions', () => {
  test('go through CSV, a spreadsheet and back without difference', async () => {
    const { dataset: before } = await readReleased(officialDataFolder, { lenient: false });
    const csv = exportCsv(before);
    for (const text of [csv, spreadsheetSave(csv), csv.replaceAll('\r\n', '\n')]) {
      const { dataset: after, anomalies } = await importText(text, before);
      expect(anomalies).toEqual([]);
      expect(diffDatasets(before, after)).toEqual(none);
      expect(after.topics).toEqual(before.topics);
    }
  });
});
