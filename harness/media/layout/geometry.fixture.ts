import type { Geometry } from '../../render/geometry.ts';
import type { Box } from './box.ts';
import type { Placed, Sample } from './visible.ts';

/** A frame of Manim's size. */
export const frame: [number, number, number, number] = [-7.111, -4, 7.111, 4];

const square = ([left, bottom, right, top]: Box): Placed['box'] => [left, bottom, right, top];

/** A text of a sample; its id is the place that `sampleOf` gives it. */
export function text(name: string, box: Box, more: Partial<Placed> = {}): Omit<Placed, 'id'> {
  return { name, class: 'Text', box: square(box), opacity: 1, color: '#f4f1e8', text: name, ...more };
}

/** A figure of a sample. */
export function figure(className: string, box: Box, more: Partial<Placed> = {}): Omit<Placed, 'id'> {
  return { name: className.toLowerCase(), class: className, box: square(box), opacity: 1, ...more };
}

/** The end of an animation at which these stand; ids count from 0, so that `parent` can name them. */
export function sampleOf(objects: readonly Omit<Placed, 'id'>[], timeS = 1): Sample {
  const placed = objects.map((object, id) => ({ id, ...object }));
  return { timeS, animation: 0, phase: 'end', frame, objects: placed };
}

/** A render with these samples. */
export function geometryOf(...samples: Sample[]): Geometry {
  return { codeSha256: '0'.repeat(64), truncated: false, problems: [], samples };
}
