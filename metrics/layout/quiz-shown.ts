import type { Screen } from '../../harness/media/screens.ts';

/** Stems of fewer words may stand in any lesson. */
const leastWords = 6;
/** So much of a stem's runs of three words must stand on one frame, the first among them: a lesson may well say the rest. */
const leastShare = 0.8;

/** The questions that stand on a video's frames, word for word as far as OCR can tell. Short stems cannot be told. */
export function questionsShown(quiz: readonly { stem: string }[], screens: readonly Screen[]): string[] {
  const frames = screens.map(({ words }) => runsOf(words.map(({ text }) => text).join(' ')));
  return quiz.flatMap(({ stem }) => {
    const own = [...runsOf(stem)];
    const [first = ''] = own;
    if (own.length < leastWords - 2) return [];
    const shown = frames.some(
      (frame) => frame.has(first) && own.filter((run) => frame.has(run)).length >= leastShare * own.length,
    );
    return shown ? [stem] : [];
  });
}

/** Three words that follow one another, wherever. */
function runsOf(text: string): Set<string> {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return new Set(words.slice(2).map((word, i) => `${words[i]} ${words[i + 1]} ${word}`));
}
