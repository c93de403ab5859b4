import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../mmmc/released.fixture.ts';
import { importDataset, importKinds } from './import.ts';

test('a source that holds no topic is refused, lenient or not, whatever its kind', async () => {
  const folder = folderOf({ 'questions.jsonl': '', 'q.csv': 'topic,stem,option_a,option_b,key\n' });
  for (const kind of importKinds)
    for (const lenient of [false, true]) {
      const from = kind === 'csv' ? join(folder, 'q.csv') : folder;
      await expect(importDataset(kind, from, { lenient }), kind).rejects.toMatchObject({
        code: 'bad_dataset',
      });
    }
});

test('a byte order mark before JSONL is passed over', async () => {
  const line = JSON.stringify({ topic: 'T', stem: 'Q?', options: ['a', 'b'], key: 'A' });
  const folder = folderOf({ 'questions.jsonl': `\uFEFF${line}\r\n` });
  const { dataset } = await importDataset('jsonl', folder, { lenient: false });
  expect(dataset.topics[0]?.quiz).toHaveLength(1);
});

test('a file where a folder of metadata is expected is told, not thrown as a bug', async () => {
  const folder = folderOf({ 'metadata.jsonl': '{}' });
  const from = join(folder, 'metadata.jsonl');
  await expect(importDataset('hugging-face', from, { lenient: false })).rejects.toMatchObject({
    code: 'bad_dataset',
  });
});
