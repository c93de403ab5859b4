import { expect, it } from 'vitest';
import { figure, geometryOf, sampleOf, text } from '../../../harness/media/layout/geometry.fixture.ts';
import { factsOf, overlapping } from './critic.fixture.ts';
import { chosenMoments, momentsOf } from './moments.ts';
import { occupancyTable } from './table.ts';

const row = (n: number, lit: boolean) =>
  text(`self.lecture[${n}]`, [-6, -n, -3, 0.4 - n], {
    color: lit ? '#ffd166' : '#8a8f98',
    text: `Line ${n}`,
  });
const facts = factsOf(overlapping);
const word = (name: string, left: number) => text(name, [left, 1, left + 1.6, 1.4], { color: '#f4f1e8' });

it('the table lists each element with its box, anchors, line of code, and how high its text is', () => {
  const [moment] = occupancyTable(geometryOf(sampleOf([row(0, true), word('a', 0.7)], 4.204)), facts, '6x6');
  expect(moment).toEqual({
    timeS: 4.2,
    block: 1,
    elements: [
      expect.objectContaining({ element: 'self.lecture[0]', place: 'lecture', line: null }),
      {
        ...{ element: 'a', line: 9, place: 'stage', kind: 'text', box: [0.7, 1, 2.3, 1.4] },
        ...{ anchors: ['B1', 'B2', 'B3'], scale: null, text: 'a', textPx: 43.7, color: '#f4f1e8' },
      },
    ],
  });
});

it('a line is the last that placed the element by then; without a placing call the one that made it', () => {
  const [placement] = facts.placements;
  if (placement === undefined) throw new Error('no placement');
  const object = { ...placement.object, text: 'a' };
  const later = { ...placement, root: 'a', assigned: null, object, line: 20, endLine: 20, block: 2 };
  const names = [...facts.names, { name: 'c', scope: 'construct', line: 5 }];
  const given = { ...facts, names, placements: [...facts.placements, later] };
  const lines = (...lit: boolean[]) => lit.map((is, n) => row(n, is));
  const shown = [word('a', 0), word('c', 2), word('a[1]', 4), word('Text', 4)];
  const table = occupancyTable(
    geometryOf(
      sampleOf([...lines(true, false), ...shown], 1),
      sampleOf([...lines(false, true), ...shown], 2),
    ),
    { ...given, blocks: [...facts.blocks, { line: 2, start: 13, end: 20 }] },
    '6x6',
  );
  const stage = table.map(({ elements }) => elements.slice(2).map(({ line }) => line));
  expect(stage).toEqual([
    [9, 5, 9, null],
    [20, 5, 20, null],
  ]);
});

it('golden: critic: an inline object is known by the text in its source, a scale by its place or name', () => {
  const [placement] = facts.placements;
  if (placement === undefined) throw new Error('no placement');
  const given = [...placement.arguments, { ...placement.object, name: null, text: '0.8' }];
  const inline = { ...placement, assigned: null, line: 30, endLine: 32, arguments: given };
  const shown = text('Text', [1, 1, 2, 1.4], { text: 'alpha' });
  const [moment] = occupancyTable(
    geometryOf(sampleOf([row(0, true), shown])),
    { ...facts, placements: [inline] },
    '6x6',
  );
  expect(moment?.elements[1]).toMatchObject({ element: 'Text', line: 30, scale: 0.8 });
});

it('blocks follow the rows that light up, whatever their names: rows of one line light up together', () => {
  const rows = (...lit: boolean[]) => sampleOf(lit.map((is, n) => row(n, is)));
  const geometry = geometryOf(
    rows(false, false, false),
    rows(true, true, false),
    rows(true, true, false),
    rows(false, false, true),
  );
  const blocks = [0, 1, 3].map((line) => ({ line, start: line + 1, end: line + 1 }));
  expect(momentsOf(geometry, { blocks }).map(({ block }) => block)).toEqual([0, 1, 1, 3]);
  const twice = [...blocks.slice(0, 2), { line: 1, start: 3, end: 3 }, ...blocks.slice(2)];
  expect(momentsOf(geometry, { blocks: twice }).map(({ block }) => block)).toEqual([0, 1, 1, 3]);
});

it('at most 8 moments: the last of those that look alike, one of each block, then the fullest', () => {
  const samples = Array.from({ length: 30 }, (_, i) => {
    const lit = i < 28 ? [true, false] : [false, true];
    const words = Array.from({ length: i < 28 ? 1 + (i >> 1) : 1 }, (_, n) => word(`w${n}`, n / 3));
    return sampleOf([...lit.map((is, n) => row(n, is)), ...words], i + 1);
  });
  const blocks = [1, 2].map((line) => ({ line, start: line, end: line }));
  const chosen = chosenMoments(momentsOf(geometryOf(...samples), { blocks }));
  expect(chosen.map(({ sample }) => sample.timeS)).toEqual([16, 18, 20, 22, 24, 26, 28, 30]);
});

it('30 elements of a moment are listed, and the rest is counted', () => {
  const many = Array.from({ length: 50 }, (_, i) => figure('Dot', [i / 10, 0, i / 10 + 0.1, 0.1]));
  const [moment] = occupancyTable(geometryOf(sampleOf([...many, row(0, true)])), facts, '6x6');
  expect(moment?.elements).toHaveLength(30);
  expect(moment?.elements[0]?.place).toBe('lecture');
  expect(moment?.leftOff).toBe(21);
});
