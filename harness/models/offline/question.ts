/** A question as a student is shown it: the words of the stem, and each option by its letter. */
export interface ShownQuestion {
  stem: string;
  options: readonly { letter: string; text: string }[];
}

/**
 * Finds the questions in a request's text: each a line `Question: …` and below it, up to the next one, a line `A) …` per
 * option, letters in order from A. What has fewer than two options is no question.
 */
export function findQuestions(text: string): ShownQuestion[] {
  const lines = text.split('\n').map((line) => line.trim());
  const starts = lines.flatMap((line, at) => (line.startsWith('Question: ') ? [at] : []));
  return starts.flatMap((start, i) => {
    const options: { letter: string; text: string }[] = [];
    for (const line of lines.slice(start + 1, starts[i + 1])) {
      const letter = String.fromCharCode(65 + options.length);
      if (line.startsWith(`${letter}) `)) options.push({ letter, text: line.slice(3).trim() });
    }
    return options.length < 2 ? [] : [{ stem: (lines[start] ?? '').slice('Question: '.length), options }];
  });
}

/** The last question of a text; `null` when there is none. */
export const findQuestion = (text: string): ShownQuestion | null => findQuestions(text).at(-1) ?? null;

/** Were the questions asked together, each under its number? */
export const isNumbered = (text: string): boolean => /^\s*Number 1\s*$/m.test(text);
