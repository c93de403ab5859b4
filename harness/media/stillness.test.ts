import { expect, test } from 'vitest';
import { coverFacts, fillGaps, type GrayFilm, stillSpans } from './stillness.ts';

/** A film of 40x10 pixels, so four blocks; each row of the drawing is a picture, `#` a block with a pattern. */
function film(...pictures: string[]): GrayFilm {
  const [width, height] = [40, 10];
  const pixels = new Uint8Array(pictures.length * width * height);
  pictures.forEach((picture, n) => {
    for (let i = 0; i < width * height; i++) {
      const mark = picture[Math.floor((i % width) / 10)] ?? ' ';
      const striped = mark === ' ' ? 0 : mark === '#' ? 200 : 60 + 30 * Number(mark);
      pixels[n * width * height + i] = i % 2 === 0 ? striped : 0;
    }
  });
  return { pixels, width, height, rate: 5 };
}

const times = (n: number, picture: string) => Array<string>(n).fill(picture);

test('One moment is enough for lines that end up resting together, and it is the last', () => {
  const growing = film(...times(6, '#   '), ...times(6, '##  '), ...times(6, '### '));
  expect(coverFacts(stillSpans(growing), 24)).toEqual([17]);
});

test('A block that moves all the time does not hide that the others rest', () => {
  const moving = Array.from({ length: 12 }, (_, i) => `${i < 6 ? '#' : ' '} ${i % 4} `);
  expect(coverFacts(stillSpans(film(...moving)), 24)).toEqual([5]);
});

test('What stands still for less than 0.8 s is no fact', () => {
  expect(stillSpans(film(...times(3, '#   '), ...times(9, '    ')))).toEqual([]);
});

test('With too few moments for all facts, those with most facts are chosen', () => {
  const pictures = film(...times(6, '#   '), ...times(6, ' ###'), ...times(6, '##  '));
  expect(coverFacts(stillSpans(pictures), 2)).toEqual([11, 17]);
});

test('Motion without rest is filled in, empty pictures are not', () => {
  const moving = Array.from({ length: 60 }, (_, i) => `${i % 4}  ${(i + 1) % 4}`);
  expect(coverFacts(stillSpans(film(...moving)), 24)).toEqual([]);
  expect(fillGaps(film(...moving), [], 24).length).toBeGreaterThan(1);
  expect(fillGaps(film(...times(60, '    ')), [], 24)).toEqual([59]);
});
