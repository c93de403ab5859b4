import { sharedArea } from './box.ts';
import { type Sample, type Visible, visibleOf } from './visible.ts';

/** Ground of a teaching scene. */
export const ground = '#000000';

/** What is fainter than this was dimmed on purpose, and shows nothing to a viewer who looks for it. */
export const dimmed = 0.3;

/** WCAG 2.2, success criterion 1.4.3: the least ratio for large text. */
export const leastContrast = 3;

/** The linear light of a channel in [0, 1] of sRGB (WCAG 2.2, relative luminance). */
export const linear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

function channels(color: string): [number, number, number] | null {
  const [, r, g, b] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color) ?? [];
  if (r === undefined || g === undefined || b === undefined) return null;
  return [Number.parseInt(r, 16) / 255, Number.parseInt(g, 16) / 255, Number.parseInt(b, 16) / 255];
}

const luminance = ([r, g, b]: [number, number, number]) =>
  0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/** WCAG contrast ratio of `#rrggbb` at an opacity over a ground, 1-21; `null` for other spellings of colours. */
export function contrastRatio(color: string, ground: string, opacity = 1): number | null {
  const [front, back] = [channels(color), channels(ground)];
  if (front === null || back === null) return null;
  const mixed = (index: 0 | 1 | 2) => front[index] * opacity + back[index] * (1 - opacity);
  const [one, two] = [luminance([mixed(0), mixed(1), mixed(2)]), luminance(back)];
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}

/**
 * The text that stands out least against the ground, where that can be known: texts with one known colour over no figure
 * (whether a figure is filled, the geometry does not say) that were not dimmed on purpose. `null` without such a text.
 */
export function lowestContrast(sample: Sample, behind = ground): { entry: Visible; ratio: number } | null {
  const visible = visibleOf(sample);
  let lowest: { entry: Visible; ratio: number } | null = null;
  for (const entry of visible) {
    const { color, opacity, box } = entry.object;
    if (entry.kind !== 'text' || color === undefined || opacity < dimmed) continue;
    const onFigure = visible.some(
      (other) => other.kind === 'solid' && other.index < entry.index && sharedArea(other.object.box, box) > 0,
    );
    const ratio = onFigure ? null : contrastRatio(color, behind, Math.min(1, opacity));
    if (ratio !== null && (lowest === null || ratio < lowest.ratio)) lowest = { entry, ratio };
  }
  return lowest;
}
