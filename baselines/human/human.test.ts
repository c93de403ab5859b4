import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../../harness/store/hash.ts';
import { temporaryFolder } from '../../harness/testing/folder.ts';
import { human } from './human.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
mkdirSync(join(folder.path, 'films'));
for (const name of ['circles.mp4', 'ベイズの定理.mov', 'waves.webm'])
  writeFileSync(join(folder.path, 'films', name), name);
writeFileSync(join(folder.path, 'films.csv'), 'topic,file,cost_usd\ncircles,films/circles.mp4,40\n');

const circles = {
  id: 't1',
  slug: 'circles',
  title: 'Circles',
  aliases: [],
  humanVideo: { path: 'media/c.mp4', sha256: 'abc' },
};
const bayes = { id: 't2', slug: 'bayes', title: 'ベイズの定理', aliases: [] };
const waves = { id: 't3', slug: 'waves', title: 'Waves', aliases: [] };
const all = [circles, bayes, waves];

/** The videos as [topic id, hash], where some topics are run of a dataset that has them all. */
async function given(videos?: string | Record<string, string>, topics = [circles, bayes], allTopics = all) {
  const place = { topics, allTopics, mediaFolder: '/data', folder: folder.path };
  const found = await human.given?.(videos === undefined ? {} : { videos }, place);
  return [...(found ?? [])].map(([id, video]) => [id, video.sha256]);
}

const both = [
  ['t1', sha256('circles.mp4')],
  ['t2', sha256('ベイズの定理.mov')],
];

test('the videos are the dataset’s where none are named; a topic without one has none', async () => {
  expect(await given()).toEqual([['t1', 'abc']]);
});

test('a dataset without any video is told, and what to type', async () => {
  await expect(given(undefined, [bayes], [bayes])).rejects.toThrow(/the dataset has no videos/);
});

test('a folder, a CSV and a mapping name videos by id, slug or title; those of topics not run are left alone', async () => {
  expect((await given('films')).toSorted()).toEqual(both);
  expect(await given({ t1: 'films/circles.mp4', ベイズの定理: 'films/ベイズの定理.mov' })).toEqual(both);
  expect(await given('films.csv')).toEqual([both[0]]);
});

test.each([
  [
    'a name that is no topic’s',
    { circels: 'films/circles.mp4' },
    /there is no topic "circels"; did you mean circles\?/,
  ],
  ['a topic twice', { circles: 'films/circles.mp4', Circles: 'films/waves.webm' }, /two videos .* circles/],
  ['a file that is not there', { circles: 'films/none.mp4' }, /none\.mp4 cannot be read/],
  ['a folder in place of a file', { circles: 'films' }, /films cannot be read/],
  ['a folder that is not there', 'nowhere', /nowhere does not exist/],
  ['a single video', 'films/circles.mp4', /neither a folder nor a CSV/],
])('%s is an error of the config', async (_, videos, message) => {
  await expect(given(videos)).rejects.toThrow(message);
});

test('webm is an error where its topic is run, since no other part reads it', async () => {
  await expect(given('films', all)).rejects.toThrow(/waves\.webm is webm/);
});
