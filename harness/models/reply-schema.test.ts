import { expect, it } from 'vitest';
import { z } from 'zod';
import { schemaOf } from './reply-schema.ts';

const formOf = (schema: z.ZodType) => schemaOf('test', schema).schema;
const nullOr = (form: unknown) => ({ anyOf: [form, { type: 'null' }] });

it('closes every object, requires every key, as it is on disk, and leaves bounds to us', () => {
  const section = z.object({ sectionId: z.string().min(1).max(9).regex(/x/), durationS: z.number().min(1) });
  const closed = (properties: object) => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
  expect(formOf(z.object({ sections: z.array(section).min(1) }))).toEqual(
    closed({
      sections: {
        type: 'array',
        items: closed({ section_id: { type: 'string' }, duration_s: { type: 'number' } }),
      },
    }),
  );
});

it('lets what may be absent be null', () => {
  const schema = z.object({ a: z.int().optional(), b: z.string().default('x'), c: z.string().nullable() });
  expect(formOf(schema)).toMatchObject({
    properties: {
      a: nullOr({ type: 'integer' }),
      b: nullOr({ type: 'string' }),
      c: { type: ['string', 'null'] },
    },
    required: ['a', 'b', 'c'],
  });
});

it('writes choices as anyOf and tuples as lists, the words that strict modes know', () => {
  const [move, grow] = [z.object({ action: z.literal('move') }), z.object({ action: z.literal('grow') })];
  expect(formOf(z.object({ edit: z.discriminatedUnion('action', [move, grow]) }))).toMatchObject({
    properties: {
      edit: { anyOf: [{ properties: { action: { const: 'move' } } }, { required: ['action'] }] },
    },
  });
  const kinds = z.object({ to: z.tuple([z.string(), z.string()]), kind: z.enum(['a', 'b']) });
  expect(formOf(kinds)).toMatchObject({
    properties: { to: { type: 'array', items: { type: 'string' } }, kind: { enum: ['a', 'b'] } },
  });
});

it('follows what refers to itself', () => {
  const node = z.object({
    lineCount: z.int(),
    get children() {
      return z.array(node);
    },
  });
  const form = JSON.stringify(formOf(z.object({ root: node })));
  expect(form).toContain('"line_count"');
  expect(form).toContain('"$ref"');
});

it('takes the form that is put in, where a schema reads it as something else', () => {
  const upper = z.object({ key: z.string().transform((key) => key.length) });
  expect(formOf(upper)).toMatchObject({ properties: { key: { type: 'string' } } });
});

it('refuses a form that is open: servers that enforce forms know none', () => {
  for (const open of [z.unknown(), z.array(z.unknown()), z.record(z.string(), z.string()), z.any()])
    expect(() => formOf(z.object({ open }))).toThrow('open at test.open');
});
