import type { Asset, Outline, Storyboard, StorySection } from './schemas.ts';

/** A rule of the plan that is broken, and by how much. */
export interface Violation {
  rule: string;
  /** Id of the section, and the lecture line in it from 1, where the rule is about one. */
  section?: string;
  line?: number;
  found: number | string;
  allowed: number | string;
}

/** The numbers of the contract (paper section 4.1 and its released settings). */
export const limits = {
  sections: { least: 2, most: 10 },
  keySections: 3,
  linesOfKeySection: { least: 4, most: 5 },
  lines: 3,
  wordsPerLine: 10,
  /** For languages without spaces between words. */
  charactersPerLine: 24,
  sectionS: { least: 5, most: 120 },
  assetsPerSection: 2,
  assets: 4,
  charactersPerAsset: 40,
} as const;

/** What an outline breaks; its form was checked before. `ids`: as the model wrote them, where they were odd. */
export function outlineViolations(outline: Outline, odd: readonly string[]): Violation[] {
  return [...countOfSections(outline.sections.length), ...oddIds(odd), ...sameTitles(outline.sections)];
}

/** What a storyboard breaks, beside the outline that it was made from (`null`: a person edited it). */
export function storyboardViolations(
  { sections }: Storyboard,
  odd: readonly string[],
  outline: Outline | null,
): Violation[] {
  const planned = outline?.sections.length ?? sections.length;
  return [
    ...(sections.length === planned
      ? []
      : [{ rule: sectionCount, found: sections.length, allowed: planned }]),
    ...oddIds(odd),
    ...keySections(sections),
    ...sections.flatMap(sectionViolations),
    ...sections.flatMap(assetNames),
    ...tooManyAssets(sections),
  ];
}

const sectionCount = 'as_many_sections_as_the_outline';

/** Do these say that sections of the outline were lost, or others made up? No line is as much amiss as that. */
export function changesSections(broken: readonly Violation[]): boolean {
  return broken.some(({ rule }) => rule === sectionCount);
}

function countOfSections(found: number): Violation[] {
  const { least, most } = limits.sections;
  return found >= least && found <= most
    ? []
    : [{ rule: 'number_of_sections', found, allowed: `${least} to ${most}` }];
}

function oddIds(odd: readonly string[]): Violation[] {
  return odd.map((id) => ({
    rule: 'ids_in_order',
    found: id.slice(0, 80),
    allowed: 'section_1, section_2, …',
  }));
}

function sameTitles(sections: readonly { id: string; title: string }[]): Violation[] {
  const seen = new Set<string>();
  return sections.flatMap(({ id: section, title }) => {
    const again = seen.has(title.toLowerCase());
    seen.add(title.toLowerCase());
    return again ? [{ rule: 'titles_differ', section, found: title, allowed: 'a title of its own' }] : [];
  });
}

function keySections(sections: readonly StorySection[]): Violation[] {
  const found = sections.filter(({ lectureLines }) => lectureLines.length > limits.lines).length;
  return found > limits.keySections ? [{ rule: 'key_sections', found, allowed: limits.keySections }] : [];
}

function sectionViolations(section: StorySection): Violation[] {
  const { id, lectureLines, durationS } = section;
  const { least, most } = limits.linesOfKeySection;
  const count = lectureLines.length;
  const lines =
    count === limits.lines || (count >= least && count <= most)
      ? []
      : [
          {
            rule: 'lecture_lines',
            section: id,
            found: count,
            allowed: `${limits.lines}, in a key section ${least} or ${most}`,
          },
        ];
  const { sectionS } = limits;
  const duration =
    durationS === undefined || isPlausible(durationS)
      ? []
      : [
          {
            rule: 'duration_s',
            section: id,
            found: durationS,
            allowed: `${sectionS.least} to ${sectionS.most}`,
          },
        ];
  return [
    ...lines,
    ...duration,
    ...lectureLines.flatMap((line, i) => lengthOf(line, id, i + 1)),
    ...colours(section),
  ];
}

/** Can a section last so many seconds? */
export function isPlausible(durationS: number): boolean {
  return durationS >= limits.sectionS.least && durationS <= limits.sectionS.most;
}

/** Scripts that put no spaces between words: their lines are counted in characters. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Lines are counted in words; where most letters belong to a script without spaces, in characters. */
export function lengthOf(line: string, section: string, number: number): Violation[] {
  const letters = line.match(/\p{L}/gu)?.length ?? 0;
  const inCharacters = (line.match(unspaced)?.length ?? 0) * 2 > letters;
  const [rule, found, allowed] = inCharacters
    ? (['characters_per_line', charactersOf(line.replace(/\s/g, '')), limits.charactersPerLine] as const)
    : (['words_per_line', wordsOf(line), limits.wordsPerLine] as const);
  return found > allowed ? [{ rule, section, line: number, found, allowed }] : [];
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });

const charactersOf = (line: string) => [...graphemes.segment(line)].length;
/** A compound with hyphens is read as one word, and is one here. */
const wordsOf = (line: string) =>
  [...words.segment(line.replace(/(?<=\p{L})[-‐‑](?=\p{L})/gu, ''))].filter((part) => part.isWordLike).length;

/** A colour code has six digits; words for colours are left to the coder. */
function colours({ id: section, animations }: StorySection): Violation[] {
  return animations.flatMap((animation, i) =>
    [...animation.matchAll(/#[\da-z]+/gi)]
      .filter(
        ([code]) => /^#[\da-f]*$/i.test(code) && /[a-f\d]{3}/i.test(code) && !/^#[\da-f]{6}$/i.test(code),
      )
      .map(([code]) => ({ rule: 'colour_code', section, line: i + 1, found: code, allowed: '#RRGGBB' })),
  );
}

/** An icon that can be looked for: some plain words. */
export function isSearchable({ name }: Asset): boolean {
  return name !== '' && name.length <= limits.charactersPerAsset;
}

function assetNames({ id: section, assets = [] }: StorySection): Violation[] {
  return assets
    .filter((asset) => !isSearchable(asset))
    .map(({ name }) => ({
      rule: 'asset_name',
      section,
      found: name.slice(0, 80),
      allowed: `1 to ${limits.charactersPerAsset} characters`,
    }));
}

function tooManyAssets(sections: readonly StorySection[]): Violation[] {
  const counts = sections.map(({ id, assets = [] }) => ({ section: id, found: assets.length }));
  const all = counts.reduce((sum, { found }) => sum + found, 0);
  return [
    ...counts
      .filter(({ found }) => found > limits.assetsPerSection)
      .map((count) => ({ rule: 'assets_of_a_section', ...count, allowed: limits.assetsPerSection })),
    ...(all > limits.assets ? [{ rule: 'assets', found: all, allowed: limits.assets }] : []),
  ];
}

/** A violation in words, for the planner: `section_2, line 3: words_per_line is 14, allowed 10`. */
export function sayViolation({ rule, section, line, found, allowed }: Violation): string {
  const place = [section, line === undefined ? undefined : `line ${line}`].filter(
    (part) => part !== undefined,
  );
  return `${place.length > 0 ? `${place.join(', ')}: ` : ''}${rule} is ${JSON.stringify(found)}, allowed ${allowed}`;
}
