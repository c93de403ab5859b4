import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { appendPlan, type Cell, PlanAppender, planLines, readPlan, type Slot } from './plan-file.ts';

const cell = (id: string): Cell => ({ id, methodId: 'm', topicId: 't', repeat: 0 });
const slot = (id: string): Slot => ({
  id,
  metric: 'q',
  arm: 'video',
  topicId: 't',
  cellId: 'c1',
  order: 'file',
  endpoint: 'e',
  prompt: 'p',
  repeat: 0,
});

function plan(path: string, cells: Cell[], slots: Slot[], config: string): number {
  const lines = planLines(readPlan(path), { cells, slots, config, time: 'now' });
  appendPlan(path, lines);
  return lines.length;
}

test('the last plan is in force; what it drops stays known, what it keeps is not described again', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'plan.jsonl');
  plan(path, [cell('c1'), cell('c2')], [slot('s1')], 'one');
  plan(path, [cell('c2'), cell('c3')], [slot('s1')], 'two');
  const read = readPlan(path);
  expect(read.cells.map((c) => c.id)).toEqual(['c2', 'c3']);
  expect([...read.known.cells.keys()]).toEqual(['c1', 'c2', 'c3']);
  expect(readFileSync(path, 'utf8').match(/"id":"c2"/g)).toHaveLength(1);
});

test('the same plan again writes nothing', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'plan.jsonl');
  plan(path, [cell('c1')], [], 'one');
  expect(plan(path, [cell('c1')], [], 'one')).toBe(0);
});

test('a line torn by a kill is cut off before the next one', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'plan.jsonl');
  plan(path, [cell('c1')], [slot('s1')], 'one');
  appendFileSync(path, '{"type":"measurem');
  appendPlan(path, [{ type: 'measurement', id: 'm1', slot: 's1' }]);
  expect(readPlan(path).measurements.get('s1')).toBe('m1');
});

test('items are added as they are met, each once, beside a plan and after a torn line', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'plan.jsonl');
  plan(path, [cell('c1')], [], 'one');
  const add = (...ids: string[]) => {
    const appender = new PlanAppender(path);
    for (const id of ids) appender.add({ id, stage: 'unit', label: 'A chapter' });
    appender.close();
  };
  add('unit-1', 'unit-2', 'unit-1');
  appendFileSync(path, '{"type":"item","id":"unit-');
  add('unit-2', 'unit-3');
  const read = readPlan(path);
  expect([...read.known.items.keys()]).toEqual(['unit-1', 'unit-2', 'unit-3']);
  expect(read.cells.map((c) => c.id)).toEqual(['c1']);
  expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(5);
});
