import type { z } from 'zod';
import { questionId, topicId } from '../identity.ts';
import type { Problems } from '../problems.ts';
import { letters, type Question, questionSchema, type Topic, topicSchema } from '../schema.ts';
import { uniqueSlugs } from '../slug.ts';

/** A question as a source gives it; without an id it gets one from its content. */
export interface QuestionDraft extends Omit<Question, 'id'> {
  where: string;
  id?: string | undefined;
}

/** A topic as a source gives it; `parent` may be an id or a title. */
export interface TopicDraft extends Omit<Topic, 'id' | 'slug' | 'quiz'> {
  where: string;
  id?: string | undefined;
  slug?: string | undefined;
  quiz: readonly QuestionDraft[];
}

/** Fields of a topic of which a source says nothing. */
export const plainTopic = {
  category: null,
  language: 'en',
  parent: null,
  durationS: null,
  tags: [],
  aliases: [],
} as const satisfies Partial<Topic>;

/**
 * Topics from drafts: ids and slugs are computed where none are given, parents found by id or title. What breaks a rule
 * (empty texts, key not among the options, ids or slugs that occur twice, unknown parents) is a problem and left out.
 */
export function assembleTopics(
  drafts: readonly TopicDraft[],
  collection: string,
  problems: Problems,
): Topic[] {
  const seen = new Map<string, string>();
  const named = drafts.map((draft) => ({ ...draft, id: draft.id ?? topicId(collection, draft.title) }));
  const first = named.filter(({ id, where }) => isFirst(seen, `topic ${id}`, where, problems));
  const slugs = slugsOf(first);
  const topics = first.flatMap((draft, i) => {
    const { where, quiz: drafted, ...fields } = draft;
    const quiz = drafted.flatMap((question) => finishQuestion(question, draft.id, seen, problems));
    const topic = { ...fields, slug: slugs[i], quiz };
    if (draft.slug !== undefined && !isFirst(seen, `slug ${draft.slug}`, where, problems)) return [];
    return check(topicSchema, topic, where, problems);
  });
  return withParents(topics, new Map(first.map(({ id, where }) => [id, where])), problems);
}

function finishQuestion(
  draft: QuestionDraft,
  topic: string,
  seen: Map<string, string>,
  problems: Problems,
): Question[] {
  const { where, ...fields } = draft;
  const id = draft.id ?? questionId(topic, draft.stem, draft.options);
  const [question] = check(questionSchema, { ...fields, id }, where, problems);
  if (question === undefined) return [];
  if (question.key >= question.options.length) {
    const last = letters[question.options.length - 1];
    problems.add(
      'bad_key',
      where,
      `key ${letters[question.key] ?? question.key} is not among options A to ${last}`,
    );
    return [];
  }
  return isFirst(seen, `question ${id}`, where, problems) ? [question] : [];
}

function isFirst(seen: Map<string, string>, what: string, where: string, problems: Problems): boolean {
  const earlier = seen.get(what);
  if (earlier === undefined) seen.set(what, where);
  else problems.add('duplicate_id', where, `${what} occurs twice, first at ${earlier}`);
  return earlier === undefined;
}

/** Parses, without members that are undefined; each issue is a problem, named as the stored files name the field. */
function check<T>(schema: z.ZodType<T>, value: object, where: string, problems: Problems): T[] {
  const given = Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
  const parsed = schema.safeParse(given);
  if (parsed.success) return [parsed.data];
  for (const { path, message } of parsed.error.issues) {
    const field = path.join('.').replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
    problems.add('bad_field', where, field === '' ? message : `${field}: ${message}`);
  }
  return [];
}

function slugsOf(drafts: readonly { id: string; slug?: string | undefined; title: string }[]): string[] {
  const given = new Set(drafts.map(({ slug }) => slug));
  const unnamed = drafts.filter(({ slug }) => slug === undefined);
  const slugs = uniqueSlugs(unnamed);
  const computed = new Map(unnamed.map(({ id }, i) => [id, slugs[i] ?? id]));
  return drafts.map(({ id, slug }) => {
    const own = computed.get(id) ?? '';
    return slug ?? (given.has(own) ? `${own}-${id.replace('topic-', '')}` : own);
  });
}

function withParents(topics: readonly Topic[], places: Map<string, string>, problems: Problems): Topic[] {
  const ids = new Set(topics.map(({ id }) => id));
  const byTitle = new Map(topics.map(({ id, title }) => [title, id]));
  return topics.map((topic) => {
    if (topic.parent === null || ids.has(topic.parent)) return topic;
    const parent = byTitle.get(topic.parent) ?? null;
    if (parent === null)
      problems.add(
        'unknown_parent',
        places.get(topic.id) ?? topic.slug,
        `parent ${JSON.stringify(topic.parent)} is neither id nor title of a topic here`,
      );
    return { ...topic, parent };
  });
}
