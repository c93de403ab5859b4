import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunControl } from '../../harness/experiment/control.ts';
import { readBundle } from '../../harness/store/bundle.ts';
import { checkBundle } from '../../harness/store/check.ts';
import { MmmcError } from '../../harness/store/errors.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import type { BuildSummary } from './build.ts';
import {
  agreeable,
  build,
  field,
  refusal,
  type Script,
  scriptedModel,
  writeConfig,
} from './scripted.fixture.ts';

const chapters = JSON.stringify([
  { title: 'Intro', start_time: 0, end_time: 10 },
  { title: 'Slopes of chords', start_time: 10, end_time: 200 },
  { title: 'Slopes of tangents', start_time: 200, end_time: 590 },
  { title: 'Beyond', start_time: 590, end_time: 900 },
]);

const rows = [
  { id: 'a', title: 'Derivatives from slopes', duration: 600, chapters },
  { id: 'b', title: 'Our new studio', duration: 300 },
  { id: 'c', title: 'A trailer', duration: 5 },
  { id: 'a', title: 'Derivatives again', duration: 600 },
  { id: 'd', title: 'But what is a tensor?', duration: 900 },
  { id: 'e', title: 'Derivatives from slopes', duration: 700 },
  { id: 'f', title: 'Pendulums', duration: 700 },
];

function catalogue(folder: string): string {
  const lines = [...rows.map((row) => JSON.stringify(row)), '{"title": '];
  writeFileSync(join(folder, 'c.jsonl'), lines.join('\n'));
  return writeConfig(folder, 'jsonl', 'c.jsonl', 'rules: { min_duration_s: 30 }\n');
}

/** A builder that makes each of the mistakes that the stages must meet. */
const careless: Script = (data) => {
  const again = data.correction !== undefined;
  const title = field(data, 'unit', 'title');
  if (data.task === 'dataset_verdict')
    return field(data, 'video', 'title') === 'Our new studio'
      ? { instructional: false, reason: 'It is a tour.' }
      : { instructional: true, reason: 'It teaches.' };
  if (data.task === 'dataset_topic') {
    if (title === 'But what is a tensor?') return { topic: again ? 'Chapter 3' : title };
    if (title === 'Pendulums' && !again) return 'The topic is: pendulums';
    if (title === 'Slopes of chords' && !again) return { topic: 'Chords' };
    return { topic: `${title} of smooth curves` };
  }
  if (field(data, 'topic', 'title').startsWith('Pendulums')) return { category: 'Cooking' };
  return { category: again ? 'Mathematics' : 'mathematics ' };
};

const files = (folder: string) =>
  Object.fromEntries(
    readdirSync(join(folder, 'run/build'))
      .filter((name) => !name.includes('videos'))
      .sort()
      .map((name) => [name, readFileSync(join(folder, 'run/build', name), 'utf8')]),
  );

const lines = (folder: string, name: string) =>
  (files(folder)[name] ?? '')
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));

const count = (summary: BuildSummary, stage: string) => {
  const found = summary.funnel.find((one) => one.stage === stage);
  return found && { in: found.in, out: found.out, open: found.open, dropped: found.dropped };
};

test('each stage names what it dropped and why, and the bundle is sound', async () => {
  const folder = testFolder();
  const summary = await build(folder, catalogue(folder), scriptedModel(careless).openChat);
  expect(count(summary, 'catalogue')).toEqual({
    in: 8,
    out: 6,
    open: 0,
    dropped: { duplicate_id: 1, broken_row: 1 },
  });
  expect(count(summary, 'filter')).toEqual({
    in: 6,
    out: 4,
    open: 0,
    dropped: { too_short: 1, not_instructional: 1 },
  });
  expect(count(summary, 'segment')).toEqual({
    in: 8,
    out: 6,
    open: 0,
    dropped: { chapter_too_short: 1, bad_chapter: 1 },
  });
  expect(count(summary, 'topic')).toEqual({
    in: 6,
    out: 4,
    open: 0,
    dropped: { topic_is_title: 1, topic_duplicate: 1 },
  });
  expect(count(summary, 'category')).toEqual({ in: 4, out: 4, open: 0, dropped: {} });
  expect(summary).toMatchObject({ exitCode: 0, left: 0, limitReached: false });
  const report = await checkBundle(join(folder, 'run'));
  expect(report.problems).toEqual([]);
  expect(report.facts).toMatchObject({ jobs: 12, ended: 12, resumable: 0 });
});

test('everything dropped stays listed with its cause, and a refused proposal beside the topic that stands', async () => {
  const folder = testFolder();
  await build(folder, catalogue(folder), scriptedModel(careless).openChat);
  expect(lines(folder, '1-catalogue.jsonl').at(-1)).toMatchObject({ state: 'dropped', cause: 'broken_row' });
  expect(lines(folder, '1-catalogue.jsonl').at(-1)?.where).toMatch(/c\.jsonl:8$/);
  expect(lines(folder, '2-filter.jsonl')[1]).toMatchObject({
    id: 'b',
    state: 'dropped',
    reason: 'It is a tour.',
  });
  const topics = lines(folder, '4-topic.jsonl');
  expect(topics.find((line) => line.title === 'Slopes of chords')).toMatchObject({
    topic: 'Slopes of chords of smooth curves',
    rejected: [{ topic: 'Chords', cause: 'topic_length' }],
  });
  expect(lines(folder, '5-category.jsonl').at(-1)).toMatchObject({
    topic: 'Pendulums of smooth curves',
    category: null,
    cause: 'unknown_category',
  });
});

test('a builder is told what was wrong with its answer, once', async () => {
  const folder = testFolder();
  const model = scriptedModel(careless);
  await build(folder, catalogue(folder), model.openChat);
  const again = model.asked.filter((text) => text.includes('"correction"'));
  const problems = again.map((text) => /"problem": "(.*)"/.exec(text)?.[1] ?? '').sort();
  expect(problems).toEqual([
    'the answer is not one JSON object and nothing else',
    '“But what is a tensor?” cannot be the topic: it is a question, not the name of a subject',
    '“Chords” cannot be the topic: it has 1 words instead of 2 to 12',
    '“Cooking” is none of the categories',
    '“Derivatives from slopes of smooth curves” is the topic of another part already; name what sets this one apart',
  ]);
});

test('interrupted at any call, a build goes on at the item, pays nothing twice and leaves the same files', async () => {
  const whole = testFolder();
  const reference = scriptedModel(careless);
  const config = catalogue(whole);
  await build(whole, config, reference.openChat);
  expect(reference.asked.length).toBeGreaterThan(15);
  for (let stopAt = 1; stopAt <= reference.asked.length; stopAt++) {
    const folder = testFolder();
    const control = new RunControl();
    const model = scriptedModel((data) => {
      if (model.asked.length === stopAt) control.stop();
      return careless(data);
    });
    const first = await build(folder, config, model.openChat, control);
    expect(first.exitCode).toBe(130);
    const report = await checkBundle(join(folder, 'run'));
    expect(report.problems).toEqual([]);
    const second = await build(folder, config, model.openChat);
    expect(second.exitCode).toBe(0);
    expect(model.asked.toSorted()).toEqual(reference.asked.toSorted());
    expect(files(folder)).toEqual(files(whole));
  }
});

test('a finished build asks nothing again and writes no event', async () => {
  const folder = testFolder();
  const config = catalogue(folder);
  const model = scriptedModel(careless);
  await build(folder, config, model.openChat);
  const [before, asked] = [files(folder), model.asked.length];
  const summary = await build(folder, config, model.openChat);
  expect([summary.exitCode, model.asked.length]).toEqual([0, asked]);
  expect(files(folder)).toEqual(before);
  const segments = readdirSync(join(folder, 'run/journal')).sort();
  const last = readFileSync(join(folder, 'run/journal', segments.at(-1) ?? ''), 'utf8');
  expect(last.trim().split('\n')).toHaveLength(1);
});

test.each([
  ['calls', 'limits: { calls: 5 }', 'limits: { calls: 100 }', 5],
  // Eight may be under way when the cap is met.
  ['tokens', 'limits: { tokens: 550 }', 'limits: { tokens: 100000 }', 5 + 7],
])(
  'at its cap of %s it sends nothing more, ends with 3, and goes on when the cap is raised',
  async (_, low, high, most) => {
    const folder = testFolder();
    const config = catalogue(folder);
    const text = readFileSync(config, 'utf8');
    const model = scriptedModel(careless);
    writeFileSync(config, `${text}${low}\n`);
    const first = await build(folder, config, model.openChat);
    expect(first).toMatchObject({ exitCode: 3, limitReached: true });
    const sent = model.asked.length;
    expect(sent).toBeGreaterThanOrEqual(5);
    expect(sent).toBeLessThanOrEqual(most);
    expect(first.funnel.reduce((sum, stage) => sum + stage.open, 0)).toBeGreaterThan(0);
    await build(folder, config, model.openChat);
    expect(model.asked).toHaveLength(sent);
    writeFileSync(config, `${text}${high}\n`);
    expect((await build(folder, config, model.openChat)).exitCode).toBe(0);
    expect(new Set(model.asked).size).toBe(model.asked.length);
  },
);

test('an unreadable answer is a failure of ours: the next run asks that again, three times at most', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'c.jsonl'), '{"title": "One"}\n');
  const config = writeConfig(folder, 'jsonl', 'c.jsonl');
  const model = scriptedModel(() => 'no');
  const first = await build(folder, config, model.openChat);
  expect(first).toMatchObject({ exitCode: 1, left: 1 });
  expect(count(first, 'filter')).toEqual({ in: 1, out: 0, open: 1, dropped: {} });
  for (let run = 0; run < 4; run++) await build(folder, config, model.openChat);
  expect(model.asked).toHaveLength(4);
  const { outcomes } = readBundle(join(folder, 'run')).state;
  expect([...outcomes.values()]).toMatchObject([{ status: 'infra_error', cause: 'gave_up' }]);
});

test('a refusal is an answer: the video is dropped for it, and not asked about again', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'c.jsonl'), '{"title": "One"}\n');
  const config = writeConfig(folder, 'jsonl', 'c.jsonl');
  const model = scriptedModel(() => refusal);
  const summary = await build(folder, config, model.openChat);
  expect(summary.exitCode).toBe(0);
  expect(count(summary, 'filter')?.dropped).toEqual({ refused: 1 });
  await build(folder, config, model.openChat);
  expect(model.asked).toHaveLength(1);
});

test('a model that fails leaves its items open, and others go on', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'c.jsonl'), '{"title": "One", "id": "1"}\n{"title": "Two", "id": "2"}\n');
  const config = writeConfig(folder, 'jsonl', 'c.jsonl');
  const failing: Script = (data) => {
    if (field(data, 'video', 'title') === 'One') throw new Error('a bug of the model');
    return agreeable(data);
  };
  const summary = await build(folder, config, scriptedModel(failing).openChat);
  expect(summary).toMatchObject({ exitCode: 1, left: 1 });
  expect(lines(folder, '2-filter.jsonl')).toMatchObject([{ state: 'open', cause: 'bug' }, { state: 'kept' }]);
  expect((await build(folder, config, scriptedModel(agreeable).openChat)).exitCode).toBe(0);
});

test('what a person must mend first stops all calls at once', async () => {
  const folder = testFolder();
  const many = Array.from({ length: 50 }, (_, i) => JSON.stringify({ id: `${i}`, title: `Subject ${i}` }));
  writeFileSync(join(folder, 'c.jsonl'), many.join('\n'));
  const config = writeConfig(folder, 'jsonl', 'c.jsonl');
  const model = scriptedModel(async (data) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (model.asked.length === 8)
      throw new MmmcError('bundle_unwritable', 'the disk is full', { exitCode: 5 });
    return agreeable(data);
  });
  await expect(build(folder, config, model.openChat)).rejects.toThrow('the disk is full');
  expect(model.asked.length).toBeLessThanOrEqual(8 + 8);
});

test('a row that is taken out of the catalogue is no longer counted as left', async () => {
  const folder = testFolder();
  const [one, two] = ['{"title": "One", "id": "1"}\n', '{"title": "Two", "id": "2"}\n'];
  writeFileSync(join(folder, 'c.jsonl'), one + two);
  const config = writeConfig(folder, 'jsonl', 'c.jsonl');
  const script: Script = (data) => (field(data, 'video', 'title') === 'One' ? 'no' : agreeable(data));
  const model = scriptedModel(script);
  expect(await build(folder, config, model.openChat)).toMatchObject({ exitCode: 1, left: 1 });
  writeFileSync(join(folder, 'c.jsonl'), two);
  const asked = model.asked.length;
  expect(await build(folder, config, model.openChat)).toMatchObject({ exitCode: 0, left: 0 });
  expect(model.asked).toHaveLength(asked);
});

test('a thousand rows go through in little memory', { timeout: 60_000 }, async () => {
  const folder = testFolder();
  const text = 'The chain rule gives the derivative of a composed function. '.repeat(20);
  const many = Array.from({ length: 1000 }, (_, i) => `v${i},Subject ${i},${text},600`);
  writeFileSync(join(folder, 'c.csv'), ['id,title,description,duration_s', ...many].join('\n'));
  const config = writeConfig(folder, 'csv', 'c.csv');
  const model = scriptedModel(agreeable);
  model.asked.push = () => 0;
  const before = process.memoryUsage().rss;
  const summary = await build(folder, config, model.openChat);
  expect(count(summary, 'category')).toMatchObject({ in: 1000, out: 1000 });
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  expect(existsSync(join(folder, 'run/build/funnel.json'))).toBe(true);
});
