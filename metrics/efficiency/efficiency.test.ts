import { expect, test } from 'vitest';
import type { Ledger } from '../../harness/store/ledger-schema.ts';
import type { CellResult, Evidence, MethodResult } from '../evidence.ts';
import { efficiency } from './efficiency.ts';

const method: MethodResult = {
  id: 'm',
  label: 'M',
  method: 'm',
  version: '1',
  settings: {},
  roles: [],
  scripted: false,
};

const bill = (costUsd: number | null, costKnownUsd: number, unbilled = 0) => ({
  tokens: { input: 100, cached: 0, output: 10, reasoning: null },
  costUsd,
  costKnownUsd,
  unbilled,
  media: { images: 0, videoS: 0, madeS: 0 },
});

/** A cell whose calls cost so much, as far as it is known. */
function cell(id: string, ...of: Parameters<typeof bill>): CellResult {
  const ledger: Ledger = {
    calls: 1,
    ...bill(...of),
    workingS: 1,
    waitingS: 0,
    renderS: 0,
    cpuS: 0,
    checks: 0,
    renders: 0,
    repairs: 0,
    byPurpose: [{ role: 'coder', purpose: 'p', calls: 1, failedCalls: 0, ...bill(...of) }],
  };
  return {
    id,
    methodId: 'm',
    topicId: id,
    repeat: 0,
    status: 'ok',
    reason: null,
    video: 'video.mp4',
    videoFacts: null,
    files: [],
    sections: [],
    sandbox: null,
    ledger,
    timeS: 1,
  };
}

function figures(...cells: CellResult[]) {
  const evidence: Evidence = { methods: [method], topics: [], cells, measurements: [] };
  const of = (id: string) => efficiency.score(evidence).find((table) => table.id === id)?.rows[0]?.figures;
  return { mean: of('efficiency'), sum: of('spending'), pass: of('pass') };
}

test('costs that are all known are a mean and a sum', () => {
  const { mean, sum } = figures(cell('a', 1, 1), cell('b', 2, 2));
  expect(mean?.cost).toEqual({ value: 1.5, n: 2 });
  expect(sum?.cost).toEqual({ value: 3, n: 2 });
});

test('one unknown makes mean and sum at least what is known, and says so', () => {
  const { mean, sum } = figures(cell('a', 1, 1), cell('b', null, 0.5, 1));
  expect(mean?.cost).toEqual({
    value: 0.75,
    n: 2,
    atLeast: true,
    note: 'at least: of 1 of 2 not all is known',
  });
  expect(mean?.tokens).toMatchObject({ value: 110, atLeast: true });
  expect(sum?.cost).toEqual({ value: 1.5, n: 2, atLeast: true });
});

test('where nothing is known there is no figure, and no 0', () => {
  const { mean, sum } = figures(cell('a', null, 0), cell('b', null, 0));
  expect(mean?.cost).toMatchObject({ value: null, n: 0 });
  expect(sum?.cost?.value).toBeNull();
});

test('what a maker tells stands in place of our ledger, marked; what is not told has no figure, and no 0', () => {
  const told = { costUsd: 0.25, timeS: 90, inputTokens: 1000, outputTokens: null, calls: null };
  const { mean } = figures({ ...cell('a', 0, 0), reported: told });
  expect(mean?.cost).toEqual({ value: 0.25, n: 1, note: 'self-reported' });
  expect(mean?.time).toEqual({ value: 90, n: 1, note: 'self-reported' });
  for (const key of ['tokens', 'calls', 'working', 'renders']) expect(mean?.[key]?.value).toBeNull();
});

test('tries are counted over topics without bias, those that failed altogether included', () => {
  const tried = (id: string, passed: number, status: CellResult['status']): CellResult => {
    return { ...cell(id, 0, 0), status, samples: { tried: 4, passed } };
  };
  const cells = [tried('a', 1, 'ok'), tried('b', 0, 'method_failed'), tried('c', 4, 'infra_error')];
  expect(figures(...cells).pass).toEqual({
    k: { value: 4, n: 2 },
    pass1: { value: 1 / 8, n: 2 },
    passK: { value: 1 / 2, n: 2 },
  });
  expect(figures(cell('a', 0, 0)).pass).toBeUndefined();
});
