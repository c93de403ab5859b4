import { Random } from '../statistics/random.ts';
import type { HabitItem } from './habits.ts';

export interface Cheat {
  /** What the student does in place of thinking. */
  pick: (item: Omit<HabitItem, 'chosen'>) => number | null;
  /** On which share of the questions. */
  dose: number;
}

/**
 * An honest student knows some questions, abstains on some, and falls for distractors by their content (one of them may be much the strongest),
 * with a slight liking for a letter and for long options as real models have; a cheat replaces some of that.
 */
export function simulateStudent(seed: number, cheat?: Cheat, topics = 40): HabitItem[] {
  const random = new Random(seed);
  const ability = 0.3 + 0.6 * random.unit();
  const abstains = 0.4 * random.unit();
  const likedLetter = random.index(4);
  const liking = 0.04 * random.unit();
  return Array.from({ length: topics * 5 }, (_, q): HabitItem[] => {
    const lengths = Array.from({ length: 4 }, () => 10 + random.index(60));
    // Contents 0 to 3; 0 is right. The strength of a distractor goes with the question.
    const strengths = [0, random.unit() ** 3, random.unit() ** 3, random.unit() ** 3];
    const knows = random.unit() < ability;
    const gives = random.unit();
    const cheats = cheat !== undefined && random.unit() < cheat.dose;
    return [0, 1].map(() => {
      const order = random.shuffled([0, 1, 2, 3]);
      const shown = {
        question: `q${q}`,
        key: order.indexOf(0),
        lengths: order.map((content) => lengths[content] ?? 0),
      };
      if (cheats) return { ...shown, chosen: cheat.pick(shown) };
      if (random.unit() < liking) return { ...shown, chosen: likedLetter };
      if (knows) return { ...shown, chosen: shown.key };
      if (gives < abstains) return { ...shown, chosen: null };
      return { ...shown, chosen: order.indexOf(drawn(strengths, random)) };
    });
  }).flat();
}

function drawn(weights: readonly number[], random: Random): number {
  let left = random.unit() * weights.reduce((a, b) => a + b, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return 1;
}
