import { z } from 'zod';
import { toDisk } from '../../harness/store/keys.ts';

const count = z.int().nonnegative();
const share = z.number().nullable();

const letterCount = z.strictObject({ letter: z.string(), count });
const test = z.strictObject({ statistic: z.number(), df: z.int(), p: z.number() }).nullable();

const scoreShape = {
  right: count,
  n: count,
  accuracy: share,
  interval: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
};

const botSchema = z.strictObject({
  name: z.string(),
  rule: z.string(),
  readsCue: z.boolean(),
  ...scoreShape,
  keyLongest: z.strictObject(scoreShape),
  keyNotLongest: z.strictObject(scoreShape),
  stratified: share,
});

const cuesSchema = z.strictObject({
  /** Chi-square tests of the key letters against equal shares, of all and of first questions. */
  letterTest: test,
  firstLetterTest: test,
  keyLongest: count,
  keyStrictlyLongest: count,
  keyShortest: count,
  meanKeyLength: share,
  meanDistractorLength: share,
  oneLetterTopics: z.array(z.strictObject({ topic: z.string(), letter: z.string() })),
  twoLetterTopics: z.array(z.strictObject({ letters: z.string(), count })),
  longestPerfect: z.array(z.string()),
  /** The key letters of each topic, question by question. */
  keyPatterns: z.array(z.strictObject({ topic: z.string(), keys: z.string() })),
});

const locatedSchema = z.strictObject({
  kind: z.string(),
  /** In words: topic and question, or file and line. */
  where: z.string(),
  /** Slug; question from 1; id of the question. */
  topic: z.string().nullable(),
  question: z.int().nullable(),
  id: z.string().nullable(),
  message: z.string(),
});
export type Located = z.infer<typeof locatedSchema>;

const anomaliesSchema = z.strictObject({
  counts: z.array(z.strictObject({ kind: z.string(), count, rule: z.string(), informative: z.boolean() })),
  outsideSources: z.array(z.strictObject({ pattern: z.string(), count })),
  notations: z.array(z.strictObject({ notation: z.string(), questions: count })),
  mixesNotations: z.boolean(),
  list: z.array(locatedSchema),
});

const clustersSchema = z.strictObject({
  rule: z.string(),
  threshold: z.number(),
  groups: z.array(z.array(z.strictObject({ id: z.string(), slug: z.string(), title: z.string() }))),
  /** Topics when each group counts once. */
  distinct: count,
  /** Against groups listed by a person, in pairs; `null` when there are none. */
  comparison: z
    .strictObject({ computed: count, reference: count, shared: count, precision: share, recall: share })
    .nullable(),
});

const placeSchema = z.strictObject({ topic: z.string(), question: z.int(), id: z.string() });
const duplicatesSchema = z.strictObject({
  rule: z.string(),
  pairs: z.array(
    z.strictObject({
      a: placeSchema,
      b: placeSchema,
      exact: z.boolean(),
      stem: z.number(),
      whole: z.number(),
    }),
  ),
  /** Groups of topics (slugs) with equal titles. */
  titles: z.array(z.array(z.string())),
});

const optionsSchema = z.strictObject({
  perQuestion: z.array(z.strictObject({ options: count, questions: count })),
  /** Mean of 1 / options: what a guess scores. */
  chance: share,
  /** Characters. */
  keyLengths: z.array(count),
  distractorLengths: z.array(count),
});

const durationsSchema = z.strictObject({
  topics: count,
  totalS: z.number(),
  meanS: share,
  minS: share,
  maxS: share,
  valuesS: z.array(z.number()),
});

const correctionSchema = z.strictObject({
  topic: z.string(),
  question: z.int().nullable(),
  id: z.string(),
  kind: z.string(),
  wrong: z.string(),
  evidence: z.string(),
  /** Is the question in this view still what the correction expects? `null`: the correction does not say. */
  present: z.boolean().nullable(),
});

/** What an audit of a dataset's view found. On disk: `auditToJson`. */
export const auditSchema = z.strictObject({
  schemaVersion: z.literal(1),
  dataset: z.string(),
  view: z.string(),
  version: z.string(),
  topics: count,
  questions: count,
  letters: z.array(letterCount),
  firstLetters: z.array(letterCount),
  bots: z.array(botSchema),
  cues: cuesSchema,
  anomalies: anomaliesSchema,
  corrections: z.array(correctionSchema),
  clusters: clustersSchema,
  duplicates: duplicatesSchema,
  options: optionsSchema,
  categories: z.array(z.strictObject({ category: z.string().nullable(), topics: count, questions: count })),
  durations: durationsSchema,
  languages: z.array(z.strictObject({ language: z.string(), topics: count })),
  media: z.strictObject({
    images: count,
    videos: count,
    bytes: count,
    types: z.array(z.strictObject({ type: z.string(), files: count })),
  }),
  gates: z.array(
    z.strictObject({ gate: z.string(), value: share, limit: z.number(), ok: z.boolean(), why: z.string() }),
  ),
});
export type Audit = z.infer<typeof auditSchema>;

/** An audit as JSON for people and programs: snake_case, `letters.A` and `anomalies.counts.<kind>` by name. */
export function auditToJson(audit: Audit): Record<string, unknown> {
  const named = new Map(Object.entries(record(toDisk(audit))));
  named.set('letters', byName(audit.letters.map(({ letter, count }) => [letter, count])));
  named.set('first_letters', byName(audit.firstLetters.map(({ letter, count }) => [letter, count])));
  named.set('anomalies', {
    ...record(named.get('anomalies')),
    counts: byName(audit.anomalies.counts.map(({ kind, count }) => [kind, count])),
    rules: byName(audit.anomalies.counts.map(({ kind, rule }) => [kind, rule])),
  });
  return Object.fromEntries(named);
}

function byName<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries);
}

function record(value: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(value);
}
