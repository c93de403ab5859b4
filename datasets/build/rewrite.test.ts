import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { testFolder } from '../../harness/testing/folder.ts';
import { loadDataset } from '../load.ts';
import { writeStored } from '../stored.ts';
import { dataset, question, topic } from '../topics.fixture.ts';
import { lengthRatio } from '../views/length-fair.ts';
import { lengthsFor, problemOf } from './rewrite.ts';
import { buildRewritten } from './rewrite-build.ts';
import { loadRewriteConfig } from './rewrite-config.ts';
import { type Script, scriptedModel } from './scripted.fixture.ts';

const endpoint = '{ id: m, provider: openai, base_url: "http://127.0.0.1:9", model: m }';

/** A dataset of topics whose keys all stand out, stored, with a config that rewrites it. */
async function cuedDataset(more = '') {
  const folder = testFolder();
  const topics = Array.from({ length: 12 }, (_, t) => {
    const one = topic(`Topic ${t}`, []);
    const quiz = Array.from({ length: 4 }, (_, q) =>
      question(
        one.id,
        `Question ${q}?`,
        ['no', `the right one, number ${q} of topic ${t}`, 'never', 'nor this'],
        1,
      ),
    );
    return { ...one, quiz };
  });
  const data = join(folder, 'data');
  await writeStored(dataset(topics), data);
  const config = join(folder, 'rewrite.yaml');
  writeFileSync(
    config,
    `task: rewrite\nname: rewrite\ndataset: ${data}\nroles: { builder: m, reviewer: m }\nendpoints:\n  - ${endpoint}\n${more}`,
  );
  const run = (script: Script) => {
    const model = scriptedModel(script);
    const options = { folder: join(folder, 'run'), unsafeLocal: false, openChat: model.openChat };
    const watcher = { opened: () => undefined, noted: () => undefined };
    return buildRewritten(loadRewriteConfig(config), options, watcher).then((summary) => ({
      summary,
      asked: model.asked,
    }));
  };
  return { data, folder, run };
}

const askedSchema = z.object({ lengths: z.array(z.object({ min: z.number(), max: z.number() })) });

/** Distractors of the wanted lengths, all different. */
function obedient(data: Record<string, unknown>): { distractors: string[] } {
  const { lengths } = askedSchema.parse(data);
  return {
    distractors: lengths.map(
      ({ min, max }, i) => `${i}${'x'.repeat(Math.max(0, Math.ceil((min + max) / 2) - 1))}`,
    ),
  };
}

const agreeing: Script = (data) =>
  data.task === 'dataset_rewrite' ? obedient(data) : { defensible: ['B'], reason: 'only this one' };

test('a builder that keeps to the lengths makes a view that the longest option does not pass', async () => {
  const { data, run } = await cuedDataset();
  const { summary } = await run(agreeing);
  expect([summary.exitCode, summary.rewritten, summary.refused.length, summary.passes]).toEqual([
    0,
    48,
    0,
    true,
  ]);
  const view = await loadDataset(`${data}@rewritten`);
  const questions = view.topics.flatMap(({ quiz }) => quiz);
  expect(questions).toHaveLength(48);
  for (const { options, key, tags } of questions) {
    expect(options[key]).toMatch(/^the right one/);
    expect(tags).toContain('rewritten');
  }
  const longest = questions.filter((q) => lengthRatio(q) > 1).length;
  expect(longest / questions.length).toBeLessThanOrEqual(0.35);
  expect(longest).toBeGreaterThan(0);
});

test('what the reviewer can defend is refused with its words, and asked for again', async () => {
  const { run } = await cuedDataset();
  let reviews = 0;
  const { summary, asked } = await run((data) => {
    if (data.task === 'dataset_rewrite') return obedient(data);
    return reviews++ < 48 ? { defensible: ['A', 'B'], reason: 'both' } : { defensible: ['B'], reason: 'one' };
  });
  expect(summary.rewritten).toBe(48);
  expect(asked.filter((text) => text.includes('the reviewer could defend: '))).toHaveLength(48);
});

test('a question that nobody accepts is listed and stays out of the view; the bar is missed and said so', async () => {
  const { data, run } = await cuedDataset('rounds: 2\n');
  const { summary } = await run((given) =>
    given.task === 'dataset_rewrite' ? { distractors: ['too', 'short', 'all'] } : { defensible: ['B'] },
  );
  expect([summary.rewritten, summary.refused.length, summary.passes]).toEqual([0, 48, false]);
  expect(summary.refused[0]?.refused.at(-1)?.reason).toMatch(/has \d+ characters, not \d+ to \d+/);
  expect((await loadDataset(`${data}@rewritten`)).topics.flatMap(({ quiz }) => quiz)).toEqual([]);
});

test('a second run asks nothing and leaves the same file', async () => {
  const { folder, run } = await cuedDataset();
  await run(agreeing);
  const file = () => readFileSync(join(folder, 'run/rewritten.jsonl'), 'utf8');
  const before = file();
  const { summary, asked } = await run(agreeing);
  expect([asked.length, summary.rewritten, file()]).toEqual([0, 48, before]);
});

test('a cap of calls ends with exit code 3, publishes nothing, and can go on', async () => {
  const { data, run } = await cuedDataset('limits: { calls: 10 }\n');
  const { summary } = await run(agreeing);
  expect([summary.exitCode, summary.limitReached, summary.view]).toEqual([3, true, null]);
  await expect(loadDataset(`${data}@rewritten`)).rejects.toThrow(/no view rewritten/);
});

test('the drawn lengths put the key at each place about equally often', () => {
  const places = [0, 0, 0, 0];
  for (let i = 0; i < 400; i++) {
    const q = question('t', `Q${i}?`, ['a', 'a right option of some length', 'c', 'd'], 1);
    const longer = lengthsFor(q).filter(({ min }) => min > 29).length;
    places[longer] = (places[longer] ?? 0) + 1;
  }
  for (const count of places) expect(count).toBeGreaterThan(70);
});

test('equal options and wrong counts are seen without a model', () => {
  const q = question('t', 'Q?', ['a', 'right', 'c', 'd'], 1);
  const lengths = [1, 2, 3].map(() => ({ min: 1, max: 20 }));
  expect(problemOf(q, ['x', 'y'], lengths)?.cause).toBe('wrong_count');
  expect(problemOf(q, ['a word', 'A word ', 'y'], lengths)?.cause).toBe('equal_options');
  expect(problemOf(q, ['x', 'Right', 'y'], lengths)?.cause).toBe('equal_options');
  expect(problemOf(q, ['x', 'y', 'z'], lengths)).toBeNull();
});
