import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import type { CallEvent } from '../store/events.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Ended, mmmc } from './mmmc.ts';

const scene = [
  '```python',
  'from manim import *',
  'class DirectScene(Scene):',
  '    def construct(self):',
  '        self.play(Create(Dot()), run_time=0.4)',
  '```',
].join('\n');

/** Calls that `poor` pays for in the first run: some answers of its own, and no video. */
const firstQuota = 14;
const endpoints = ['rich', 'poor'].map((id) => ({
  id,
  concurrency: 4,
  provider: 'openai',
  model: id,
  vision: true,
}));

describe.skipIf(!requirePrerequisite('sandbox'))('two endpoints, of which one runs out of quota', () => {
  const folder = temporaryFolder();
  /** Requests by endpoint, as they were answered. */
  const seen = { paid: new Map<string, string[]>(), refused: 0 };
  let quota = firstQuota;
  let server: Server;
  let first: { ended: Ended; calls: CallEvent[]; statuses: Map<string, string> };
  let second: typeof first;

  const run = async () => {
    const ended = await mmmc(['run', 'quota.yaml', '--runs', '.'], { cwd: folder.path });
    if (ended.code === 2) throw new Error(ended.stderr);
    const { state, plan } = readBundle(join(folder.path, 'quota'));
    const name = (id: string) => {
      const slot = plan.slots.find((s) => s.id === id);
      const cell = plan.cells.find((c) => c.id === (slot ?? { cellId: id }).cellId);
      return [slot?.endpoint, slot?.arm, cell?.methodId, (slot ?? cell)?.topicId].filter(Boolean).join(' ');
    };
    const statuses = [...state.outcomes.values()].map((o): [string, string] => [name(o.owner), o.status]);
    return { ended, calls: [...state.calls], statuses: new Map(statuses) };
  };

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const body = await text(request);
      const { model } = JSON.parse(body);
      response.setHeader('content-type', 'application/json');
      if (model === 'poor' && quota-- <= 0) {
        seen.refused++;
        response.statusCode = 429;
        response.end('{"error": {"message": "no money left", "code": "insufficient_quota"}}');
        return;
      }
      seen.paid.set(model, [...(seen.paid.get(model) ?? []), body]);
      const content = /manim/i.test(body) ? scene : 'A';
      const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content } };
      const usage = { prompt_tokens: 10, completion_tokens: 5 };
      response.end(JSON.stringify({ model, choices: [choice], usage }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const experiment = {
      name: 'quota',
      dataset: 'mini',
      topics: ['pendulum', 'euclid-gcd'],
      protocol: 'paper',
      // The videos of `poor` come after some of its answers.
      jobs_at_once: 2,
      endpoints: endpoints.map((endpoint) => ({ ...endpoint, base_url: `http://127.0.0.1:${port}/v1` })),
      methods: endpoints.map(({ id }) => ({ use: 'direct-code', id: `by-${id}`, roles: { coder: id } })),
      metrics: [{ use: 'teachquiz', students: ['rich', 'poor'] }],
    };
    writeFileSync(join(folder.path, 'quota.yaml'), JSON.stringify(experiment));
    first = await run();
    quota = Number.POSITIVE_INFINITY;
    second = await run();
  });
  afterAll(() => {
    server.close();
    folder[Symbol.dispose]();
  });

  test('the one stops at once, the other does all its work', () => {
    expect(first.ended.code, first.ended.stderr).toBe(1);
    // No more than were out together.
    expect(seen.refused).toBeGreaterThanOrEqual(1);
    expect(seen.refused).toBeLessThanOrEqual(4);
    const failed = first.calls.filter(({ failure }) => failure !== null);
    expect(failed).toHaveLength(seen.refused);
    expect(new Set(failed.map((call) => `${call.endpoint} ${call.failure?.class} ${call.costUsd}`))).toEqual(
      new Set(['poor quota 0']),
    );
    const left = [...first.statuses].filter(([, status]) => status !== 'ok');
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(([name]) => name.includes('poor'))).toBe(true);
    expect(left.filter(([, status]) => status !== 'infra_error' && status !== 'skipped')).toEqual([]);
  });

  test('it is said once', () => {
    const lines = first.ended.stderr.split('\n');
    expect(lines.filter((line) => /quota,|no money|quota is/.test(line))).toEqual([
      expect.stringMatching(/call failed .*: quota, HTTP 429: no money left/),
      expect.stringMatching(/next .*poor: top up the account.*the same command then goes on/),
    ]);
  });

  test('the same command completes the run, and pays for nothing twice', () => {
    expect(second.ended.code, second.ended.stderr).toBe(0);
    expect([...new Set(second.statuses.values())]).toEqual(['ok']);
    const stored = second.calls.filter(({ failure }) => failure === null);
    for (const { id } of endpoints) {
      const paid = seen.paid.get(id) ?? [];
      expect(paid.length).toBe(stored.filter(({ endpoint }) => endpoint === id).length);
    }
    const keys = stored.map((call) => [call.owner, call.purpose, call.request, call.occurrence].join(' '));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
