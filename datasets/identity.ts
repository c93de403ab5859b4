import { hashOf, shortId } from '../harness/store/hash.ts';

/** Id of a topic: collection and original title. */
export function topicId(collection: string, title: string): string {
  return shortId('topic', { collection, title });
}

/** Id of a question: its topic, stem and set of options as first imported; order and key do not count. */
export function questionId(topic: string, stem: string, options: readonly string[]): string {
  return shortId('question', { topic, stem, options: options.toSorted() });
}

/** Hash of what a correction expects to find, 16 hex digits: stem, options in their order, key. */
export function contentHash(question: { stem: string; options: readonly string[]; key: number }): string {
  const { stem, options, key } = question;
  return hashOf({ stem, options, key }).slice(0, 16);
}
