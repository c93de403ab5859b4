import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import type { OutcomeEvent } from './events.ts';
import { JournalWriter, readJournal } from './journal.ts';
import { JournalState } from './state.ts';

const outcome = (job: string, status: OutcomeEvent['status']): OutcomeEvent => ({
  type: 'outcome',
  time: '2026-01-01T00:00:00.000Z',
  job,
  owner: job,
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

function write(folder: string, segment: string, events: OutcomeEvent[]): void {
  const writer = new JournalWriter(folder, segment, '0', () => undefined);
  for (const event of events) writer.append(event);
  writer.close();
}

test('events come back as they were, over several segments, and the last outcome of a job wins', () => {
  using folder = temporaryFolder();
  write(folder.path, 'a', [outcome('j1', 'infra_error'), outcome('j2', 'ok')]);
  write(folder.path, 'b', [outcome('j1', 'ok')]);
  const state = new JournalState(readJournal(folder.path));
  expect([...state.outcomes.values()].map((o) => [o.job, o.status])).toEqual([
    ['j1', 'ok'],
    ['j2', 'ok'],
  ]);
});

test('a kill at any byte of the last event loses at most that event', () => {
  using folder = temporaryFolder();
  write(folder.path, 'a', [outcome('j1', 'ok'), outcome('j2', 'ok')]);
  const path = join(folder.path, 'a.jsonl');
  const whole = readFileSync(path);
  const lastLine = whole.lastIndexOf('\n', whole.length - 2) + 1;
  for (let cut = lastLine; cut < whole.length; cut++) {
    writeFileSync(path, whole.subarray(0, cut));
    const events = readJournal(folder.path);
    // Only the line feed missing is no loss at all.
    expect(events.length).toBe(cut === whole.length - 1 ? 3 : 2);
  }
});

test('a damaged line that is not the last is an error that names file and line', () => {
  using folder = temporaryFolder();
  write(folder.path, 'a', [outcome('j1', 'ok')]);
  appendFileSync(join(folder.path, 'a.jsonl'), '{"type":"outcome"}\n');
  expect(() => readJournal(folder.path)).toThrow(/a\.jsonl:3 is not an event/);
});

test('keys on disk are snake_case', () => {
  using folder = temporaryFolder();
  write(folder.path, 'a', [outcome('j1', 'ok')]);
  const [name = ''] = readdirSync(folder.path);
  const text = readFileSync(join(folder.path, name), 'utf8');
  expect(text).toContain('"wall_ms":1');
  expect(text).toContain('"schema_version":1');
  expect(text).not.toContain('wallMs');
});
