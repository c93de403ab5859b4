/** One answer of a student as the rules see it. */
export interface HabitItem {
  /** The same question asked again, in another arm, order or of another video, is no new evidence. */
  question: string;
  /** Place of the right option as shown, from 0. */
  key: number;
  /** Place of the chosen option; `null` for abstain and invalid. */
  chosen: number | null;
  /** Letters of each option as shown. */
  lengths: readonly number[];
}

/** How much more often than by chance wrong answers share something that has nothing to do with the question. */
export interface Habit {
  /** Share of the wrong answers beyond what chance explains, 0..1. */
  excess: number;
  /** Standard errors that it is above 0, by questions. */
  z: number;
  /** Questions with a wrong answer that count. */
  questions: number;
}

/** Wrong answers only: a right one is explained by knowing. `chance` of each wrong option is the same, for options are shuffled or rivals by content. */
function habitOf(
  items: readonly HabitItem[],
  picked: (item: HabitItem, place: number) => boolean,
): Habit | null {
  const byQuestion = new Map<string, number>();
  let answers = 0;
  for (const item of items) {
    if (item.chosen === null || item.chosen === item.key) continue;
    const wrong = item.lengths.map((_, place) => place).filter((place) => place !== item.key);
    const expected = wrong.filter((place) => picked(item, place)).length / wrong.length;
    // Where no wrong option has it, or all have, there is nothing to prefer.
    if (expected === 0 || expected === 1) continue;
    answers++;
    byQuestion.set(
      item.question,
      (byQuestion.get(item.question) ?? 0) + Number(picked(item, item.chosen)) - expected,
    );
  }
  const sums = [...byQuestion.values()];
  if (sums.length < 2) return null;
  const total = sums.reduce((a, b) => a + b, 0);
  const error = Math.sqrt(sums.reduce((sum, value) => sum + value * value, 0));
  return { excess: total / answers, z: error === 0 ? 0 : total / error, questions: sums.length };
}

/** The letter that wrong answers prefer most, with how much. `null` with fewer than two wrong answers. */
export function letterHabit(items: readonly HabitItem[]): (Habit & { letter: string }) | null {
  const most = Math.max(0, ...items.map(({ lengths }) => lengths.length));
  const habits = Array.from({ length: most }, (_, letter) => {
    const habit = habitOf(items, (_, place) => place === letter);
    return habit && { ...habit, letter: String.fromCharCode(65 + letter) };
  }).filter((habit) => habit !== null);
  return habits.reduce<(Habit & { letter: string }) | null>(
    (a, b) => (a === null || b.excess > a.excess ? b : a),
    null,
  );
}

/** How much wrong answers prefer the longest option, where it is wrong and longer than all others. */
export function longestHabit(items: readonly HabitItem[]): Habit | null {
  return habitOf(items, ({ lengths }, place) => {
    const longest = Math.max(...lengths);
    return lengths[place] === longest && lengths.filter((length) => length === longest).length === 1;
  });
}
