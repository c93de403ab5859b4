import { describe, expect, test } from 'vitest';
import { figure, frame, geometryOf, text } from '../../harness/media/layout/geometry.fixture.ts';
import type { Placed, Sample } from '../../harness/media/layout/visible.ts';
import type { Screen, ScreenWord } from '../../harness/media/screens.ts';
import type { GeometryPart } from '../../harness/media/video-part.ts';
import { measureGeometry } from './geometry.ts';
import { measureLegibility } from './legibility.ts';
import { measurePictures, quantile } from './pictures.ts';
import { measureDwell, textSpans } from './texts.ts';

const at = (
  timeS: number,
  objects: readonly Omit<Placed, 'id'>[],
  phase: Sample['phase'] = 'end',
): Sample => ({
  ...{ timeS, animation: 0, phase, frame },
  objects: objects.map((object, id) => ({ id, ...object })),
});
const part = (durationS: number, startS: number, ...samples: Sample[]): GeometryPart => ({
  geometry: geometryOf(...samples),
  ...{ startS, durationS },
});
const word = (said: string, more: Partial<ScreenWord> = {}): ScreenWord => ({
  ...{ text: said, confidence: 0.95, x: 0.1, y: 0.1, width: 0.2, height: 20 / 480, contrast: 12, ...more },
});
const screen = (timeS: number, ...words: ScreenWord[]): Screen => ({ timeS, words });
const line = (said: string, more: Partial<Placed> = {}) => text(said, [-5, 1, -1, 1.5], more);

describe('how long texts stand', () => {
  test('is counted without a break, over samples, and each text by its longest', () => {
    const title = line('A title');
    const both = [title, line('twelve chars')];
    const spans = textSpans([
      part(10, 0, at(2, [title]), at(2.5, both), at(9, [title]), at(10, [])),
      part(4, 10, at(4, [title])),
    ]);
    expect(spans).toEqual([
      { text: 'twelve chars', fromS: 2, toS: 2.5 },
      { text: 'A title', fromS: 0, toS: 9 },
      { text: 'A title', fromS: 10, toS: 14 },
    ]);
    // Half a second for twelve characters is too short, nine seconds for seven are not.
    expect(measureDwell(spans)).toEqual({ dwell: 0.5, hurried: 0.5 });
  });

  test('begins and ends in a movement where the text is bright enough before and after', () => {
    const faded = (opacity: number, timeS: number) => at(timeS, [line('A title', { opacity })], 'within');
    const spans = textSpans([
      part(
        6,
        0,
        faded(0.25, 0.25),
        faded(0.5, 0.5),
        faded(0.75, 0.75),
        at(1, [line('A title')]),
        at(6, [line('A title')]),
      ),
    ]);
    expect(spans).toEqual([{ text: 'A title', fromS: 0.5, toS: 6 }]);
  });

  test('a text that is too faint or hangs out of the frame cannot be read', () => {
    const faint = line('faint', { opacity: 0.1 });
    const outside = text('outside', [6, 0, 9, 1]);
    expect(textSpans([part(5, 0, at(0, [faint, outside]))])).toEqual([]);
    expect(measureDwell([])).toEqual({ dwell: null, hurried: null });
  });
});

describe('what the geometry has and OCR reads', () => {
  const shown = part(
    10,
    0,
    at(1, [line('halve the haystack'), text('x squared', [1, 1, 3, 1.5], { class: 'MathTex' })]),
  );

  test('is legible by the share of words, one wrong letter excepted; formulas do not count', () => {
    const found = measureLegibility([shown], [screen(4, word('halve'), word('the'), word('haystock'))]);
    expect(found).toEqual({ legible: 1, contradicted: 0, missing: [] });
    expect(measureLegibility([shown], [screen(4, word('halve'))]).legible).toBeCloseTo(1 / 3, 12);
  });

  test('a large text under nothing that no frame shows is named', () => {
    const found = measureLegibility([shown], [screen(4, word('something')), screen(8)]);
    expect(found).toEqual({ legible: 0, contradicted: 1, missing: ['halve the haystack'] });
  });

  test('a small or covered one is not legible, but no contradiction either', () => {
    const small = text('halve the haystack', [-5, 1, -4, 1.1]);
    const covered = at(1, [line('halve the haystack'), figure('Rectangle', [-4, 0, -2, 3])]);
    for (const one of [part(10, 0, at(1, [small])), part(10, 0, covered)])
      expect(measureLegibility([one], [screen(4)])).toEqual({ legible: 0, contradicted: null, missing: [] });
  });

  test('a frame in the middle of a movement says nothing', () => {
    const moving = part(
      10,
      0,
      at(1, [line('halve the haystack')]),
      at(4, [line('halve the haystack')], 'within'),
      at(8, [line('halve the haystack')]),
    );
    expect(measureLegibility([moving], [screen(3), screen(5)])).toEqual({
      legible: null,
      contradicted: null,
      missing: [],
    });
  });

  test('what is taken away at once is gone in the pause that follows', () => {
    const gone = part(10, 0, at(1, [line('halve the haystack')]), at(10, []));
    expect(measureLegibility([gone], [screen(5)]).contradicted).toBeNull();
    expect(measureLegibility([gone], [screen(0.5)]).contradicted).toBe(1);
  });

  test('what nobody could read is no contradiction: dark on black, behind a figure, on its side, in other scripts', () => {
    const hidden = [
      [line('halve the haystack', { color: '#222222' })],
      [line('halve the haystack'), figure('Rectangle', [-6, 0, 0, 3])],
      [text('halve the haystack', [-5, -3, -4.5, 3])],
      [line('二分 查找')],
    ];
    for (const objects of hidden)
      expect(measureLegibility([part(10, 0, at(1, objects))], [screen(4)]).contradicted).toBeNull();
  });

  test('the second part of a video is looked at in its own time', () => {
    const second = part(10, 10, at(1, [line('twice as far')]));
    expect(
      measureLegibility([shown, second], [screen(15, word('twice'), word('as'), word('far'))]).legible,
    ).toBe(1);
  });
});

describe('the figures of a render', () => {
  test('parts count by their length, and the smallest text is that of all', () => {
    const clean = part(30, 0, at(1, [text('large', [-3, 0, 0, 1.5])]));
    const outside = part(10, 30, at(1, [text('small', [6.1, 0, 8.1, 0.4])]));
    const { facts } = measureGeometry([clean, outside], []);
    const alone = measureGeometry([outside], []).facts;
    expect(facts.offFrame).toBeCloseTo((alone.offFrame ?? 0) / 4, 9);
    expect(alone.offFrame).toBeGreaterThan(0.4);
    expect(facts.smallestText).toBe(alone.smallestText);
  });

  test('the grid is used where something reaches into a cell', () => {
    // One sixth of the width and of the height: one cell of 36, to the hair.
    const cell: [number, number, number, number] = [-7.111, 4 - 8 / 6, -7.111 + 14.222 / 6 - 0.001, 4];
    const facts = measureGeometry([part(5, 0, at(1, [figure('Square', cell)]))], []).facts;
    expect(facts.grid).toBeCloseTo(1 / 36, 9);
  });
});

test('what the pixels show is measured by the words of all frames', () => {
  const film = {
    ...{ durationS: 10, frozenShare: 0.4, longestHoldS: 2, blackShare: 0.1, blankShare: 0.2, flickerHz: 0 },
    sceneChangesPerMinute: 6,
  };
  const look = { width: 854, height: 480, durationS: 10, film, frames: [] };
  const found = measurePictures(look, [screen(1, word('abc'), word('de1', { contrast: 3 })), screen(2)]);
  expect(found).toMatchObject({ characters: 3, contrast: 3, frozen: 0.4, black: 0.1, sceneChanges: 6 });
  expect(found.textHeight).toBeCloseTo(20, 9);
  expect(measurePictures(look, [])).toMatchObject({ characters: null, textHeight: null, contrast: null });
});

test('a quantile is the lower value, and there is none of nothing', () => {
  expect(quantile([3, 1, 2, 4], 0.5)).toBe(2);
  expect(quantile([], 0.5)).toBeNull();
});
