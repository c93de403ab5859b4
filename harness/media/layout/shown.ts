import { dimmed } from './contrast.ts';
import { type Sample, visibleOf } from './visible.ts';

/**
 * What the stage says, or title and lecture lines, in the order of appearance: each text as often as there are objects that
 * say it. Numbers count by how many digits they have, for a counter's depend on the moment; what is too faint to be read
 * says nothing.
 */
export function textsOf(samples: readonly Sample[], where: 'stage' | 'beside it'): string[] {
  const found = new Map<string, string>();
  for (const sample of samples)
    for (const { place, object } of visibleOf(sample)) {
      const said = essence(object.text ?? '');
      if ((place === 'stage') !== (where === 'stage') || said === '' || object.opacity < dimmed) continue;
      const key = `${object.id} ${said}`;
      if (!found.has(key)) found.set(key, object.text ?? '');
    }
  return [...found.values()];
}

/** Rows of title and lecture lines that can be read, at the moment when they are fewest; 0 without a sample. */
export function fewestRows(samples: readonly Sample[]): number {
  const rows = samples.map(
    (sample) =>
      visibleOf(sample).filter(
        ({ place, kind, object }) => place !== 'stage' && kind === 'text' && object.opacity >= dimmed,
      ).length,
  );
  return rows.length === 0 ? 0 : Math.min(...rows);
}

/**
 * The first text of a picture that another does not say; `undefined`: there is none. Letters and digits count, so that a
 * sentence may be broken into rows or into several texts, and a formula be set without spaces.
 */
export function lostText(before: readonly string[], after: readonly string[]): string | undefined {
  const given = after.map(essence);
  const missing = before.filter((text) => {
    const at = given.indexOf(essence(text));
    if (at >= 0) given.splice(at, 1);
    return at < 0;
  });
  const letters = [...given.join('')];
  return missing.find((text) => [...essence(text)].some((letter) => !take(letter, letters)));
}

/** Takes one such letter out of the list; `false` where there is none. */
function take(letter: string, letters: string[]): boolean {
  const at = letters.indexOf(letter);
  if (at >= 0) letters.splice(at, 1);
  return at >= 0;
}

/** Commands of TeX that only set what stands beside them. */
const setting = /\\(?:left|right|big|Big|quad|qquad|displaystyle|text|mathrm)(?![a-zA-Z])/g;

/** Letters, and `#` for each digit; the signs of a text that has neither. */
function essence(text: string): string {
  const plain = text.replace(setting, '').toLowerCase().replace(/\s/gu, '');
  const letters = plain.replace(/[^\p{L}\p{N}]/gu, '').replace(/\p{N}/gu, '#');
  return letters === '' ? plain : letters;
}
