import { z } from 'zod';
import { manifestSchema } from './schema.ts';
import { questionLineSchema, topicLineSchema } from './stored.ts';

type Json = { [key: string]: unknown };

/**
 * The stored files as JSON Schema (draft 2020-12), keys as they are on disk: `$defs` holds `dataset` (dataset.json),
 * `topic` (a line of topics.jsonl) and `question` (a line of questions.jsonl). Kept in docs/dataset.schema.json.
 */
export function datasetJsonSchema(): Json {
  const define = (schema: z.ZodType) => {
    const { $schema: _, ...definition } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return onDisk(definition);
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A stored dataset of mmmc',
    $defs: {
      dataset: define(manifestSchema),
      topic: define(topicLineSchema),
      question: define(questionLineSchema),
    },
  };
}

const snake = (key: string) => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** Names of properties in snake_case; the words of JSON Schema itself stay. */
function onDisk(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(onDisk);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'required' && Array.isArray(value)) return [key, value.map((name) => snake(String(name)))];
      if (key !== 'properties' || value === null || typeof value !== 'object') return [key, onDisk(value)];
      return [key, Object.fromEntries(Object.entries(value).map(([name, v]) => [snake(name), onDisk(v)]))];
    }),
  );
}
