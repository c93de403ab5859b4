import { describe, expect, test } from 'vitest';
import { criticalPathS } from './critical-path.ts';
import { type CallEvent, callSchema } from './events.ts';

const zero = Date.parse('2026-01-01T00:00:00Z');

/** A call that was asked for at `from`, waited and then worked; all in seconds. */
function call(section: string | null, from: number, worked: number, waited = 0): CallEvent {
  const unknown = { input: null, cached: null, output: null, reasoning: null };
  return callSchema.parse({
    type: 'call',
    time: new Date(zero + (from + waited + worked) * 1000).toISOString(),
    workingMs: worked * 1000,
    waitingMs: waited * 1000,
    section,
    ...{ job: 'j', owner: 'c', role: 'coder', purpose: 'p', request: 'r', occurrence: 0, endpoint: 'e' },
    ...{ attempt: null, prompt: 'p', files: [], media: [], reply: 'r', finish: 'stop', usable: true },
    ...{ failure: null, servedModel: null, usage: unknown, costUsd: null, attempts: 1 },
  });
}

describe('the critical path of a cell', () => {
  test('adds up what belongs to no section', () => {
    expect(criticalPathS([call(null, 0, 2), call(null, 2, 3)], [])).toBe(5);
    expect(criticalPathS([], [])).toBe(0);
  });

  test('takes the slowest of sections made side by side, and all of those made one after the other', () => {
    const shared = call(null, 0, 2);
    const besides = [call('a', 2, 4), call('a', 6, 1), call('b', 2, 3), call('b', 5, 3)];
    expect(criticalPathS([shared, ...besides], [])).toBe(2 + 6);
    const afterwards = [call('a', 2, 5), call('b', 7, 6)];
    expect(criticalPathS([shared, ...afterwards], [])).toBe(2 + 5 + 6);
  });

  test('leaves queues out, and sees sections that only wait for one another as side by side', () => {
    const queued = [call('a', 0, 4), call('b', 0, 3, 4), call('c', 0, 2, 7)];
    expect(criticalPathS(queued, [])).toBe(4);
  });
});
