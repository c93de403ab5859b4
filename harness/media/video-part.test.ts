import { expect, test } from 'vitest';
import { figure, frame, geometryOf, text } from './layout/geometry.fixture.ts';
import type { Placed, Sample } from './layout/visible.ts';
import { joined, textBoxes } from './video-part.ts';

const at = (timeS: number, ...objects: Omit<Placed, 'id'>[]): Sample => ({
  ...{ timeS, animation: 0, phase: 'end', frame },
  objects: objects.map((object, id) => ({ id, ...object })),
});
const label = text('label', [0, 0, 2, 1]);
const times = (...samples: Sample[]) =>
  joined(textBoxes([{ geometry: geometryOf(...samples), startS: 10, durationS: 8 }])).map(
    ({ fromS, toS }) => [fromS, toS],
  );

test('a text that comes or goes in no time is hidden from the pause in which it comes to the one in which it goes', () => {
  expect(times(at(2), at(5, label), at(7))).toEqual([[12, 17]]);
  expect(times(at(2, label), at(5, label), at(7, label))).toEqual([[10, 18]]);
});

test('of a lesson with lecture lines these are the text, of other scenes all texts and no figure', () => {
  const row = text('row', [-6, 0, -3, 1], { name: 'self.lecture[0]' });
  const boxes = (...objects: Omit<Placed, 'id'>[]) =>
    textBoxes([{ geometry: geometryOf(at(1, ...objects)), startS: 0, durationS: 1 }]).length;
  expect(boxes(row, label, figure('Circle', [1, 1, 2, 2]))).toBe(1);
  expect(boxes(label, figure('Circle', [1, 1, 2, 2]))).toBe(1);
});
