import { contentHash } from '../identity.ts';
import type { Anomaly, Dataset, Question, Topic } from '../schema.ts';
import { gatherAnomalies } from './anomalies.ts';
import { type Audit, auditSchema } from './audit-schema.ts';
import { runBots } from './bots.ts';
import { clusterRule, clusterThreshold, clusterTopics, compareClusters } from './clusters.ts';
import { findCues, keyPattern, letterCounts, mean, optionLengths } from './cues.ts';
import { duplicateQuestions, duplicateRule, duplicateTitles } from './duplicates.ts';
import { gatesOf } from './gates.ts';
import { mediaFacts, mediaFindings } from './media.ts';
import { readRelated } from './related.ts';
import { textFindings } from './text.ts';

export { type Audit, auditSchema, auditToJson } from './audit-schema.ts';

/** A correction as far as the audit lists it. */
export interface KnownProblem {
  /** Ids. */
  topic: string;
  question: string;
  kind: string;
  wrong: string;
  evidence: string;
  /** `contentHash` of the question as it was when it was found wrong. */
  expects?: string;
}

/** What the audit is told besides the dataset. */
export interface AuditOptions {
  /** Known problems, such as wrong keys, from a corrections file. */
  corrections?: readonly KnownProblem[];
  /** What the import met. */
  anomalies?: readonly Anomaly[];
  /** Read and hash the media too (default: yes). */
  media?: boolean;
}

/**
 * Audits one view of a dataset: key letters, cues, bots, text, duplicates, related topics, media, gates. Counts only;
 * nothing is mended, and no model is asked. Throws `bad_related` (exit 2) for an unreadable list of related topics.
 */
export async function auditDataset(dataset: Dataset, options: AuditOptions = {}): Promise<Audit> {
  const { topics } = dataset;
  const questions = topics.flatMap(({ quiz }) => quiz);
  const all = letterCounts(questions);
  const first = letterCounts(topics.flatMap(({ quiz }) => quiz.slice(0, 1)));
  const media = options.media === false ? [] : await mediaFindings(dataset);
  const anomalies = gatherAnomalies(questions, [...textFindings(topics), ...media], options.anomalies ?? []);
  const bots = runBots(questions);
  const pairs = duplicateQuestions(topics);
  const answers = optionFacts(questions);
  return auditSchema.parse({
    schemaVersion: 1,
    dataset: dataset.name,
    view: dataset.view,
    version: dataset.version,
    topics: topics.length,
    questions: questions.length,
    letters: all.counts,
    firstLetters: first.counts,
    bots,
    cues: {
      letterTest: all.test,
      firstLetterTest: first.test,
      ...findCues(topics),
      keyPatterns: topics.map((topic) => ({ topic: topic.slug, keys: keyPattern(topic) })),
    },
    anomalies,
    corrections: knownProblems(topics, options.corrections ?? []),
    clusters: await clusterFacts(dataset),
    duplicates: { rule: duplicateRule, pairs, titles: duplicateTitles(topics) },
    options: answers,
    categories: countTopics(topics, ({ category }) => category).map(({ value, found }) => ({
      category: value,
      topics: found.length,
      questions: found.reduce((sum, { quiz }) => sum + quiz.length, 0),
    })),
    durations: durationFacts(topics),
    languages: countTopics(topics, ({ language }) => language).map(({ value, found }) => ({
      language: value,
      topics: found.length,
    })),
    media: mediaFacts(dataset),
    gates: gatesOf({
      questions: questions.length,
      chance: answers.chance ?? 0,
      letters: all.counts,
      bots,
      counts: new Map(anomalies.counts.map(({ kind, count }) => [kind, count])),
      duplicates: pairs,
    }),
  } satisfies Audit);
}

function knownProblems(topics: readonly Topic[], known: readonly KnownProblem[]): Audit['corrections'] {
  return known.map(({ topic: topicId, question: id, kind, wrong, evidence, expects }) => {
    const topic = topics.find((candidate) => candidate.id === topicId);
    const index = topic?.quiz.findIndex((question) => question.id === id) ?? -1;
    const question = topic?.quiz[index];
    const present =
      expects === undefined ? null : question !== undefined && contentHash(question) === expects;
    const number = index < 0 ? null : index + 1;
    return { topic: topic?.slug ?? topicId, question: number, id, kind, wrong, evidence, present };
  });
}

async function clusterFacts(dataset: Dataset): Promise<Audit['clusters']> {
  const { topics } = dataset;
  const groups = clusterTopics(topics).map((group) => group.flatMap((i) => topics[i] ?? []));
  const related = await readRelated(dataset);
  return {
    rule: clusterRule,
    threshold: clusterThreshold,
    groups: groups.map((group) => group.map(({ id, slug, title }) => ({ id, slug, title }))),
    distinct: topics.length - groups.reduce((sum, group) => sum + group.length - 1, 0),
    comparison:
      related &&
      compareClusters(
        groups.map((group) => group.map(({ id }) => id)),
        related,
      ),
  };
}

function optionFacts(questions: readonly Question[]): Audit['options'] {
  const { keys, distractors } = optionLengths(questions);
  const sizes = Map.groupBy(questions, ({ options }) => options.length);
  return {
    perQuestion: [...sizes]
      .map(([options, found]) => ({ options, questions: found.length }))
      .sort((a, b) => a.options - b.options),
    chance: mean(questions.map(({ options }) => 1 / options.length)),
    keyLengths: keys,
    distractorLengths: distractors,
  };
}

function countTopics<T extends string | null>(topics: readonly Topic[], of: (topic: Topic) => T) {
  return [...Map.groupBy(topics, of)]
    .map(([value, found]) => ({ value, found }))
    .sort((a, b) => b.found.length - a.found.length || ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
}

function durationFacts(topics: readonly Topic[]): Audit['durations'] {
  const values = topics.flatMap(({ durationS }) => (durationS === null ? [] : [durationS]));
  return {
    topics: values.length,
    totalS: values.reduce((a, b) => a + b, 0),
    meanS: mean(values),
    minS: values.reduce<number | null>((low, value) => Math.min(low ?? value, value), null),
    maxS: values.reduce<number | null>((high, value) => Math.max(high ?? value, value), null),
    valuesS: values,
  };
}
