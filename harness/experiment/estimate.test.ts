import { expect, test } from 'vitest';
import { rendererVersion } from '../render/renderer.ts';
import type { CallEvent, JournalEvent } from '../store/events.ts';
import { JournalState } from '../store/state.ts';
import { loadExperiment } from './config.ts';
import { estimate, totalOf } from './estimate.ts';
import type { EarlierRun } from './experience.ts';
import { type Plan, planExperiment } from './plan.ts';
import { sumLike } from './span.ts';

const quickstart = `${import.meta.dirname}/../../configs/experiments/quickstart.yaml`;
const topics = 'topics=[binary-search, pendulum, euclid-gcd, bayes-medical-test]';
/** 2 dollars a million tokens in, 8 out. */
const paid = [
  'endpoints=[{id: paid, provider: openai, base_url: "http://127.0.0.1:1/v1", model: m, price: openai/gpt-4.1}]',
  'roles.coder=paid',
];

async function planned(...sets: string[]) {
  const experiment = await loadExperiment(quickstart, [topics, ...sets]);
  return { experiment, plan: planExperiment(experiment, rendererVersion) };
}

const call = (owner: string, role: string, input: number | null, output: number): CallEvent => ({
  type: 'call',
  time: '2026-01-01T00:00:00.000Z',
  job: `produce:${owner}`,
  owner,
  role,
  purpose: 'p',
  request: 'r',
  occurrence: 0,
  endpoint: 'e',
  section: null,
  attempt: null,
  prompt: 'p',
  files: [],
  media: [],
  reply: 't',
  finish: 'stop',
  usable: true,
  failure: null,
  servedModel: null,
  usage: { input, cached: 0, output, reasoning: null },
  costUsd: null,
  attempts: 1,
  workingMs: 1,
  waitingMs: 0,
});

const outcome = (owner: string, status: 'ok' | 'infra_error'): JournalEvent => ({
  type: 'outcome',
  time: '2026-01-01T00:00:00.000Z',
  job: `produce:${owner}`,
  owner,
  status,
  cause: null,
  message: null,
  measurement: null,
  questions: null,
  video: null,
  videoFacts: null,
  sections: [],
  sandbox: null,
  artifacts: [],
  wallMs: 1,
});

/** An earlier run of the same plan, with these events. */
function earlierRun(plan: Plan, events: readonly JournalEvent[], use = 'direct-code'): EarlierRun {
  const config = { methods: [{ id: 'direct-code', use }] };
  const entry = { time: '', hash: '', config, provenance: null };
  return {
    run: { schemaVersion: 1, name: 'earlier', configs: [entry] },
    plan: {
      ...plan,
      measurements: new Map(),
      config: null,
      known: { cells: new Map(), slots: new Map(), items: new Map() },
    },
    state: new JournalState(events),
  };
}

test('questions are counted exactly, methods are guessed from a good day to a bad one', async () => {
  const { experiment, plan } = await planned();
  const lines = estimate(experiment, plan);
  const calls = (part: string, role: string) => lines.find((l) => l.part === part && l.role === role)?.calls;
  expect(calls('teachquiz baseline', 'student')).toEqual({ low: 40, high: 40 });
  // On a bad day for the methods there are fewer videos to ask about.
  expect(calls('teachquiz video', 'student')).toEqual({ low: 60, high: 120 });
  expect(calls('direct-code', 'coder')).toEqual({ low: 4, high: 4 });
  const sections = calls('code2video', 'renderer') ?? { low: 0, high: 0 };
  expect(sections.low).toBeLessThan(sections.high);
  expect(lines.every(({ basis }) => basis === 'guess')).toBe(true);
});

test('money follows the price of the endpoint; one that is not known makes the sum at least', async () => {
  const { experiment, plan } = await planned(...paid);
  const lines = estimate(experiment, plan);
  const coder = lines.find((l) => l.part === 'direct-code' && l.role === 'coder');
  const { input, output } = coder ?? { input: { low: 0, high: 0 }, output: { low: 0, high: 0 } };
  expect(coder?.costUsd?.low).toBeCloseTo((input.low * 2 + output.low * 8) / 1e6, 10);
  expect(coder?.costUsd?.high).toBeCloseTo((input.high * 2 + output.high * 8) / 1e6, 10);
  expect(totalOf(lines).unpriced).toBe(0);
  const unpriced = await planned(
    'endpoints=[{id: mine, provider: openai, base_url: "http://127.0.0.1:1/v1", model: m}]',
    'roles.coder=mine',
  );
  const total = totalOf(estimate(unpriced.experiment, unpriced.plan));
  expect(total.unpriced).toBe(2);
});

test('an earlier run tells what calls use, failures of ours left out, and prices are those of now', async () => {
  const { experiment, plan } = await planned(...paid);
  const [a = '', b = '', c = ''] = plan.cells
    .filter((cell) => cell.methodId === 'direct-code')
    .map(({ id }) => id);
  const earlier = earlierRun(plan, [
    ...[call(a, 'coder', 1000, 500), call(a, 'coder', 1000, 500), outcome(a, 'ok')],
    ...[call(b, 'coder', 2000, 1000), call(b, 'coder', null, 0), outcome(b, 'ok')],
    ...[call(c, 'coder', 90_000, 90_000), outcome(c, 'infra_error')],
  ]);
  const line = estimate(experiment, plan, earlier).find((l) => l.part === 'direct-code');
  expect(line).toMatchObject({ basis: 'ledger', calls: { low: 8, high: 8 } });
  // 2,000 and 4,000 tokens, a call of whose tokens nothing is known counted as its sister; four cells are to be made.
  const mean = (span = { low: 0, high: 0 }) => (span.low + span.high) / 2;
  expect(mean(line?.input)).toBeCloseTo(12_000, 6);
  expect(mean(line?.output)).toBeCloseTo(6000, 6);
  expect(mean(line?.costUsd ?? undefined)).toBeCloseTo((12_000 * 2 + 6000 * 8) / 1e6, 10);
});

test('a method under another id is found by what it uses', async () => {
  const { experiment, plan } = await planned('methods.1.id=another-name');
  const old = await planned();
  const [cell = ''] = old.plan.cells.filter((one) => one.methodId === 'direct-code').map(({ id }) => id);
  const earlier = earlierRun(old.plan, [call(cell, 'coder', 10, 20), outcome(cell, 'ok')]);
  const line = estimate(experiment, plan, earlier).find(
    (l) => l.part === 'another-name' && l.role === 'coder',
  );
  expect(line).toMatchObject({ basis: 'ledger', input: { low: 20, high: 60 } });
});

test('what is alike is expected alike, what scatters gives a span, and a single value a wide one', () => {
  expect(sumLike([5, 5, 5], 4)).toEqual({ low: 20, high: 20 });
  expect(sumLike([10], 2)).toEqual({ low: 10, high: 30 });
  const { low, high } = sumLike([1, 9, 5, 5], 100);
  expect((low + high) / 2).toBeCloseTo(500, 10);
  expect(low).toBeGreaterThan(0);
  expect(high).toBeGreaterThan(600);
});
