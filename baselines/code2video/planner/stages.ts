import { isPlausible, isSearchable, limits, outlineViolations, storyboardViolations } from './contract.ts';
import { inOrder, withIds } from './ids.ts';
import type { Reader } from './read.ts';
import {
  forms,
  type Outline,
  outlineSchema,
  type Storyboard,
  type StorySection,
  storyboardSchema,
} from './schemas.ts';

/** Outlines: what the model called its sections is mended, and said. */
export const outlineReader: Reader<Outline, Outline> = {
  schema: outlineSchema,
  form: forms.outline,
  check: (raw) => {
    const { sections, odd } = withIds(raw.sections);
    const value = { ...raw, sections };
    return { value, broken: outlineViolations(value, odd) };
  },
};

/** Storyboards of an outline, in its order; `null` for one that a person edited, which stands as it was left. */
export function storyboardReader(outline: Outline | null): Reader<Storyboard, Storyboard> {
  return {
    schema: storyboardSchema,
    form: forms.storyboard,
    check: (raw) => {
      const { odd } = withIds(raw.sections);
      const { sections } = withIds(outline === null ? raw.sections : inOrder(raw.sections));
      const broken = storyboardViolations({ sections }, odd, outline);
      return { value: { sections: withinAssets(sections.map(withoutOddDuration)) }, broken };
    },
  };
}

/** How long a section cannot last is left to the coder. */
function withoutOddDuration({ durationS, ...section }: StorySection): StorySection {
  return durationS === undefined || !isPlausible(durationS) ? section : { ...section, durationS };
}

/** The first assets of the plan that can be looked for, as many as it may have; nothing else of a section is touched. */
function withinAssets(sections: Storyboard['sections']): Storyboard['sections'] {
  let left: number = limits.assets;
  return sections.map(({ assets, ...section }) => {
    const kept = (assets ?? []).filter(isSearchable).slice(0, Math.min(left, limits.assetsPerSection));
    left -= kept.length;
    return kept.length > 0 ? { ...section, assets: kept } : section;
  });
}
