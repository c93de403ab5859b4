import { toDisk } from '../../harness/store/keys.ts';
import type { Dataset } from '../schema.ts';

/** The texts of topics.jsonl and questions.jsonl as a stored dataset has them, without media. */
export function exportJsonl({ topics }: Pick<Dataset, 'topics'>): { topics: string; questions: string } {
  const lines = (values: readonly unknown[]) =>
    values.map((value) => `${JSON.stringify(toDisk(value))}\n`).join('');
  return {
    topics: lines(topics.map(({ quiz: _, ...topic }) => topic)),
    questions: lines(topics.flatMap(({ id, quiz }) => quiz.map((question) => ({ topic: id, ...question })))),
  };
}
