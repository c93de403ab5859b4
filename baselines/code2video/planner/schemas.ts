import { z } from 'zod';
import { schemaOf } from '../../../harness/models/reply-schema.ts';

/** Longer texts than these are no plan; they would only make requests large. */
const text = (most: number) => z.string().trim().min(1).max(most);
/** Whatever is no id becomes an odd one: it is said to be, and numbered. */
const id = z.union([z.string().max(300), z.number().transform(String)]).catch('');

/** What a planner's outline must hold at least (paper section 4.1); anything else in it is left out. */
export const outlineSchema = z.object({
  topic: text(300),
  targetAudience: text(1000),
  sections: z
    .array(z.object({ id, title: text(300), content: text(3000), example: z.string().max(3000).default('') }))
    .min(1, 'there are no sections')
    .max(12, 'there are more than 12 sections'),
});
export type Outline = z.infer<typeof outlineSchema>;

const assetSchema = z.object({
  name: z.string().trim(),
  purpose: z
    .string()
    .catch('')
    .transform((purpose) => purpose.slice(0, 300)),
});
export type Asset = z.infer<typeof assetSchema>;

/** Icons are wishes: what is none stands here without a name, to be said and left out; it never spoils the plan. */
const assets = z.unknown().transform((raw): Asset[] => {
  const list = Array.isArray(raw) ? raw : raw === undefined || raw === null ? [] : [raw];
  const read = (one: unknown) => assetSchema.safeParse(typeof one === 'string' ? { name: one } : one).data;
  return list.slice(0, 50).map((one) => read(one) ?? { name: '', purpose: '' });
});

/** So is a section's duration, in seconds: what is no number is one that is not allowed. */
const duration = z.unknown().transform((raw) => {
  if (raw === undefined || raw === null) return undefined;
  const seconds = typeof raw === 'string' ? Number.parseFloat(raw) : Number(raw);
  return Number.isFinite(seconds) ? seconds : 0;
});

const storySectionSchema = z
  .object({
    id,
    title: text(300),
    lectureLines: z
      .array(text(300))
      .min(1, 'there are no lecture lines')
      .max(12, 'more than 12 lecture lines'),
    animations: z.array(text(2000)).min(1).max(12),
    durationS: duration.optional(),
    assets: assets.optional(),
  })
  .refine(
    (section) => section.lectureLines.length === section.animations.length,
    'there must be one animation for each lecture line',
  );

/** One section as the coder is told of it. */
export type StorySection = z.infer<typeof storySectionSchema>;

export const storyboardSchema = z.object({
  sections: z
    .array(storySectionSchema)
    .min(1, 'there are no sections')
    .max(12, 'there are more than 12 sections'),
});
export type Storyboard = z.infer<typeof storyboardSchema>;

/** A storyboard as it is asked for, where the schema above takes more than that. */
const storyboardForm = z.object({
  sections: z.array(
    storySectionSchema.safeExtend({
      durationS: z.number().optional(),
      assets: z.array(z.object({ name: z.string(), purpose: z.string() })).optional(),
    }),
  ),
});

/** The forms that a planner is asked for. */
export const forms = {
  outline: schemaOf('outline', outlineSchema),
  storyboard: schemaOf('storyboard', storyboardForm),
} as const;
