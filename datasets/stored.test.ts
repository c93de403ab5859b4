import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../harness/store/hash.ts';
import { testFolder } from '../harness/testing/folder.ts';
import { isInnerPath } from './schema.ts';
import { uniqueSlugs } from './slug.ts';
import { readStored, writeStored } from './stored.ts';
import { dataset, question, topic } from './topics.fixture.ts';

const picture = Buffer.from('not really a picture');
const media = (path: string) => ({
  path,
  sha256: sha256(picture),
  bytes: picture.length,
  type: 'image/png',
});

test('a dataset is read back as it was stored, its media under names of their own', async () => {
  const from = testFolder();
  writeFileSync(join(from, 'Ein Bild (1).JPG'), picture);
  const stored = dataset(
    [
      topic('A λ "topic"', ['One?', 'line\nbreak, "quote" and \u202e'], {
        referenceImage: media('Ein Bild (1).JPG'),
        extra: { Some_Key: { camelCase: 1 } },
      }),
      topic('二项分布', ['哪一个?'], { slug: 'binomial', category: null, parent: null, durationS: 12.5 }),
    ],
    { folder: from },
  );
  const out = join(testFolder(), 'data');
  await writeStored(stored, out);
  const read = readStored(out);
  expect(read.topics[0]?.referenceImage?.path).toBe('media/a-topic.png');
  expect(readFileSync(join(out, 'media/a-topic.png'))).toEqual(picture);
  const without = ({ referenceImage: _, ...rest }: (typeof read.topics)[number]) => rest;
  expect(read.topics.map(without)).toEqual(stored.topics.map(without));
});

test('storing again over itself changes no byte', async () => {
  const out = join(testFolder(), 'data');
  await writeStored(dataset([topic('One'), topic('Two')]), out);
  const bytes = () => readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
  const before = bytes();
  await writeStored(readStored(out), out);
  expect(bytes()).toEqual(before);
});

test('an edited file is refused, and the error says how to take the edit over', async () => {
  const out = testFolder();
  await writeStored(dataset([topic('One')]), out);
  appendFileSync(join(out, 'questions.jsonl'), '{}\n');
  expect(() => readStored(out)).toThrow(/questions\.jsonl is not what dataset\.json vouches for/);
});

test('all that is wrong in a dataset is named at once, and nothing is written', async () => {
  const out = join(testFolder(), 'new');
  const one = topic('One');
  const wrong = dataset([
    one,
    { ...topic('Two'), slug: one.slug, parent: 'topic-000000000000' },
    { ...topic('Three'), quiz: [{ ...question('x', 'Which?'), key: 4 }] },
  ]);
  const error = await writeStored(wrong, out).catch((thrown: unknown) => String(thrown));
  expect(error).toMatch(/slug one occurs twice/);
  expect(error).toMatch(/parent topic-000000000000 is not in the dataset/);
  expect(error).toMatch(/key 4 names none of 4 options/);
  expect(() => readdirSync(out)).toThrow(/ENOENT/);
});

test('a folder that holds something else is never written to', async () => {
  const out = testFolder();
  writeFileSync(join(out, 'thesis.tex'), 'years of work');
  await expect(writeStored(dataset([topic('One')]), out)).rejects.toThrow(
    /holds something that is no dataset/,
  );
});

test('what a kill or a full disk left of a dataset is written over by the next try', async () => {
  const out = testFolder();
  mkdirSync(join(out, 'topics.jsonl'));
  writeFileSync(join(out, 'dataset.begun'), '');
  const data = dataset([topic('One')]);
  await expect(writeStored(data, out)).rejects.toThrow(/cannot write .*topics\.jsonl/);
  rmSync(join(out, 'topics.jsonl'), { recursive: true });
  await writeStored(data, out);
  expect(readStored(out).topics).toHaveLength(1);
  expect(existsSync(join(out, 'dataset.begun'))).toBe(false);
});

test('a name that is a path, and a file in the place of the folder, are refused', async () => {
  const file = join(testFolder(), 'file');
  writeFileSync(file, 'x');
  await expect(writeStored(dataset([topic('One')]), file)).rejects.toThrow(/is no folder/);
  for (const name of ['..', '../../x', 'a/b', ''])
    await expect(writeStored(dataset([topic('One')], { name }), join(file, '../new'))).rejects.toThrow(
      /use letters, digits/,
    );
});

test('media are not written through a link that leads out of the folder', async () => {
  const [from, out, elsewhere] = [testFolder(), testFolder(), testFolder()];
  writeFileSync(join(from, 'a.png'), picture);
  const data = dataset([topic('A', ['Q?'], { referenceImage: media('a.png') })], { folder: from });
  await writeStored(dataset([topic('A')]), out);
  symlinkSync(elsewhere, join(out, 'media'));
  await expect(writeStored(data, out)).rejects.toThrow(/is a symbolic link/);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('two topics may swap their slugs in place without losing an image', async () => {
  const from = testFolder();
  writeFileSync(join(from, 'a.png'), picture);
  writeFileSync(join(from, 'b.png'), 'another');
  const other = { ...media('b.png'), sha256: sha256('another'), bytes: 7 };
  const [a, b] = [
    topic('A', ['Q?'], { slug: 'a', referenceImage: media('a.png') }),
    topic('B', ['Q?'], { slug: 'b', referenceImage: other }),
  ];
  const out = join(testFolder(), 'data');
  await writeStored(dataset([a, b], { folder: from }), out);
  const stored = readStored(out);
  const swapped = stored.topics.map((one, i) => ({ ...one, slug: i === 0 ? 'b' : 'a' }));
  await writeStored({ ...stored, topics: swapped }, out);
  expect(readFileSync(join(out, 'media/b.png'))).toEqual(picture);
  expect(readFileSync(join(out, 'media/a.png'), 'utf8')).toBe('another');
  expect(readdirSync(join(out, 'media'))).toEqual(['a.png', 'b.png']);
});

test('a media file that changed since it was read, became a link or went away, is refused', async () => {
  const from = testFolder();
  writeFileSync(join(from, 'a.png'), 'other bytes');
  mkdirSync(join(from, 'sub'));
  symlinkSync('/etc/hostname', join(from, 'sub/b.png'));
  for (const path of ['a.png', 'sub/b.png', 'gone.png']) {
    const changed = dataset([topic('One', ['Q?'], { referenceImage: media(path) })], { folder: from });
    await expect(writeStored(changed, join(testFolder(), 'out'))).rejects.toThrow(/not what it was/);
  }
});

test('no path leaves the folder of its dataset', () => {
  for (const path of ['../x', '/etc/passwd', 'a/../b', 'a//b', './a', 'a\\b', 'a\u0000b', 'a\u202eb', ''])
    expect(isInnerPath(path), JSON.stringify(path)).toBe(false);
  expect(isInnerPath('media/a b é.png')).toBe(true);
});

test('whatever titles are, slugs are unique, short and safe as file names', () => {
  const titles = fc.uniqueArray(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 130 }),
      fc.constantFrom('A', 'a', '..', 'CON', '"', 'ж', 'Ж'),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(titles, (list) => {
      const topics = list.map((title, i) => ({ id: `topic-${sha256(`${i}${title}`).slice(0, 12)}`, title }));
      const slugs = uniqueSlugs(topics);
      expect(new Set(slugs).size).toBe(list.length);
      for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9][a-z0-9-]{0,79}$/);
    }),
  );
});

test('456 topics with ten questions each load in a moment', async () => {
  const out = testFolder();
  const stems = Array.from(
    { length: 10 },
    (_, i) => `Question number ${i}, of usual length for such a quiz?`,
  );
  const topics = Array.from({ length: 456 }, (_, i) => topic(`Topic number ${i}`, stems));
  await writeStored(dataset(topics), out);
  const start = performance.now();
  expect(readStored(out).topics).toHaveLength(456);
  expect(performance.now() - start).toBeLessThan(5000);
});
