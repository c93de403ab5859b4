import { describe, expect, it } from 'vitest';
import { contrastRatio, lowestContrast } from './contrast.ts';
import { coveredLecture } from './covered.ts';
import { emptyRegion } from './empty.ts';
import { figure, sampleOf, text } from './geometry.fixture.ts';
import { offFrame } from './off-frame.ts';
import { overlaps } from './overlaps.ts';
import { smallestText, textPx } from './text-size.ts';
import { visibleOf } from './visible.ts';

const pairs = (...objects: Parameters<typeof sampleOf>[0]) =>
  overlaps(sampleOf(objects)).map(({ first, second, text: isText, share }) => [
    first.object.name,
    second.object.name,
    isText,
    Math.round(share * 100) / 100,
  ]);

describe('overlaps', () => {
  it('are pairs of texts whose boxes share more than a twentieth of the smaller one', () => {
    expect(pairs(text('a', [0, 0, 2, 1]), text('b', [1, 0, 2, 1]))).toEqual([['a', 'b', true, 1]]);
    expect(pairs(text('a', [0, 0, 2, 1]), text('b', [1.98, 0, 3, 1]))).toEqual([]);
  });

  it('are texts that stick out of a figure, and not the labels inside one', () => {
    const box = figure('Rectangle', [0, 0, 3, 1]);
    expect(pairs(box, text('label', [1, 0.3, 2, 0.7]))).toEqual([]);
    expect(pairs(box, text('label', [2.5, 0.3, 3.5, 0.7]))).toEqual([['rectangle', 'label', true, 0.5]]);
    expect(pairs(text('word', [0, 0, 2, 0.4]), figure('Dot', [0.9, 0.1, 1.1, 0.3]))).toHaveLength(1);
  });

  it('ask more of a group, whose box is not full, and nothing of lines and curves', () => {
    const name = (left: number) => text('name', [left, 0, left + 1, 0.3]);
    const group = figure('VGroup', [0, -1, 2, 1]);
    expect(pairs(group, name(1.8))).toEqual([]);
    expect(pairs(group, name(1.5))).toHaveLength(1);
    expect(pairs(figure('Line', [0, -1, 2, 1]), name(1.5))).toEqual([]);
    expect(pairs(figure('ParametricFunction', [0, -1, 2, 1]), name(1.5))).toEqual([]);
  });

  it('of figures are counted apart, and neither a part in a figure nor a copy on a copy is one', () => {
    const square = figure('Square', [0, 0, 2, 2]);
    expect(pairs(square, figure('Circle', [1, 0, 3, 2]))).toEqual([['square', 'circle', false, 0.5]]);
    expect(pairs(square, figure('Dot', [0.9, 0.9, 1.1, 1.1]))).toEqual([]);
    expect(pairs(square, figure('Square', [0, 0, 2, 2]))).toEqual([]);
    expect(pairs(text('a', [0, 0, 1, 1]), text('a', [0, 0, 1, 1]))).toEqual([]);
  });

  it('leave out what cannot be seen, lecture lines, and a group against its own parts', () => {
    expect(pairs(text('a', [0, 0, 1, 1]), text('b', [0, 0, 1, 1], { opacity: 0.01 }))).toEqual([]);
    expect(pairs(text('self.title', [0, 0, 1, 1]), text('b', [0, 0, 1, 1]))).toEqual([]);
    const group = figure('VGroup', [0, 0, 2, 2]);
    expect(pairs(group, text('part', [1.5, 1.5, 2.5, 2], { parent: 0 }))).toEqual([]);
  });
});

describe('a sample', () => {
  it('takes title and lecture lines of the scene for these, and a variable of such a name for what it is', () => {
    const names = ['self.title', 'title', 'self.lecture[0]', 'lecture', 'lecture[0]'];
    const shown = visibleOf(sampleOf(names.map((name, i) => text(name, [i, 0, i + 1, 1]))));
    expect(shown.map(({ place }) => place)).toEqual(['title', 'stage', 'lecture', 'stage', 'stage']);
  });

  it('does not list a group that holds nothing but its texts', () => {
    const words = [figure('VGroup', [0, 0, 2, 1]), text('x', [0, 0, 1, 1], { parent: 0 })];
    const shown = (more: typeof words) => visibleOf(sampleOf([...words, ...more])).map(({ kind }) => kind);
    expect(shown([text('y', [1, 0, 2, 1], { parent: 0 })])).toEqual(['text', 'text']);
    expect(shown([])).toEqual(['loose', 'text']);
  });

  it('takes a part for that of the group before it, whichever ids are used twice', () => {
    const objects = [
      figure('VGroup', [-7, 0, -2, 2], { name: 'self.lecture' }),
      text('row', [-7, 0, -2, 1], { parent: 0 }),
      figure('VGroup', [0, 0, 5, 2], { name: 'labels' }),
      text('label', [0, 0, 1, 1], { parent: 0 }),
    ].map((object, id) => ({ ...object, id: id === 2 ? 0 : id }));
    const sample = { ...sampleOf([]), objects };
    expect(visibleOf(sample).map(({ place, parent }) => [place, parent])).toEqual([
      ['lecture', null],
      ['lecture', 0],
      ['stage', null],
      ['stage', 2],
    ]);
  });
});

describe('off the frame', () => {
  const outside = (...objects: Parameters<typeof sampleOf>[0]) =>
    offFrame(sampleOf(objects)).map(({ entry, share }) => [
      entry.object.name,
      Math.round(share * 1000) / 1000,
    ]);

  it('is what sticks out, by the share that does, a line by its length', () => {
    expect(outside(text('long', [6.111, 0, 8.111, 0.4]))).toEqual([['long', 0.5]]);
    expect(outside(figure('Line', [0, 3, 0, 5]))).toEqual([['line', 0.5]]);
    expect(outside(text('gone', [9, 0, 10, 1]))).toEqual([['gone', 1]]);
    expect(outside(text('in', [6, 0, 7.1, 1]))).toEqual([]);
  });

  it('is no background that fills the frame, but a text is', () => {
    expect(outside(figure('Rectangle', [-8, -5, 8, 5]))).toEqual([]);
    expect(outside(text('huge', [-8, -5, 8, 5]))).toHaveLength(1);
  });
});

describe('the smallest text', () => {
  const px = (said: string, height: number, more = {}) => {
    const sample = sampleOf([text(said, [0, 0, 3, height], { name: 'label', text: said, ...more })]);
    return Math.round((smallestText(sample)?.px ?? Number.NaN) * 10) / 10;
  };

  it('is measured from ascender to descender, whichever letters it has', () => {
    // Boxes that Pango gives for DejaVu Sans at one size.
    expect(px('dog', 0.322)).toBeCloseTo(19.3, 0);
    expect(px('28', 0.252)).toBeCloseTo(19.8, 0);
    expect(px('nun', 0.182)).toBeCloseTo(19.9, 0);
  });

  it('looks through line breaks and turned text, and does not read dashes', () => {
    expect(px('one\ndog', 0.58)).toBeCloseTo(19.3, 0);
    const turned = sampleOf([text('label', [0, 0, 0.322, 3], { text: 'upward' })]).objects[0];
    expect(turned && textPx(turned, sampleOf([]))).toBeCloseTo(19.3, 0);
    expect(px('-', 0.02)).toBe(Number.NaN);
    expect(px('\\alpha', 0.165, { class: 'MathTex' })).toBeCloseTo(18, 0);
  });

  it('grows when the camera comes nearer', () => {
    const sample = sampleOf([text('dog', [0, 0, 1, 0.1])]);
    const near = { ...sample, frame: [-1.7775, -1, 1.7775, 1] as [number, number, number, number] };
    expect(smallestText(near)?.px).toBeCloseTo((smallestText(sample)?.px ?? 0) * 4);
  });
});

it('a lecture line is covered by the part of it that a stage object lies over, and a frame around it is a highlight', () => {
  const line = text('self.lecture[0]', [-6, 0, -2, 0.4]);
  const covers = (object: ReturnType<typeof figure>) =>
    coveredLecture(sampleOf([line, object])).map(({ by, share }) => [by.object.name, share]);
  expect(covers(text('label', [-3, -1, 0, 1]))).toEqual([['label', 0.25]]);
  expect(covers(figure('SurroundingRectangle', [-6.1, -0.1, -1.9, 0.5]))).toEqual([]);
  expect(covers(text('label', [-1, 0, 0, 1]))).toEqual([]);
});

it('the largest empty rectangle of an area is found', () => {
  const area = [0, 0, 6, 6] as const;
  expect(emptyRegion(sampleOf([]), area)).toEqual({ box: [0, 0, 6, 6], share: 1 });
  const half = emptyRegion(sampleOf([figure('Square', [0, 0, 2.9, 2.9])]), area);
  expect(half).toEqual({ box: [0, 3, 6, 6], share: 0.5 });
  expect(emptyRegion(sampleOf([figure('Square', [0, 0, 6, 6])]), area)).toBeNull();
});

it('contrast follows WCAG, with opacity mixed into the ground, and only where the ground is known', () => {
  expect(contrastRatio('#ffffff', '#000000')).toBeCloseTo(21);
  expect(contrastRatio('#767676', '#ffffff')).toBeCloseTo(4.54, 1);
  expect(contrastRatio('#ffffff', '#000000', 0)).toBe(1);
  expect(contrastRatio('red', '#000000')).toBeNull();
  const faint = text('faint', [0, 0, 1, 1], { color: '#333333' });
  expect(lowestContrast(sampleOf([text('a', [2, 2, 3, 3]), faint]))?.entry.object.name).toBe('faint');
  expect(lowestContrast(sampleOf([figure('Square', [0, 0, 2, 2]), faint]))).toBeNull();
});
