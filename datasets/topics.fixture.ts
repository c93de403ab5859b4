import { questionId, topicId } from './identity.ts';
import type { Dataset, Question, Topic } from './schema.ts';
import { slugOf } from './slug.ts';

/** A question of a topic, for tests. */
export function question(
  topic: string,
  stem: string,
  options: readonly string[] = ['one', 'two', 'three', 'four'],
  key = 1,
): Question {
  return { id: questionId(topic, stem, options), stem, options: [...options], key, tags: [] };
}

/** A topic with questions of these stems, for tests. */
export function topic(
  title: string,
  stems: readonly string[] = ['First?', 'Second?'],
  more: Partial<Topic> = {},
): Topic {
  const id = topicId('test', title);
  return {
    id,
    slug: slugOf(title) || id,
    title,
    category: 'Calculus',
    language: 'en',
    source: { collection: 'test', url: null, licence: 'MIT' },
    parent: null,
    durationS: null,
    tags: [],
    aliases: [],
    quiz: stems.map((stem) => question(id, stem)),
    ...more,
  };
}

/** A dataset of topics, for tests. */
export function dataset(topics: readonly Topic[], more: Partial<Dataset> = {}): Dataset {
  return {
    name: 'test',
    version: '1',
    title: 'Test',
    description: '',
    licence: 'MIT',
    collection: 'test',
    view: 'released',
    folder: '/nowhere',
    topics,
    ...more,
  };
}
