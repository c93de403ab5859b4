import { z } from 'zod';
import { MmmcError } from '../store/errors.ts';
import { toDisk } from '../store/keys.ts';
import type { ReplySchema } from './chat.ts';

/** What of a JSON Schema every server with strict schemas takes; bounds and patterns are checked by us, on the reply. */
const kept = ['type', 'enum', 'const', 'description', '$ref'];

type Node = Readonly<Record<string, unknown>>;
const nodeSchema = z.record(z.string(), z.unknown());
const namesSchema = z.array(z.string()).default([]);

/**
 * The form of a reply, from the schema that reads it: keys in snake_case as on disk, every object closed, every property
 * required (one that may be absent may be `null` instead), bounds left out. Throws MmmcError `bad_schema` where the form is
 * open (`unknown`, a record): such a value needs a form of its own.
 */
export function schemaOf(name: string, schema: z.ZodType): ReplySchema {
  const { $defs, ...root } = nodeSchema.parse(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }),
  );
  const defs = $defs === undefined ? {} : { $defs: each($defs, name) };
  return { name, schema: { ...strict(root, name), ...defs } };
}

/** One node, made strict. `at` says where it stands, for the error. */
function strict(node: Node, at: string): Node {
  const options = node.anyOf ?? node.oneOf;
  if (options !== undefined)
    return {
      anyOf: z
        .array(nodeSchema)
        .parse(options)
        .map((option, i) => strict(option, `${at}|${i}`)),
    };
  if (node.properties !== undefined) return object(node, at);
  if (node.type === 'array') return { type: 'array', items: strict(itemsOf(node, at), `${at}[]`) };
  const words = Object.entries(node).filter(([key]) => kept.includes(key));
  if (words.length === 0 || node.type === 'object') throw open(at);
  return Object.fromEntries(words);
}

function object(node: Node, at: string): Node {
  const required = namesSchema.parse(node.required);
  const properties = Object.entries(nodeSchema.parse(node.properties)).map(([key, value]) => {
    const form = strict(nodeSchema.parse(value), `${at}.${key}`);
    return [key, required.includes(key) ? form : { anyOf: [form, { type: 'null' }] }] as const;
  });
  const onDisk = nodeSchema.parse(toDisk(Object.fromEntries(properties.map(([key]) => [key, null]))));
  const names = Object.keys(onDisk);
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map(([, form], i) => [names[i] ?? '', form])),
    required: names,
    additionalProperties: false,
  };
}

/** A tuple is a list of any of its forms: strict modes know no other. */
function itemsOf({ items, prefixItems }: Node, at: string): Node {
  if (prefixItems === undefined && items === undefined) throw open(at);
  if (prefixItems === undefined) return nodeSchema.parse(items);
  const forms = z.array(nodeSchema).parse(prefixItems);
  const different = new Map(forms.map((form) => [JSON.stringify(form), form]));
  const [only] = different.values();
  return different.size === 1 && only !== undefined ? only : { anyOf: [...different.values()] };
}

function each(defs: unknown, name: string): Node {
  const entries = Object.entries(nodeSchema.parse(defs));
  return Object.fromEntries(
    entries.map(([key, node]) => [key, strict(nodeSchema.parse(node), `${name}#${key}`)]),
  );
}

function open(at: string): MmmcError {
  return new MmmcError('bad_schema', `the form of the reply is open at ${at}`, {
    hint: 'Give the reply a schema without unknown values and records.',
  });
}
