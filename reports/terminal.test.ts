import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { fixtureResults } from './fixture.ts';
import { displayWidth } from './plain.ts';
import { renderTerminal } from './terminal.ts';
import { demonstration } from './view.ts';

const plain = renderTerminal(fixtureResults(), { colour: false, width: 100 });

test('columns are aligned under their headings', () => {
  const lines = plain.split('\n');
  const at = lines.findIndex((line) => line.includes('Gain over unlearned'));
  const ends = lines.slice(at, at + 4).map((line) => line.trimEnd().length);
  expect(ends[1]).toBe(ends[0]);
  expect(lines[at + 1]).toMatch(
    /^ {2}Code2Video +3 +offline\/reader +62\.5 % +25\.0 % +\+37\.5 n 2 +12\.5 %$/,
  );
});

test('nothing but our own colours reaches the terminal', () => {
  expect(plain).not.toMatch(/[^\P{Cc}\n]/u);
  const coloured = renderTerminal(fixtureResults(), { colour: true, width: 100 });
  expect(stripVTControlCharacters(coloured)).toBe(plain);
});

test('each failure has one line with its cause, and no line is wider than the terminal', () => {
  expect(plain).toContain(
    'Direct code, Bayes’ rule: failed. Stopped: memory limit: the scene used more than 2 GB',
  );
  expect(plain).toMatch(/4 complete, 1 partial, 2 failed, 1 refused, 1 not done: infrastructure/);
  const narrow = renderTerminal(fixtureResults(), { colour: false, width: 60 }).split('\n');
  const tables = narrow.slice(narrow.indexOf('TeachQuiz'), narrow.indexOf('Remarks'));
  expect(Math.max(...tables.map(displayWidth))).toBeLessThanOrEqual(60);
  expect(narrow.join('\n')).toMatch(/\d more columns in the report/);
});

test('only a run whose figures are all scripted is headed as a demonstration', () => {
  expect(plain.startsWith(demonstration.heading)).toBe(true);
  const some = renderTerminal(fixtureResults('some'), { colour: false, width: 100 });
  expect(some).not.toContain(demonstration.heading);
  expect(some).toContain('62.5 % s');
});
