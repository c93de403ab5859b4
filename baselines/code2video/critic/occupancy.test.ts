import { expect, test } from 'vitest';
import { occupancyOf } from './occupancy.ts';
import type { Element } from './table.ts';

const element = (name: string, left: number): Element => ({
  element: name,
  line: 5,
  place: 'stage',
  kind: 'solid',
  box: [left, 0, left + 1, 1],
  anchors: ['A1'],
  scale: null,
});

test('what stays is listed once with the moments it is seen at, what moves once for each place', () => {
  const rows = [
    { timeS: 1, block: 0, elements: [element('a', 0), element('b', 2)] },
    { timeS: 2, block: 1, elements: [element('a', 0), element('b', 3)], leftOff: 2 },
  ];
  const { moments, elements } = occupancyOf(rows);
  expect(moments).toEqual([
    { moment: 1, timeS: 1, block: 0 },
    { moment: 2, timeS: 2, block: 1, leftOff: 2 },
  ]);
  expect(elements.map(({ element: name, box, seen }) => [name, box[0], seen])).toEqual([
    ['a', 0, [1, 2]],
    ['b', 2, [1]],
    ['b', 3, [2]],
  ]);
});
