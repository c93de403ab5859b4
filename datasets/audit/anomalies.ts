import type { Anomaly, Question } from '../schema.ts';
import type { Audit, Located } from './audit-schema.ts';
import { sourcePatterns } from './outside-source.ts';
import { type Finding, notationCounts, textRules } from './text.ts';

/** All anomalies with their places, and counts by kind, those of text rules that found nothing too. */
export function gatherAnomalies(
  questions: readonly Question[],
  findings: readonly Finding[],
  met: readonly Anomaly[],
): Audit['anomalies'] {
  // What the audit looks for itself, it counts itself: once, and as this view has it.
  const own = new Set([...textRules.map(({ kind }) => kind), 'empty_quiz']);
  if (findings.some(({ kind }) => kind === 'lying_extension')) own.add('lying_extension');
  const list: Located[] = [
    ...findings.map((finding) => ({ ...finding, where: whereOf(finding) })),
    ...met
      .filter(({ kind }) => !own.has(kind))
      .map((anomaly) => ({ ...anomaly, topic: null, question: null, id: null })),
  ];
  const kinds = new Set([...textRules.map(({ kind }) => kind), ...list.map(({ kind }) => kind)]);
  const notations = notationCounts(questions);
  return {
    counts: [...kinds].map((kind) => {
      const rule = textRules.find((known) => known.kind === kind);
      return {
        kind,
        count: list.filter((found) => found.kind === kind).length,
        rule: rule?.rule ?? otherRules[kind] ?? 'met by the import',
        informative: rule?.informative ?? false,
      };
    }),
    outsideSources: sourcePatterns.map(({ name, pattern }) => ({
      pattern: name,
      count: questions.filter(({ stem }) => pattern.test(stem)).length,
    })),
    notations,
    mixesNotations: notations.filter((found) => found.questions > 0).length > 1,
    list,
  };
}

const otherRules: Readonly<Record<string, string>> = {
  empty_quiz: 'a topic without a question',
  missing_media: 'a file that the dataset names is not there',
  changed_media: 'a file has not the hash that the dataset states',
  unreadable_media: 'a file that the dataset names cannot be read',
  lying_extension: 'the bytes are of another type than the extension says',
};

function whereOf({ topic, question }: Finding): string {
  return question === null ? `${topic}` : `${topic} question ${question}`;
}
