/** A question as a student is shown it: the words of the stem, and each option by its letter. */
export interface ShownQuestion {
  stem: string;
  options: readonly { letter: string; text: string }[];
}

/**
 * Finds the last question in a request's text: a line `Question: …` and below it one line `A) …` per option, letters in
 * order from A. `null` when there is no question or fewer than two options.
 */
export function findQuestion(text: string): ShownQuestion | null {
  const lines = text.split('\n').map((line) => line.trim());
  const start = lines.findLastIndex((line) => line.startsWith('Question: '));
  if (start === -1) return null;
  const options: { letter: string; text: string }[] = [];
  for (const line of lines.slice(start + 1)) {
    const letter = String.fromCharCode(65 + options.length);
    if (line.startsWith(`${letter}) `)) options.push({ letter, text: line.slice(3).trim() });
  }
  return options.length < 2 ? null : { stem: (lines[start] ?? '').slice('Question: '.length), options };
}
