import { expect, test } from 'vitest';
import { recent } from './recent.ts';

const { signal } = new AbortController();

/** Counts how often each file is made; `release` ends all that are being made. */
function counted(most: number) {
  const made: string[] = [];
  const gate = Promise.withResolvers<void>();
  const ask = recent(most, async (file) => {
    made.push(file);
    await gate.promise;
    if (file === 'broken') throw new Error('it is broken');
    return { file };
  });
  return { made, release: gate.resolve, ask: (file: string) => ask(file, signal) };
}

test('whoever asks while it is being made waits for it, however many files are at once', async () => {
  const { made, release, ask } = counted(2);
  const files = ['a', 'b', 'c', 'd'];
  const all = [...files, ...files].map(ask);
  release();
  await Promise.all(all);
  expect(made).toEqual(files);
});

test('the files asked for last are remembered, not the ones made last', async () => {
  const { made, release, ask } = counted(2);
  release();
  for (const file of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(file);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

test('what failed is tried again', async () => {
  const { made, release, ask } = counted(2);
  release();
  for (let i = 0; i < 2; i++) await expect(ask('broken')).rejects.toThrow('broken');
  expect(made).toEqual(['broken', 'broken']);
});
