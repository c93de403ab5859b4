import type { AnswerResult, CellResult, Evidence, MeasurementResult } from '../evidence.ts';
import { mean } from '../means.ts';

type Owner = Pick<CellResult, 'id' | 'topicId' | 'methodId' | 'repeat'>;

/** TeachQuiz's measurements by where they belong: one student, one arm, one topic, one cell or none. */
export class Readings {
  readonly students: readonly string[];
  readonly arms: readonly string[];
  readonly #measurements: readonly MeasurementResult[];
  readonly #arms: Map<string, MeasurementResult[]>;

  constructor(evidence: Evidence) {
    const mine = evidence.measurements.filter((m) => m.metric === 'teachquiz');
    const owners = new Map(evidence.cells.map((cell) => [cell.id, cell]));
    this.#measurements = mine;
    this.students = [...new Set(mine.map(({ endpoint }) => endpoint))];
    this.arms = [...new Set(mine.flatMap(({ arm }) => arm ?? []))];
    this.#arms = Map.groupBy(mine, ({ endpoint, arm, topicId, cellId }) => {
      const shown = owners.get(cellId ?? '');
      // The video is another cell's, the quiz that of the cell to which the arm belongs.
      const other = arm === 'other_topic' && shown !== undefined;
      return keyOf(endpoint, arm ?? '', topicId, other ? `${shown.methodId}/${shown.repeat}` : cellId);
    });
  }

  /** The measurements of a cell's arm, one for each order; those without a method's part are every cell's. */
  of(student: string, arm: string, cell: Owner): readonly MeasurementResult[] {
    const at = arm === 'other_topic' ? `${cell.methodId}/${cell.repeat}` : cell.id;
    return this.#arms.get(keyOf(student, arm, cell.topicId, at)) ?? this.shared(student, arm, cell.topicId);
  }

  /** Those of an arm that no method has a hand in. */
  shared(student: string, arm: string, topicId: string): readonly MeasurementResult[] {
    return this.#arms.get(keyOf(student, arm, topicId, null)) ?? [];
  }

  /** All of an arm, whatever topic and cell. */
  all(student: string, arm: string): readonly MeasurementResult[] {
    return this.#measurements.filter((m) => m.endpoint === student && m.arm === arm);
  }

  /** Does an offline endpoint answer as this student? It shows in the arms that no method has a hand in. */
  isScripted(student: string): boolean {
    return this.#measurements.some((m) => m.endpoint === student && m.cellId === null && m.scripted);
  }
}

const keyOf = (student: string, arm: string, topicId: string, cellId: string | null) =>
  [student, arm, topicId, cellId ?? ''].join('\n');

/** Accuracy of one measurement in [0, 1]; `null` unless each of its questions has a reading. Abstain and invalid are wrong. */
export function accuracy(measurement: MeasurementResult | undefined): number | null {
  if (measurement === undefined || measurement.answers.length === 0) return null;
  if (measurement.answers.some((answer) => answer.reading === null)) return null;
  return mean(measurement.answers.map((answer) => (answer.correct ? 1 : 0)));
}

/** Accuracy of an arm over its orders; `null` unless all of them are known. */
export function armAccuracy(orders: readonly MeasurementResult[]): number | null {
  const known = orders.map(accuracy);
  return known.length === 0 || known.some((one) => one === null)
    ? null
    : mean(known.flatMap((one) => one ?? []));
}

/** The answers of an arm over its orders; `null` unless each question has a reading in each. */
export function armAnswers(orders: readonly MeasurementResult[]): readonly AnswerResult[] | null {
  return armAccuracy(orders) === null ? null : orders.flatMap(({ answers }) => answers);
}

/** Share of the answers that are of a kind; `null` for an arm that is not known. */
export function shareOf(orders: readonly MeasurementResult[], kind: 'abstain' | 'invalid'): number | null {
  const answers = armAnswers(orders);
  return answers && mean(answers.map(({ reading }) => Number(reading?.kind === kind)));
}
