import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { testFolder } from '../../harness/testing/folder.ts';
import { compareViews } from '../audit/views.ts';
import { contentHash } from '../identity.ts';
import { loadDataset } from '../load.ts';
import type { Dataset } from '../schema.ts';
import { readStored, writeStored } from '../stored.ts';
import { dataset, topic } from '../topics.fixture.ts';
import { applyView } from '../views/view.ts';
import { storeCompanions, storedName } from './companions.ts';

const [one, two] = [topic('One'), topic('Two')];

/** A stored dataset with a correction of a question of each topic. */
async function stored(): Promise<Dataset> {
  const folder = join(testFolder(), 'data');
  await writeStored(dataset([one, two]), folder);
  const corrections = [one, two].map(({ id, quiz: [question] }) => ({
    topic: id,
    question: question?.id,
    expects: question && contentHash(question),
    kind: 'wrong_key',
    wrong: 'it is',
    evidence: 'see',
    action: 'rekey',
    key: 3,
  }));
  writeFileSync(join(folder, 'corrections.yaml'), stringify({ collection: 'test', corrections }));
  return readStored(folder);
}

async function storeAgain(from: Dataset, topics = from.topics): Promise<string> {
  const out = join(testFolder(), 'copy');
  await writeStored({ ...from, name: storedName(from), topics }, out);
  storeCompanions(from, out);
  return out;
}

test('a view that was stored says so in its name, is not corrected twice, and has its own views', async () => {
  const corrected = applyView(await stored(), 'corrected');
  const out = await storeAgain(corrected);
  const read = await loadDataset(out);
  expect(read.name).toBe('test-corrected');
  expect((await loadDataset(`${out}@corrected`)).topics).toEqual(corrected.topics);
  expect((await loadDataset(`${out}@balanced`)).topics).toHaveLength(2);
});

test('released quizzes keep their corrections where they are stored again, and a part of them can be corrected', async () => {
  const released = await stored();
  const out = await storeAgain(released, [two]);
  expect(readFileSync(join(out, 'corrections.yaml'), 'utf8')).toContain(one.id);
  expect((await loadDataset(`${out}@corrected`)).topics[0]?.quiz[0]?.key).toBe(3);
});

test('views that cannot be had of an edited dataset are named, and the others are compared', async () => {
  const released = await stored();
  const topics = released.topics.map((t) => ({ ...t, quiz: t.quiz.map((q) => ({ ...q, key: 0 })) }));
  const { views, refused } = compareViews({ ...released, topics });
  expect(views.map(({ view }) => view)).toEqual(['released']);
  expect(refused.map(({ view }) => view)).toEqual(['corrected', 'balanced', 'length-fair']);
  expect(refused[0]?.why).toMatch(/not what the correction expects/);
});
