import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { figures } from './figure.ts';

/** Characters that fit in one line of 640 pixels at `statementSize`. */
const longestLine = 38;
const line = z
  .string()
  .min(1)
  .max(longestLine)
  .regex(/^[^'\\:%]+$/, 'a line is drawn as it is: no quotes, colons, percent signs or backslashes');

const videoSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+-\d\d$/),
  title: z.string().min(1),
  description: z.string(),
  tags: z.array(z.string()),
  figure: z.enum(figures),
  /** Are the statements also spoken (subtitles beside the video)? */
  spoken: z.boolean(),
  /** Is the file cut off, so that nothing can be decoded? */
  corrupt: z.boolean().default(false),
  /** Each slide is its heading and three statements. */
  chapters: z.array(
    z.strictObject({ title: z.string(), slides: z.array(z.array(line).length(4)).length(2) }),
  ),
});
export type ExampleVideo = z.infer<typeof videoSchema>;

/** Seconds of one slide; a chapter starts at a whole second, where a key frame is. */
export const slideS = 2.5;

/** The twelve videos of the example, as videos.yaml describes them. */
export function exampleVideos(): ExampleVideo[] {
  const text = readFileSync(join(import.meta.dirname, 'videos.yaml'), 'utf8');
  return z.array(videoSchema).parse(parse(text));
}

/** All slides with the moments between which they are shown, seconds. */
export function slidesOf(video: ExampleVideo): { lines: string[]; startS: number; endS: number }[] {
  return video.chapters
    .flatMap(({ slides }) => slides)
    .map((lines, index) => ({ lines, startS: index * slideS, endS: (index + 1) * slideS }));
}

/** Seconds. */
export function durationOf(video: ExampleVideo): number {
  return slidesOf(video).length * slideS;
}
