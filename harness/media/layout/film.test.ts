import { describe, expect, it } from 'vitest';
import type { GrayFilm } from '../stillness.ts';
import { measureFilm } from './film.ts';

const [width, height, rate] = [40, 20, 5];
type Box = [x: number, y: number, w: number, h: number];

/** A picture on a ground, with boxes of 220. */
function picture(boxes: readonly Box[], ground = 0): Uint8Array {
  const pixels = new Uint8Array(width * height).fill(ground);
  for (const [x, y, w, h] of boxes)
    for (let row = y; row < y + h; row++) pixels.fill(220, row * width + x, row * width + x + w);
  return pixels;
}

const film = (pictures: readonly Uint8Array[]): GrayFilm => ({
  pixels: Buffer.concat(pictures),
  width,
  height,
  rate,
});
const times = (n: number, one: Uint8Array) => Array.from({ length: n }, () => one);

describe('a film whose measures are known', () => {
  it('of one picture for four seconds is frozen all the time and has no scene', () => {
    expect(measureFilm(film(times(20, picture([[5, 5, 8, 4]]))))).toEqual({
      durationS: 4,
      frozenShare: 1,
      longestHoldS: 3.8,
      blackShare: 0,
      blankShare: 0,
      flickerHz: 0,
      sceneChangesPerMinute: 0,
    });
  });

  it('that is black for a quarter, white for a quarter', () => {
    const shown = measureFilm(
      film([...times(5, picture([])), ...times(10, picture([[5, 5, 8, 4]])), ...times(5, picture([], 255))]),
    );
    expect(shown).toMatchObject({ blackShare: 0.25, blankShare: 0.5, longestHoldS: 1.8 });
  });

  it('that moves half of the time', () => {
    const moving = Array.from({ length: 11 }, (_, i) => picture([[2 * i, 5, 6, 4]]));
    const shown = measureFilm(film([...moving, ...times(10, moving.at(-1) ?? picture([]))]));
    expect(shown).toMatchObject({ frozenShare: 0.5, longestHoldS: 2, sceneChangesPerMinute: 0 });
  });

  it('of four scenes, each another drawing, has three changes; a drawing that grows has none', () => {
    const scenes = [0, 10, 20, 30].flatMap((x) => times(5, picture([[x, 5, 8, 8]])));
    expect(measureFilm(film(scenes)).sceneChangesPerMinute).toBeCloseTo((3 / 4) * 60, 10);
    const growing = [1, 2, 3, 4].flatMap((n) =>
      times(5, picture(Array.from({ length: n }, (_, i): Box => [10 * i, 5, 8, 8]))),
    );
    expect(measureFilm(film(growing)).sceneChangesPerMinute).toBe(0);
  });

  it('that flickers twice a second; a fade and a slide show do not flicker', () => {
    // Four flashes in two seconds.
    const [dark, light] = [picture([[5, 5, 8, 4]]), picture([[5, 5, 8, 4]], 90)];
    const flashes = Array.from({ length: 10 }, (_, i) => ([1, 3, 6, 8].includes(i) ? light : dark));
    expect(measureFilm(film(flashes)).flickerHz).toBe(2);
    const fade = Array.from({ length: 10 }, (_, i) => picture([], i * 20));
    expect(measureFilm(film(fade)).flickerHz).toBe(0);
    expect(measureFilm(film([...times(5, dark), ...times(5, light)])).flickerHz).toBe(0);
  });

  it('coding noise is no change', () => {
    const noisy = (seed: number) => picture([[5, 5, 8, 4]]).map((value, i) => value + ((i * 7 + seed) % 10));
    expect(measureFilm(film([noisy(0), noisy(3), noisy(6), noisy(1)])).frozenShare).toBe(1);
  });

  it('without a picture measures nothing', () => {
    expect(measureFilm(film([]))).toMatchObject({ durationS: 0, frozenShare: 0, flickerHz: 0 });
  });
});
