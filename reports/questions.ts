/** Answers of all arms and students gathered by question. */
import type { AnswerResult, CellResult, MeasurementResult, MethodResult } from '../metrics/evidence.ts';
import type { Results } from './results.ts';
import { hasRepeats, measuredMethod } from './view.ts';
import { armWords, type Mark, markOf } from './words.ts';

/** One arm of one student on one topic. */
export interface ArmView {
  measurement: MeasurementResult;
  /** The method whose video was shown; `null` for arms without one. */
  method: MethodResult | null;
  cell: CellResult | null;
  /** `Baseline`, `Code2Video`, `Code2Video, repeat 2`. */
  label: string;
}

/** Does a measurement ask the questions of a quiz? */
export const asksQuiz = ({ metric, arm }: MeasurementResult) =>
  metric === 'teachquiz' && arm !== 'forgetting';

/** Arms in the order baseline and the like, then methods as the report orders them. */
export function armsOf(results: Results, topicId: string): ArmView[] {
  const order = (view: ArmView) => (view.method === null ? -1 : results.methods.indexOf(view.method));
  return results.measurements
    .filter((m) => m.topicId === topicId && asksQuiz(m))
    .map((measurement): ArmView => {
      const cell = measuredMethod(results, measurement) ?? null;
      const method = results.methods.find((m) => m.id === cell?.methodId) ?? null;
      return { measurement, method, cell, label: labelOf(results, measurement, method, cell) };
    })
    .sort((a, b) => order(a) - order(b));
}

function labelOf(
  results: Results,
  measurement: MeasurementResult,
  method: MethodResult | null,
  cell: CellResult | null,
): string {
  // `seed-2`: the second shuffle of the options.
  const order = /^seed-(\d+)$/.exec(measurement.order ?? '')?.[1];
  const arm = `${armWords(measurement.arm ?? measurement.metric)}${order === undefined ? '' : `, order ${order}`}`;
  if (method === null || cell === null) return arm;
  const arms = new Set(
    results.measurements.filter((m) => m.cellId !== null && asksQuiz(m)).map((m) => m.arm),
  );
  const parts = [method.label];
  if (arms.size > 1 || order !== undefined) parts.push(arm.toLowerCase());
  if (hasRepeats(results)) parts.push(`repeat ${cell.repeat + 1}`);
  return parts.join(', ');
}

export interface QuestionView {
  id: string;
  stem: string;
  /** As the first arm showed them; an arm that showed another order says so by `sameOrder`. */
  options: readonly string[];
  key: string;
  needs: AnswerResult['needs'];
  answers: { arm: ArmView; answer: AnswerResult; sameOrder: boolean }[];
}

/** Questions in the order first shown, each with every answer that was given to it. */
export function questionsOf(arms: readonly ArmView[]): QuestionView[] {
  const questions = new Map<string, QuestionView>();
  for (const arm of arms)
    for (const answer of arm.measurement.answers) {
      const { stem, options, key, needs } = answer;
      const question = questions.get(answer.questionId) ?? {
        id: answer.questionId,
        stem,
        options,
        key,
        needs,
        answers: [],
      };
      questions.set(answer.questionId, question);
      const sameOrder =
        options.length === question.options.length && options.every((o, i) => o === question.options[i]);
      question.answers.push({ arm, answer, sameOrder });
    }
  return [...questions.values()];
}

/** Answers of one arm by how they count. */
export function tally(answers: readonly AnswerResult[]): Record<Mark, number> {
  const counts = { right: 0, wrong: 0, abstained: 0, invalid: 0, none: 0 };
  for (const answer of answers) counts[markOf(answer)] += 1;
  return counts;
}

/** The option that a letter of an answer stands for, in the order that arm showed. */
export function optionAt(options: readonly string[], letter: string): string | undefined {
  return options[letter.charCodeAt(0) - 65];
}
