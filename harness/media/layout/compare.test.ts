import { expect, it } from 'vitest';
import { compareLayout, layoutPenalty } from './compare.ts';
import { figure, geometryOf, sampleOf, text } from './geometry.fixture.ts';
import { measureLayout } from './measure.ts';

const word = (name: string, left: number) => text(name, [left, 0, left + 2, 0.4]);

it('a layout is measured over the ends of animations, each for as long as its picture stands', () => {
  const geometry = geometryOf(
    sampleOf([word('one', 1)], 1),
    { ...sampleOf([word('one', 1), word('two', 1)], 1.5), phase: 'within' },
    sampleOf([word('one', 1), word('two', 2)], 4),
  );
  const measure = measureLayout(geometry);
  expect(measure).toMatchObject({ samples: 2, durationS: 4, textOverlap: 0.375, texts: ['one', 'two'] });
  expect(measure.offFrame).toBe(0);
  expect(measureLayout(geometryOf())).toMatchObject({ samples: 0, smallestTextPx: null, emptyShare: 1 });
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
  const counted = measureLayout(geometryOf(sampleOf([text('n', [0, 0, 1, 0.4], { text: '3.14' })])));
  expect(counted.texts).toEqual([]);
});
