import { canonicalJson } from '../../harness/store/hash.ts';
import { type Dataset, letters, type Question, type Topic } from '../schema.ts';

/** A topic, or one of its questions when `question` is its id. */
export interface Entry {
  topic: string;
  question: string | null;
  /** Title or stem. */
  text: string;
}

/** A field that has another value; `topic` is the topic's slug, `question` an id or null. */
export interface Change {
  topic: string;
  question: string | null;
  field: string;
  before: unknown;
  after: unknown;
}

export interface DatasetDiff {
  added: readonly Entry[];
  removed: readonly Entry[];
  changes: readonly Change[];
}

const keyed = <T extends { id: string }>(items: readonly T[]) =>
  new Map(items.map((item) => [item.id, item]));
const entryOf = (topic: Topic, question?: Question): Entry => ({
  topic: topic.slug,
  question: question?.id ?? null,
  text: question?.stem ?? topic.title,
});
const entriesOf = (topic: Topic): Entry[] => [
  entryOf(topic),
  ...topic.quiz.map((question) => entryOf(topic, question)),
];

/** What two readings of a dataset differ in, topics and questions matched by id; orders count. */
export function diffDatasets(before: Pick<Dataset, 'topics'>, after: Pick<Dataset, 'topics'>): DatasetDiff {
  const [old, fresh] = [keyed(before.topics), keyed(after.topics)];
  const added = after.topics.filter(({ id }) => !old.has(id)).flatMap(entriesOf);
  const removed = before.topics.filter(({ id }) => !fresh.has(id)).flatMap(entriesOf);
  const changes = orderChange('', before.topics, after.topics);
  for (const topic of after.topics) {
    const earlier = old.get(topic.id);
    if (earlier === undefined) continue;
    const quiz = diffQuiz(earlier, topic);
    added.push(...quiz.added);
    removed.push(...quiz.removed);
    changes.push(...quiz.changes);
  }
  return { added, removed, changes };
}

function diffQuiz(before: Topic, after: Topic): { added: Entry[]; removed: Entry[]; changes: Change[] } {
  const [old, fresh] = [keyed(before.quiz), keyed(after.quiz)];
  const { quiz: _, ...topicBefore } = before;
  const { quiz: __, ...topicAfter } = after;
  const common = after.quiz.flatMap((question) => {
    const earlier = old.get(question.id);
    return earlier === undefined ? [] : changesOf(after.slug, question.id, earlier, question);
  });
  return {
    added: after.quiz.filter(({ id }) => !old.has(id)).map((question) => entryOf(after, question)),
    removed: before.quiz.filter(({ id }) => !fresh.has(id)).map((question) => entryOf(before, question)),
    changes: [
      ...changesOf(after.slug, null, topicBefore, topicAfter),
      ...orderChange(after.slug, before.quiz, after.quiz),
      ...common,
    ],
  };
}

/** The order of what both have. */
function orderChange(
  topic: string,
  before: readonly { id: string }[],
  after: readonly { id: string }[],
): Change[] {
  const [old, fresh] = [keyed(before), keyed(after)];
  const a = before.map(({ id }) => id).filter((id) => fresh.has(id));
  const b = after.map(({ id }) => id).filter((id) => old.has(id));
  return a.every((id, i) => b[i] === id)
    ? []
    : [{ topic, question: null, field: 'order', before: a, after: b }];
}

function changesOf(topic: string, question: string | null, before: object, after: object): Change[] {
  const [old, fresh] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const fields = [...new Set([...old.keys(), ...fresh.keys()])];
  return fields.flatMap((field) => {
    const [a, b]: unknown[] = [old.get(field), fresh.get(field)];
    if (canonicalJson(a) === canonicalJson(b)) return [];
    if (field === 'options' && Array.isArray(a) && Array.isArray(b))
      return optionChanges(topic, question, a, b);
    return { topic, question, field, before: a ?? null, after: b ?? null };
  });
}

function optionChanges(topic: string, question: string | null, a: unknown[], b: unknown[]): Change[] {
  const places = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i);
  return places
    .filter((i) => a[i] !== b[i])
    .map((i) => ({
      topic,
      question,
      field: `option ${letters[i]}`,
      before: a[i] ?? null,
      after: b[i] ?? null,
    }));
}

/** Control and format characters, which would act on a terminal. */
const shown = (value: unknown) =>
  JSON.stringify(value).replace(
    /[\p{Cc}\p{Cf}]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The difference as text, a line or three each. */
export function describeDiff({ added, removed, changes }: DatasetDiff): string {
  if (added.length + removed.length + changes.length === 0) return 'no difference';
  const place = (topic: string, question: string | null) =>
    [topic === '' ? 'topics' : topic, ...(question === null ? [] : [question])].join(' ');
  return [
    `${added.length} added, ${removed.length} removed, ${changes.length} changed`,
    ...added.map(({ topic, question, text }) => `+ ${place(topic, question)}: ${shown(text)}`),
    ...removed.map(({ topic, question, text }) => `- ${place(topic, question)}: ${shown(text)}`),
    ...changes.map(
      ({ topic, question, field, before, after }) =>
        `~ ${place(topic, question)}: ${field}\n    was ${shown(before)}\n    is  ${shown(after)}`,
    ),
  ].join('\n');
}
