import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkBundle } from '../../harness/store/check.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import { readStored, writeStored } from '../stored.ts';
import { assemble } from './assemble.ts';
import { writeCard } from './card.ts';
import { link, plain } from './card-markdown.ts';
import { Funnel } from './funnel.ts';
import { draft, openTestShop, unitTopic, worldModels } from './quiz.fixture.ts';
import { buildQuizzes } from './quiz.ts';

const moons = draft('How many moons does Mars have?', ['2', '5', '1', '4'], 'A', 'seeing');
const nearest = draft('Which planet is nearest to the sun?', ['Venus', 'Mercury', 'Saturn', 'Uranus'], 'B');
const keys = { [moons.stem]: 'A', [nearest.stem]: 'B' };

/** Quizzes, dataset and card of one topic; returns the card and where it stands. */
async function buildCard(title: string, more: Parameters<typeof openTestShop>[2] = {}, again = false) {
  const folder = testFolder();
  const video = join(testFolder(), 'v.mp4');
  writeFileSync(video, 'v');
  const models = worldModels(() => ({ keys, drafts: { [title]: [[moons, nearest]] } }));
  const { shop, close } = openTestShop(folder, models.openChat, more);
  const out = join(folder, 'dataset');
  try {
    const topic = unitTopic(title, video);
    const built = await buildQuizzes(shop, [topic]);
    const funnel = new Funnel();
    for (const { accepted, refusal } of built.flatMap(({ validated }) => validated))
      funnel.note('quiz', accepted ? 'kept' : 'dropped', refusal);
    await writeStored(await assemble(shop, built), out);
    const write = async () => {
      await writeCard(shop, readStored(out), funnel);
      return readFileSync(join(out, 'README.md'), 'utf8');
    };
    return { folder, out, card: await write(), again: again ? await write() : null };
  } finally {
    close();
  }
}

function frontOf(card: string) {
  const found = /^---\n([\s\S]*?)\n---\n/.exec(card);
  return z.record(z.string(), z.unknown()).parse(parse(found?.[1] ?? ''));
}

test('the card begins with front matter in the words of the Hub, and is the same when made again', async () => {
  const { card, again } = await buildCard('Planets', {}, true);
  expect(frontOf(card)).toMatchObject({
    language: ['en'],
    license: 'cc0-1.0',
    pretty_name: 'A set',
    size_categories: ['n<1K'],
    task_categories: ['question-answering', 'multiple-choice', 'video-text-to-text'],
    annotations_creators: ['machine-generated'],
  });
  expect(again).toBe(card);
});

test('the card names roles, prompts with their hashes, funnel, audit, bots, plots and limits', async () => {
  const { card, out } = await buildCard('Planets');
  for (const head of [
    'Contents',
    'Sources',
    'How it was built',
    'Funnel',
    'Audit',
    'Known limits',
    'Licence',
  ])
    expect(card).toContain(`\n## ${head}\n`);
  expect(card).toMatch(/\| reviewer \| model-1 \(e\) \| m \| 2 \|/);
  expect(card).toMatch(/\| dataset\/defensible \| `[0-9a-f]{64}` \|/);
  expect(card).toMatch(/quiz +questions +2 +2 +0/);
  expect(card).toMatch(/\| longest \| most characters \| \d of 2 \|/);
  expect(card).toContain('Builder and reviewer are one model');
  expect(readdirSync(join(out, 'plots'))).toContain('letters.png');
  expect(card).toContain('](plots/letters.png)');
  expect(card).not.toContain('cripted demonstration');
});

test('all files of the dataset pass their checksums, and the bundle vouches for the card', async () => {
  const { out, folder } = await buildCard('Planets');
  const said = execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], {
    cwd: out,
    encoding: 'utf8',
  });
  expect(said).toBe('');
  expect(readFileSync(join(out, 'SHA256SUMS'), 'utf8')).toContain('  README.md\n');
  expect((await checkBundle(folder)).problems).toEqual([]);
  writeFileSync(join(out, 'README.md'), 'edited');
  expect((await checkBundle(folder)).problems).toHaveLength(1);
});

test('a dataset with an offline role says at its head that it is a scripted demonstration', async () => {
  const { card } = await buildCard('Planets', { baseUrl: 'offline:' });
  expect(card.split('\n## ')[0]).toContain('*Scripted demonstration*');
  expect(frontOf(card).tags).toContain('scripted-demonstration');
});

test('a title cannot break out of the card', async () => {
  const { card } = await buildCard('Planets | <script> [x](javascript:0)');
  expect(card).not.toContain('<script>');
  expect(card).toContain('Planets \\| &lt;script>');
  expect(plain('a\n# b')).toBe('a # b');
  expect(link('x', 'javascript:alert(1)')).toBe('x');
  expect(link('x]', 'https://e.org/a)b|c')).toBe('[x\\]](https://e.org/a%29b%7Cc)');
});
