/** The ids of n sections, in order: a model's own ids never become names of files or classes. */
export const sectionId = (index: number): string => `section_${index + 1}`;

/** The scene class of a section: `section_10` -> `Section10Scene`, `section_2a` -> `Section2AScene`. */
export function classNameOf(id: string): string {
  return `Section${id.replace(/^section_/, '').toUpperCase()}Scene`;
}

/** `Section 2`, `sec-2` and `section_02` mean the same section; `null` where an id tells none. */
export function numberIn(id: string): number | null {
  const number = /^\s*(?:section|sec|s|part)?[\s_.#-]*0*([1-9]\d?)\s*$/i.exec(id)?.[1];
  return number === undefined ? null : Number(number);
}

/** Sections whose ids tell the places 1 to n, each once, at these places; others as they stand. */
export function inOrder<T extends { id: string }>(sections: readonly T[]): T[] {
  const places = new Map(sections.map((section) => [numberIn(section.id), section]));
  const ordered = sections.flatMap((_, index) => places.get(index + 1) ?? []);
  return ordered.length === sections.length ? ordered : [...sections];
}

/**
 * Sections with safe, unique ids in their order, and what was wrong with the ids that the model gave: when each tells
 * its own place only their spelling is mended, else they are numbered as they stand.
 */
export function withIds<T extends { id: string }>(sections: readonly T[]): { sections: T[]; odd: string[] } {
  const odd = sections.filter(({ id }, index) => numberIn(id) !== index + 1).map(({ id }) => id);
  return { sections: sections.map((section, index) => ({ ...section, id: sectionId(index) })), odd };
}
