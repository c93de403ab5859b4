import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { exitCodes, MmmcError } from '../harness/store/errors.ts';
import { shortId } from '../harness/store/hash.ts';
import { fromDisk } from '../harness/store/keys.ts';
import { type Dataset, letters, type Topic } from './schema.ts';

const datasetFileSchema = z.strictObject({
  name: z.string(),
  view: z.string(),
  licence: z.string(),
  description: z.string(),
});

const topicFileSchema = z.strictObject({
  title: z.string().min(1),
  category: z.string(),
  language: z.string(),
  quiz: z.array(
    z
      .strictObject({
        stem: z.string().min(1),
        options: z.array(z.coerce.string().min(1)).min(2).max(letters.length),
        key: z.enum(letters),
        needs: z.enum(['seeing', 'text', 'unknown']).default('unknown'),
        seen: z.string().optional(),
      })
      .refine((q) => letters.indexOf(q.key) < q.options.length, 'the key names no option')
      .refine((q) => new Set(q.options).size === q.options.length, 'two options are equal'),
  ),
});

/**
 * Loads a dataset by name (a folder beside this file) or by the path of a folder with dataset.yaml and topics/*.yaml.
 * Throws `no_dataset` or `bad_dataset` (exit 2) with the file and what was expected in it.
 */
export function loadDataset(name: string): Dataset {
  const own = join(import.meta.dirname, name);
  const folder = /^[\w-]+$/.test(name) && existsSync(join(own, 'dataset.yaml')) ? own : name;
  if (!existsSync(join(folder, 'dataset.yaml')))
    throw new MmmcError('no_dataset', `no dataset ${name}: ${join(folder, 'dataset.yaml')} does not exist`, {
      exitCode: exitCodes.usage,
      hint: 'Use `mini`, or the path of a folder with dataset.yaml and topics/*.yaml.',
    });
  const head = readYaml(join(folder, 'dataset.yaml'), datasetFileSchema);
  const files = readdirSync(join(folder, 'topics')).filter((file) => file.endsWith('.yaml'));
  return {
    name: head.name,
    view: head.view,
    licence: head.licence,
    topics: files.sort().map((file) => loadTopic(head.name, join(folder, 'topics', file))),
  };
}

function loadTopic(collection: string, path: string): Topic {
  const file = readYaml(path, topicFileSchema);
  const id = shortId('topic', { collection, title: file.title });
  return {
    id,
    slug: basename(path, '.yaml'),
    title: file.title,
    category: file.category,
    language: file.language,
    quiz: file.quiz.map(({ stem, options, key, needs, seen }) => ({
      id: shortId('question', { topic: id, stem, options: options.toSorted() }),
      stem,
      options,
      key: letters.indexOf(key),
      needs,
      ...(seen === undefined ? {} : { seen }),
    })),
  };
}

function readYaml<T>(path: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = fromDisk(parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new MmmcError('bad_dataset', `${path} is not readable YAML`, { exitCode: exitCodes.usage, cause });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new MmmcError('bad_dataset', `${path}: ${z.prettifyError(parsed.error)}`, {
    exitCode: exitCodes.usage,
    cause: parsed.error,
  });
}

/** Topics by slug, id or title, in the order named. Throws `no_topic` (exit 2) naming the nearest. */
export function selectTopics(dataset: Dataset, names: readonly string[] | undefined): readonly Topic[] {
  if (names === undefined) return dataset.topics;
  return names.map((name) => {
    const found = dataset.topics.find((t) => t.slug === name || t.id === name || t.title === name);
    if (found) return found;
    throw new MmmcError('no_topic', `dataset ${dataset.name} has no topic ${name}`, {
      exitCode: exitCodes.usage,
      hint: `It has: ${dataset.topics.map((t) => t.slug).join(', ')}`,
    });
  });
}
