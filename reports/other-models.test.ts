import { expect, test } from 'vitest';
import { endpointSchema } from '../harness/models/endpoint.ts';
import type { CallEvent } from '../harness/store/events.ts';
import { JournalState } from '../harness/store/state.ts';
import { csvColumns } from './csv.ts';
import { fixtureResults } from './fixture.ts';
import { renderPage } from './html/page.ts';
import { renderMarkdown } from './markdown.ts';
import { collectOtherModels, methodsOfOthers, otherModelRemarks } from './other-models.ts';
import { otherModelNote } from './view.ts';

const call = (owner: string, servedModel: string | null): CallEvent => ({
  type: 'call',
  time: '2026-01-01T00:00:00.000Z',
  job: 'j',
  owner,
  role: 'coder',
  purpose: 'p',
  request: 'r',
  occurrence: 0,
  endpoint: 'mine',
  section: null,
  attempt: null,
  prompt: '',
  files: [],
  media: [],
  reply: null,
  finish: null,
  usable: true,
  failure: null,
  servedModel,
  usage: { input: 0, cached: 0, output: 0, reasoning: 0 },
  costUsd: null,
  attempts: 1,
  workingMs: 0,
  waitingMs: 0,
});
const endpoints = [endpointSchema.parse({ id: 'mine', provider: 'openai', model: 'gpt-4.1' })];

test('each cell names the models that answered and were not asked for, and how often', () => {
  const state = new JournalState([
    call('a', 'gpt-4.1-2025-04-14'),
    call('a', 'gpt-4.1-mini'),
    call('a', 'gpt-4.1-mini'),
    call('b', null),
    call('b', 'openai/gpt-4.1'),
  ]);
  const found = collectOtherModels({ state }, { endpoints });
  expect([...found]).toEqual([
    ['a', [{ endpoint: 'mine', asked: 'gpt-4.1', served: 'gpt-4.1-mini', calls: 2 }]],
  ]);
});

const other = { endpoint: 'mine', asked: 'gpt-4.1', served: 'gpt-4.1-mini', calls: 2 };
const plain = fixtureResults();
const results = {
  ...plain,
  cells: plain.cells.map((cell) => (cell.methodId === 'direct' ? { ...cell, otherModels: [other] } : cell)),
};

test('the report says it in a remark, marks the method’s rows, and names it at the cell', () => {
  const n = 2 * results.cells.filter(({ methodId }) => methodId === 'direct').length;
  expect(otherModelRemarks(results)).toEqual([
    `mine: asked for gpt-4.1, answered by gpt-4.1-mini in ${n} calls; what rests on it is marked.`,
  ]);
  const text = renderMarkdown(results);
  expect(text).toContain('| Direct code (m) |');
  expect(text).not.toContain('Code2Video (m)');
  expect(text).toContain(`(m) ${otherModelNote}`);
  expect(text).toContain('Answered by gpt\\-4.1\\-mini in place of gpt\\-4.1'.replaceAll('\\-', '-'));
  const page = renderPage(results);
  expect(page).toContain(`<sup title="${otherModelNote}">m</sup>`);
  expect(page).toContain('Answered by gpt-4.1-mini in place of gpt-4.1 (2 calls).');
  const names = csvColumns(results).map(({ name }) => name);
  expect(names).toContain('other_models');
});

test('a report without such calls carries no mark', () => {
  expect(otherModelRemarks(plain)).toEqual([]);
  expect(renderMarkdown(plain)).not.toContain('(m)');
  expect(renderPage(plain)).not.toContain('>m</sup>');
});

test('a student that was another one touches the methods that it measured: all of them without a video', () => {
  const [first] = plain.measurements.filter(({ cellId }) => cellId !== null);
  const marked = (cellId: string | null) =>
    methodsOfOthers({
      cells: plain.cells,
      measurements: first ? [{ ...first, cellId, otherModels: [other] }] : [],
    });
  const cell = plain.cells.find(({ id }) => id === first?.cellId);
  expect([...marked(first?.cellId ?? null)]).toEqual([cell?.methodId]);
  expect(marked(null).size).toBe(plain.methods.length);
});
