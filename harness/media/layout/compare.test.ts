import { describe, expect, it } from 'vitest';
import { compareLayout, layoutPenalty } from './compare.ts';
import { figure, geometryOf, sampleOf, text } from './geometry.fixture.ts';
import { measureLayout } from './measure.ts';
import { lostText } from './shown.ts';

const word = (name: string, left: number) => text(name, [left, 0, left + 2, 0.4]);

/** A lecture line that is lit or not. */
const line = (lit: boolean) =>
  text('self.lecture[0]', [-6, 0, -3, 0.4], { color: lit ? '#ffd166' : '#8a8f98', text: 'One' });

it('a layout is measured at the ends of animations, each fault by the worst it comes to in a block', () => {
  const geometry = geometryOf(
    sampleOf([word('one', 1), line(false)], 1),
    { ...sampleOf([word('one', 1), word('two', 1), line(false)], 1.5), phase: 'within' },
    sampleOf([word('one', 1), word('two', 2), line(true)], 4),
    sampleOf([word('one', 1), word('two', 2.5), line(true)], 5),
  );
  const measure = measureLayout(geometry);
  expect(measure).toMatchObject({ samples: 3, durationS: 5, textOverlap: 0.25, texts: ['one', 'two'] });
  expect(measure).toMatchObject({ offFrame: 0, lectureRows: 1, figures: null });
  expect(measureLayout(geometryOf())).toMatchObject({ samples: 0, smallestTextPx: null, emptyShare: 1 });
});

it('a pause makes up for nothing, wherever it is and however long', () => {
  const film = (moved: number, ...pauses: number[]) => {
    const times = [2, 1, 2].map((seconds, i) => seconds + (pauses[i] ?? 0));
    const until = times.map((_, i) => times.slice(0, i + 1).reduce((sum, seconds) => sum + seconds, 0));
    return measureLayout(
      geometryOf(
        sampleOf([word('one', moved), word('two', 3), word('three', 3.5), line(false)], until[0]),
        sampleOf([word('three', 3.5), line(false)], until[1]),
        sampleOf([word('three', 3.5), line(true)], until[2]),
      ),
    );
  };
  const before = film(0);
  for (const pauses of [[], [10], [0, 10], [0, 0, 10]]) {
    expect(compareLayout(before, film(3, ...pauses)).verdict).toBe('worse');
    expect(compareLayout(before, film(0, ...pauses)).verdict).toBe('same');
  }
});

it('what overlaps another thing at another moment of a block is one more fault', () => {
  const first = sampleOf([word('one', 0), word('two', 1)]);
  const once = measureLayout(geometryOf(first, sampleOf([word('one', 0), word('two', 3)], 2)));
  const twice = measureLayout(geometryOf(first, sampleOf([word('one', 3), word('three', 4)], 2)));
  expect([once.textOverlap, twice.textOverlap]).toEqual([0.5, 1]);
});

it('a layout is better when its penalty falls, worse when it rises, the same within a hundredth', () => {
  const apart = measureLayout(geometryOf(sampleOf([word('one', 0), word('two', 3)])));
  const over = measureLayout(geometryOf(sampleOf([word('one', 0), word('two', 1)])));
  expect(compareLayout(over, apart)).toMatchObject({ verdict: 'better', before: 0.5, after: 0 });
  expect(compareLayout(apart, over).verdict).toBe('worse');
  expect(compareLayout(over, over).verdict).toBe('same');
});

it('each fault costs: small, faint, off the frame, over a lecture line, figures over figures a quarter', () => {
  const penalty = (...objects: Parameters<typeof sampleOf>[0]) =>
    layoutPenalty(measureLayout(geometryOf(sampleOf(objects))));
  expect(penalty(text('dog', [0, 0, 1, 0.13]))).toBeCloseTo(0.5, 1);
  expect(penalty(text('dog', [0, 0, 1, 0.4], { color: '#222222' }))).toBeGreaterThan(0.3);
  expect(penalty(text('dog', [6.111, 0, 8.111, 0.4]))).toBe(0.5);
  expect(penalty(text('self.title', [-2, 3, 2, 3.5]), figure('Square', [1, 2, 3, 4]))).toBe(0.25);
  expect(penalty(figure('Square', [0, 0, 2, 2]), figure('Square', [1, 0, 3, 2]))).toBe(0.125);
});

it('a picture that loses a text, or most of its time, is worse however clean it is', () => {
  const both = geometryOf(sampleOf([word('one', 0), word('two', 1)], 10));
  const before = measureLayout(both);
  const less = compareLayout(before, measureLayout(geometryOf(sampleOf([word('one', 0)], 10))));
  expect(less).toMatchObject({ verdict: 'worse', reason: 'no longer shown: "two"' });
  const short = compareLayout(
    before,
    measureLayout(geometryOf(sampleOf([word('one', 0), word('two', 3)], 6))),
  );
  expect(short).toMatchObject({ verdict: 'worse', reason: '6 s are left of 10 s' });
});

describe('golden: what is hidden does not make a picture better', () => {
  const square = figure('Square', [0, 0, 2, 2]);
  const over = word('word', 1);
  const verdict = (before: Parameters<typeof sampleOf>[0], after: Parameters<typeof sampleOf>[0]) => {
    const [one, other] = [before, after].map((objects) => measureLayout(geometryOf(seen(objects))));
    return one && other && compareLayout(one, other);
  };
  /** The worker counts the figures of a film. */
  const seen = (objects: Parameters<typeof sampleOf>[0]) => {
    const figures = objects.filter(({ text: said, opacity }) => said === undefined && opacity >= 0.3).length;
    return { ...sampleOf(objects), figures };
  };

  it('a figure, gone or made faint', () => {
    expect(verdict([square, over], [over])).toMatchObject({
      verdict: 'worse',
      reason: '0 figures are left of 1',
    });
    expect(verdict([square, over], [{ ...square, opacity: 0 }, over])?.verdict).toBe('worse');
  });

  it('a number, and a formula of digits', () => {
    for (const said of ['42', '3^2+4^2=5^2', '→']) {
      const number = text('n', [1.5, 0, 2.5, 0.4], { text: said });
      expect(verdict([over, number], [over])).toMatchObject({
        verdict: 'worse',
        reason: `no longer shown: "${said}"`,
      });
    }
  });

  it('one of several objects that say the same', () => {
    const twin = { ...over, name: 'twin' };
    expect(verdict([over, twin], [over])?.verdict).toBe('worse');
  });

  it('a text that is dimmed until its contrast no longer counts', () => {
    const faint = word('faint', 4);
    const dim = { ...faint, opacity: 0.1 };
    expect(verdict([over, { ...faint, color: '#222222' }], [over, dim])?.verdict).toBe('worse');
  });

  it('lecture lines, whole, in part, or at one moment', () => {
    const reason = 'no longer shown: "One"';
    expect(verdict([line(true), over], [over])).toMatchObject({ verdict: 'worse', reason });
    const shorter = { ...line(true), text: 'On' };
    expect(verdict([line(true), over], [shorter, over])).toMatchObject({ verdict: 'worse', reason });
    const [before, after] = [[line(true), over], [over]].map((last) =>
      measureLayout(geometryOf(sampleOf([line(true), over]), sampleOf(last, 2))),
    );
    expect(before && after && compareLayout(before, after)).toMatchObject({
      verdict: 'worse',
      reason: '0 rows of title and lecture lines are left of 1',
    });
  });
});

describe('a text that is set in another way is still shown', () => {
  const sentence = 'a long sentence that leaves the frame';
  const ways: [string, string, string[]][] = [
    ['in two rows', sentence, ['a long sentence\nthat leaves the frame']],
    ['in two texts', sentence, ['a long sentence', 'that leaves the frame']],
    ['without spaces', 'f(x) = a x + b', ['f(x)=ax+b']],
    ['with other brackets', '\\left( a + b \\right)', ['(a + b)']],
    ['as a counter at another moment', 'n = 3', ['n = 7']],
  ];
  it.each(ways)('%s', (_way, before, after) => {
    expect(lostText([before], after)).toBeUndefined();
  });

  it('but not where letters are missing, however many others there are', () => {
    expect(lostText([sentence], ['a long sentence'])).toBe(sentence);
    expect(lostText(['A', 'angle'], ['angle'])).toBe('A');
    expect(lostText(['42', '7'], ['42'])).toBe('7');
  });
});
