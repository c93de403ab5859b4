import { expect, test } from 'vitest';
import { cell, method, taken } from '../evidence.fixture.ts';
import type { Evidence, MeasurementResult } from '../evidence.ts';
import { scoreLayout } from './score.ts';

const seen = (cellId: string, facts: Record<string, number | null> | null): MeasurementResult => ({
  ...taken('none', 't1', cellId, ''),
  ...{ slot: `layout-${cellId}`, metric: 'layout', arm: null, answers: [] },
  ...(facts === null ? { status: 'skipped' } : { status: 'ok', observation: { facts, notes: [] } }),
});

const evidence: Evidence = {
  methods: [method('rendered'), method('given'), method('failed'), method('mine', true)],
  topics: ['t1', 't2'].map((id) => ({ id, title: id, category: 'c' })),
  cells: [
    ...[cell('rendered', 't1'), cell('rendered', 't2'), cell('given', 't1'), cell('given', 't2')],
    ...[cell('failed', 't1', 'method_failed'), cell('mine', 't1')],
  ],
  measurements: [
    seen('rendered-t1', { characters: 100, frozen: 0.2, grid: 0.5 }),
    seen('rendered-t2', { characters: 50, frozen: 0.4, grid: 0.7 }),
    seen('given-t1', { characters: 0, contrast: null, frozen: 1 }),
    seen('given-t2', null),
    seen('failed-t1', null),
    seen('mine-t1', { characters: 10, frozen: 0 }),
  ],
};

test('each figure is a mean over the videos in which there is something to measure', () => {
  const tables = scoreLayout(evidence);
  expect(tables.map(({ id }) => id)).toEqual(['layout', 'layout-motion', 'layout-geometry']);
  expect(Math.max(...tables.map(({ columns }) => columns.length))).toBeLessThanOrEqual(8);
  const figure = (table: number, row: number, key: string) => tables[table]?.rows[row]?.figures[key];
  expect(figure(0, 0, 'characters')).toEqual({ value: 75, n: 2 });
  expect(figure(2, 0, 'grid')).toEqual({ value: 0.6, n: 2 });
  // Without a word there is no contrast, and without a render no geometry; neither is 0.
  expect(figure(0, 1, 'contrast')).toMatchObject({ value: null });
  expect(figure(2, 1, 'grid')).toMatchObject({ value: null });
  expect(figure(0, 3, 'characters')).toEqual({ value: 10, n: 1, scripted: true });
});

test('a video that cannot be measured is told of; one that was never made has no layout', () => {
  const [text] = scoreLayout(evidence);
  expect(text?.rows[1]?.figures.characters).toEqual({ value: 0, n: 1, note: '1 of 2 not measured' });
  expect(text?.rows[2]?.figures.characters).toEqual({ value: null, n: null });
});

test('without a measurement there is no table, and without a geometry none of places', () => {
  expect(scoreLayout({ ...evidence, measurements: [] })).toEqual([]);
  const given = evidence.measurements.filter(({ cellId }) => cellId === 'given-t1');
  expect(scoreLayout({ ...evidence, measurements: given }).map(({ id }) => id)).toEqual([
    'layout',
    'layout-motion',
  ]);
});
