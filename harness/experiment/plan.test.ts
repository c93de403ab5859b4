import { expect, test } from 'vitest';
import { rendererVersion } from '../render/renderer.ts';
import { loadExperiment } from './config.ts';
import { planExperiment } from './plan.ts';

const quickstart = `${import.meta.dirname}/../../configs/experiments/quickstart.yaml`;

async function planned(...sets: string[]) {
  const experiment = await loadExperiment(quickstart, sets);
  const plan = planExperiment(experiment, rendererVersion);
  const cells = (method: string) => plan.cells.filter((c) => c.methodId === method).map((c) => c.id);
  return { ...plan, experiment, of: cells, slotIds: plan.slots.map((s) => s.id) };
}

test('the same config gives the same ids', async () => {
  const [a, b] = [await planned(), await planned()];
  expect(a.cells).toEqual(b.cells);
  expect(a.slots).toEqual(b.slots);
  expect(new Set(a.slotIds).size).toBe(a.slots.length);
});

test('baseline and unlearned are planned once per topic and student, whatever the methods', async () => {
  const all = await planned();
  const topics = all.experiment.topics.length;
  const shared = all.slots.filter((s) => s.cellId === null);
  expect(shared).toHaveLength(2 * topics);
  expect(all.slots.filter((s) => s.arm === 'video')).toHaveLength(all.cells.length);
});

test('address, limits, price, label and the place in a list change no id', async () => {
  const before = await planned();
  const after = await planned(
    'methods.0.label=Another name',
    'endpoints=[{id: offline/author, provider: openai, base_url: "http://127.0.0.1:1/v1", model: author, concurrency: 1, timeout_s: 5}]',
    'topics=[pendulum, euclid-gcd, bayes-medical-test, binary-search]',
  );
  expect(after.cells.map((c) => c.id).toSorted()).toEqual(before.cells.map((c) => c.id).toSorted());
});

test('what a method can see or run with changes its cells, and only its own', async () => {
  const before = await planned();
  const after = await planned('methods.0.settings.repairs=1');
  expect(after.of('code2video')).not.toEqual(before.of('code2video'));
  expect(after.of('direct-code')).toEqual(before.of('direct-code'));
  const sharper = await planned('quality=medium');
  expect(sharper.of('direct-code')).not.toEqual(before.of('direct-code'));
  expect(sharper.of('pixel-space')).toEqual(before.of('pixel-space'));
});

test('another model behind the student changes slots and no cell', async () => {
  const before = await planned();
  const after = await planned(
    'endpoints=[{id: offline/reader, provider: openai, base_url: "offline:", model: other, vision: true}]',
  );
  expect(after.cells).toEqual(before.cells);
  const asked = after.slots.filter(({ metric }) => metric === 'teachquiz');
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter(({ id }) => before.slotIds.includes(id))).toEqual([]);
});

test('a method is given no quiz: its lesson has three fields', async () => {
  const { experiment } = await planned();
  const text = JSON.stringify(experiment.methods.map((m) => m.settings));
  expect(text).not.toContain(experiment.topics[0]?.quiz[0]?.stem);
});

test('two entries of one method with equal settings are refused', async () => {
  const experiment = await loadExperiment(quickstart, [
    'methods=[{use: direct-code, id: a}, {use: direct-code, id: b}]',
  ]);
  expect(() => planExperiment(experiment, rendererVersion)).toThrow(/a and b are the same method/);
});

test('more repeats add cells and keep the old ones', async () => {
  const [one, two] = [await planned(), await planned('repeats=2')];
  expect(two.cells).toHaveLength(2 * one.cells.length);
  expect(two.cells.map((c) => c.id)).toEqual(expect.arrayContaining(one.cells.map((c) => c.id)));
});
