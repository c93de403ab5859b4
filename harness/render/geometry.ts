import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Left, bottom, right, top in Manim units; the frame is 14.22 x 8 around the origin. */
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const object = z.object({
  /** The same object has the same id in all samples. */
  id: z.int(),
  /** What the scene calls it, else its class. */
  name: z.string().max(100),
  class: z.string().max(100),
  box,
  /** Highest of fill and stroke, 0-1: 0 is on the scene but not to be seen. */
  opacity: z.number(),
  color: z.string().max(7).optional(),
  /** Only of texts and formulas (TeX source); these are listed wherever they are in a group. */
  text: z.string().max(300).optional(),
  /** Id of the object at the top that a text belongs to; without one it is at the top itself. */
  parent: z.int().optional(),
});

/** geometry.json, schema version 1. Self-reported: written by a process that had run model code. */
const geometrySchema = z
  .object({
    schema_version: z.literal(1),
    self_reported: z.literal(true),
    code_sha256: z.string().length(64),
    truncated: z.boolean(),
    problems: z.array(z.string().max(200)).max(20),
    samples: z.array(
      z.object({
        time_s: z.number(),
        animation: z.int(),
        phase: z.enum(['within', 'end']),
        /** What the camera sees. */
        frame: box,
        /** Different figures seen at ends of animations up to here, each by itself wherever it is in a group. */
        figures: z.int().optional(),
        objects: z.array(object),
      }),
    ),
  })
  .transform((g) => ({
    codeSha256: g.code_sha256,
    truncated: g.truncated,
    problems: g.problems,
    samples: g.samples.map(({ time_s: timeS, ...sample }) => ({ timeS, ...sample })),
  }));

export type Geometry = z.infer<typeof geometrySchema>;

/** Reads a render's geometry.json; null where the scene left something else in its place. */
export async function readGeometry(file: string): Promise<Geometry | null> {
  const text = await readFile(file, 'utf8');
  try {
    return geometrySchema.parse(JSON.parse(text));
  } catch {
    return null; // Self-reported, so not even its form is certain.
  }
}
