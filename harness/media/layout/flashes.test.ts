import { expect, test } from 'vitest';
import { countFlashes } from './flashes.ts';

const repeat = (n: number, ...levels: number[]) => Array.from({ length: n }, () => levels).flat();

test('a flash is there and back again within half a second', () => {
  expect(countFlashes({ levels: [...repeat(20, 0), 90, ...repeat(20, 0)], rate: 30 })).toBe(1);
  const held = (n: number) => [...repeat(20, 0), ...repeat(n, 90), ...repeat(20, 0)];
  expect(countFlashes({ levels: held(14), rate: 30 })).toBe(1);
  expect(countFlashes({ levels: held(15), rate: 30 })).toBe(0);
});

test('a dark one counts as a bright one does, and none twice', () => {
  expect(countFlashes({ levels: [...repeat(5, 90), 0, ...repeat(5, 90)], rate: 10 })).toBe(1);
  expect(countFlashes({ levels: repeat(10, 0, 90), rate: 30 })).toBe(9);
  expect(countFlashes({ levels: repeat(10, 0, 0, 90, 90), rate: 30 })).toBe(9);
});

test('one that takes several pictures to get bright and dark counts by its way, not by its steps', () => {
  const wave = Array.from({ length: 60 }, (_, i) => 100 - 50 * Math.cos((2 * Math.PI * i) / 10));
  expect(countFlashes({ levels: wave, rate: 30 })).toBe(6);
});

test('a fade, a cut, noise and nothing at all are none', () => {
  const fade = Array.from({ length: 60 }, (_, i) => i * 4);
  expect(countFlashes({ levels: fade, rate: 30 })).toBe(0);
  expect(countFlashes({ levels: [...repeat(9, 0), ...repeat(9, 200)], rate: 30 })).toBe(0);
  expect(countFlashes({ levels: repeat(30, 100, 103, 99), rate: 30 })).toBe(0);
  expect(countFlashes({ levels: [], rate: 30 })).toBe(0);
});
