import { placeIn, type TextFile } from '../import/text.ts';
import type { Anomaly } from '../schema.ts';
import type { QuizEntry } from './quiz-file.ts';

/** Text that shows an escape of JSON or Python instead of its character. */
const literalEscape = /\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}/;

/** Two backslashes where LaTeX wants one. */
const doubledBackslash = /\\\\/;

/** What is odd about the file of questions, left as it is. */
export function anomaliesOfQuizzes(file: TextFile, quizzes: readonly QuizEntry[]): Anomaly[] {
  const texts = quizzes.flatMap(({ title, questions }) =>
    questions.map(({ where, stem, options }, i) => ({
      where,
      text: [stem, ...options].join('\n'),
      name: `${title}, question ${i + 1},`,
    })),
  );
  const having = (kind: string, pattern: RegExp, what: string): Anomaly[] =>
    texts
      .filter(({ text }) => pattern.test(text))
      .map(({ where, name, text }) => ({
        kind,
        where,
        message: `${name} holds ${what} ${pattern.exec(text)?.[0]} as text`,
      }));
  return [
    ...wrongCount(file, quizzes),
    ...having('literal_escape', literalEscape, 'the escape'),
    ...having('doubled_backslash', doubledBackslash, 'the doubled backslash'),
  ];
}

function wrongCount(file: TextFile, quizzes: readonly QuizEntry[]): Anomaly[] {
  const promised = Number(/_(\d+)\.json$/.exec(file.path)?.[1] ?? Number.NaN);
  const counts = [...new Set(quizzes.map(({ questions }) => questions.length))].sort((a, b) => a - b);
  if (Number.isNaN(promised) || counts.every((count) => count === promised)) return [];
  const message = `the file's name says ${promised} questions for each topic, it holds ${counts.join(' or ')}`;
  return [{ kind: 'fewer_questions', where: placeIn(file, 0), message }];
}
