import { points, share, text } from '../columns.ts';
import type { AnswerResult, Evidence } from '../evidence.ts';
import type { Table } from '../table.ts';
import { armNames } from './arms.ts';
import { armAnswers, type Readings } from './readings.ts';

/** Share of right answers among the questions whose key stands at each letter; `null` for letters without any. */
export function recallByLetter(answers: readonly AnswerResult[]): Map<string, number> {
  const groups = Map.groupBy(answers, ({ key }) => key);
  return new Map(
    [...groups]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([letter, own]) => [letter, own.filter(({ correct }) => correct).length / own.length]),
  );
}

/** Standard deviation of the recalls: 0 for a student to whom the place says nothing (RStd; Zheng et al. 2024, arXiv 2309.03882). */
export function recallSpread(answers: readonly AnswerResult[]): number | null {
  const recalls = [...recallByLetter(answers).values()];
  if (recalls.length < 2) return null;
  const mean = recalls.reduce((a, b) => a + b, 0) / recalls.length;
  return Math.sqrt(recalls.reduce((sum, one) => sum + (one - mean) ** 2, 0) / recalls.length);
}

/** Does the place of the right option matter to a student? */
export function letterTable(evidence: Evidence, readings: Readings): Table {
  const arms = armNames.filter((arm) => readings.arms.includes(arm));
  const of = (student: string, arm: string) =>
    readings.all(student, arm).flatMap((one) => armAnswers([one]) ?? []);
  const letters = [
    ...new Set(
      readings.students.flatMap((student) => arms.flatMap((arm) => of(student, arm).map(({ key }) => key))),
    ),
  ].sort();
  return {
    id: 'teachquiz-letters',
    title: 'Recall by letter',
    detail: true,
    caption:
      'Share of right answers among the questions whose right option stands at each letter, and their spread. A student that prefers a letter is right there more often than elsewhere.',
    columns: [
      text('student', 'Student'),
      text('arm', 'Arm'),
      ...letters.map((letter) => share(letter, letter, `questions whose right option is ${letter} as shown`)),
      points('spread', 'Spread', 'standard deviation over letters'),
    ],
    rows:
      evidence.methods.length === 0
        ? []
        : readings.students.flatMap((student) =>
            arms.map((arm) => {
              const answers = of(student, arm);
              const recalls = recallByLetter(answers);
              const scripted = readings.isScripted(student) ? { scripted: true } : {};
              const count = (letter: string) => answers.filter(({ key }) => key === letter).length;
              return {
                ...{ methodId: null, label: student },
                figures: {
                  student: { value: student, n: null },
                  arm: { value: arm.replace('_', ' '), n: null },
                  ...Object.fromEntries(
                    letters.map((letter) => [
                      letter,
                      { value: recalls.get(letter) ?? null, n: count(letter), ...scripted },
                    ]),
                  ),
                  spread: { value: recallSpread(answers), n: answers.length, ...scripted },
                },
              };
            }),
          ),
  };
}
