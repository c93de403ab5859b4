import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { startScriptedCoder } from '../testing/scripted-coder.ts';
import { mmmc } from './mmmc.ts';

/** Answers in prose: each cell ends after one call, as the method's failure, and nothing is rendered. */
async function bench() {
  const folder = temporaryFolder();
  const server = await startScriptedCoder(() => 'I would rather not.');
  const endpoint = {
    id: 'paid',
    provider: 'openai',
    base_url: server.url,
    model: 'm',
    max_output_tokens: 1000,
  };
  const price = { input: 10, output: 100, source: 'test', date: '2026-01-01' };
  const experiment = {
    name: 'budget',
    dataset: 'mini',
    topics: ['pendulum', 'euclid-gcd', 'binary-search', 'bayes-medical-test'],
    protocol: 'paper',
    endpoints: [{ ...endpoint, price, concurrency: 2 }],
    methods: [{ use: 'direct-code', roles: { coder: 'paid' } }],
  };
  const write = (changes: object) =>
    writeFileSync(join(folder.path, 'budget.yaml'), JSON.stringify({ ...experiment, ...changes }));
  write({});
  const run = (...args: string[]) =>
    mmmc(['run', 'budget.yaml', '--runs', '.', ...args], { cwd: folder.path });
  const state = () => readBundle(join(folder.path, 'budget')).state;
  const done = () => [...state().outcomes.values()].filter(({ status }) => status === 'method_failed').length;
  const close = async () => {
    await server.close();
    folder[Symbol.dispose]();
  };
  return { folder, server, endpoint, write, run, state, done, [Symbol.asyncDispose]: close };
}

describe.skipIf(!requirePrerequisite('sandbox'))('a budget', () => {
  test('of calls stops the run with exit 3, and the same command with a larger one ends as if there had been none', async () => {
    await using at = await bench();
    const short = await at.run('--budget-calls', '3');
    expect(short.code, short.stderr).toBe(3);
    expect(short.stderr).toMatch(/the budget of the run is reached: 3 of 3 calls are spent/);
    expect(short.stderr).toMatch(/1 jobs? waits?; the same command with a larger budget goes on/);
    expect([at.server.requests.length, at.done()]).toEqual([3, 3]);
    const again = await at.run('--budget-calls', '3');
    expect([again.code, at.server.requests.length]).toEqual([3, 3]);
    const whole = await at.run();
    expect(whole.code, whole.stderr).toBe(0);
    expect([at.server.requests.length, at.done()]).toEqual([4, 4]);
    expect((await mmmc(['check', 'budget'], { cwd: at.folder.path })).code).toBe(0);
  });

  test('of money sends nothing that could cost too much, though the replies are cheap', async () => {
    await using at = await bench();
    // A reply may cost 0.1 dollars and more; each costs 0.0021. So a budget of 0.15 pays for many, one at a time.
    const ended = await at.run('--budget-usd', '0.15');
    expect(ended.code, ended.stderr).toBe(0);
    const poor = await at.run('--run', 'poor', '--budget-usd', '0.05');
    expect(poor.code).toBe(3);
    expect(at.server.requests).toHaveLength(4);
    expect(at.state().calls.reduce((sum, { costUsd }) => sum + (costUsd ?? 1), 0)).toBeCloseTo(
      4 * 0.0021,
      10,
    );
  });

  test('of a method or of each cell binds that alone', async () => {
    await using at = await bench();
    const roles = { coder: 'paid' };
    at.write({
      budget: { per_cell: { calls: 1 } },
      methods: [
        { use: 'direct-code', id: 'tight', roles, budget: { calls: 1 } },
        { use: 'direct-code', id: 'free', roles, settings: { repairs: 1 } },
      ],
    });
    const ended = await at.run();
    expect(ended.code, ended.stderr).toBe(3);
    expect(ended.stderr).toMatch(/the budget of method tight is reached/);
    expect(at.server.requests).toHaveLength(1 + 4);
  });

  test('of money with an endpoint of unknown price refuses to start, and says what to write', async () => {
    await using at = await bench();
    at.write({ endpoints: [at.endpoint] });
    const refused = await at.run('--budget-usd', '5');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/prices, and these endpoints have none: paid/);
    expect(refused.stderr).toMatch(/price: \{ input: …, output: …/);
    expect(at.server.requests).toEqual([]);
  });

  test('that stops a cell leaves its measurements open too, none is skipped for want of a video', async () => {
    await using at = await bench();
    at.write({
      topics: ['pendulum', 'euclid-gcd'],
      endpoints: [{ ...at.endpoint, vision: true }],
      methods: [{ use: 'direct-code', roles: { coder: 'paid' }, budget: { calls: 1 } }],
      metrics: [{ use: 'teachquiz', students: ['paid'] }],
    });
    const ended = await at.run();
    expect(ended.code, ended.stderr).toBe(3);
    const statuses = [...at.state().outcomes.values()].map(({ status }) => status).toSorted();
    // One cell failed by itself, and so there is nothing to measure; of the other nothing is said. Four arms need no video.
    expect(statuses).toEqual(['method_failed', 'ok', 'ok', 'ok', 'ok', 'skipped']);
  });

  test('stands in the report with what was not done', async () => {
    await using at = await bench();
    await at.run('--budget-calls', '2');
    const results = JSON.parse(readFileSync(join(at.folder.path, 'budget/report/results.json'), 'utf8'));
    expect(results.run.jobs).toMatchObject({ planned: 4, done: 2, left: 2 });
    expect(results.remarks.join(' ')).toMatch(/2 planned jobs have not ended yet/);
  });
});
