import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MmmcError } from '../../store/errors.ts';
import { normalTitle } from './lessons.ts';

/** What a drafted question is planned to be refused for; the building of the example must find each of them. */
export const plannedRefusals = [
  'wrong_schema',
  'wrong_language',
  'refers_to_source',
  'duplicate',
  'length_cue',
  'answerable_without_video',
  'not_answerable_with_video',
  'two_keys',
  'wrong_key',
] as const;

/** One drafted question, sent as `reply` says, mistakes of shape included. */
const draftSchema = z.strictObject({
  planned: z.enum(plannedRefusals).optional(),
  /** Texts of the options that a careful reader could defend; only the key's when absent. */
  defensible: z.array(z.string()).min(1).optional(),
  reply: z.looseObject({
    stem: z.string().optional(),
    options: z.array(z.string()).optional(),
    key: z.string().optional(),
    needs: z.enum(['seeing', 'text']).optional(),
  }),
});
export type Draft = z.infer<typeof draftSchema>;

/** A reply as it is wrapped in JSON, or words that are none. */
const sayingSchema = z.union([z.string().min(1), z.strictObject({ unreadable: z.string().min(1) })]);
export type Saying = z.infer<typeof sayingSchema>;

/** Replies in the order of asking: the second one answers a request that names a problem. */
const unitSchema = z.strictObject({
  /** Title of the video or of the chapter. */
  title: z.string().min(1),
  topics: z.array(sayingSchema).min(1).max(2),
  categories: z.array(sayingSchema).min(1).max(2),
  /** Drafts by round: round 0 is a whole quiz, the later ones hold replacements. */
  rounds: z.array(z.array(draftSchema).min(1)).min(1),
});
export type UnitReplies = z.infer<typeof unitSchema>;

export const videoRepliesSchema = z.strictObject({
  /** Title of the video. */
  video: z.string().min(1),
  verdict: z.strictObject({ instructional: z.boolean(), reason: z.string().min(1) }),
  units: z.array(unitSchema),
});
export type VideoReplies = z.infer<typeof videoRepliesSchema>;

export interface BuildingShelf {
  all(): Promise<readonly VideoReplies[]>;
  /** The replies on a video, found by title without regard to case, spacing and punctuation. */
  video(title: string): Promise<VideoReplies | undefined>;
  /** The replies on a whole video (no parent title) or on a chapter of one. */
  unit(title: string, parentTitle: string | null): Promise<UnitReplies | undefined>;
  /** The replies on the unit whose topic this is, as it was first said or mended. */
  topic(title: string): Promise<UnitReplies | undefined>;
  /** The draft with this stem and this set of options, in whatever order. */
  draft(stem: string, options: readonly string[]): Promise<Draft | undefined>;
}

/** A shelf over a folder of `<video>.yaml`, read at the first look-up; the replies shipped with the harness by default. */
export function openBuildingShelf(folder: string = join(import.meta.dirname, 'building')): BuildingShelf {
  let replies: Promise<VideoReplies[]> | undefined;
  const all = () => {
    replies ??= readAll(folder);
    return replies;
  };
  const video = async (title: string) =>
    (await all()).find((one) => normalTitle(one.video) === normalTitle(title));
  return {
    all,
    video,
    async unit(title, parentTitle) {
      const units = (await video(parentTitle ?? title))?.units ?? [];
      return units.find((unit) => normalTitle(unit.title) === normalTitle(title));
    },
    async topic(title) {
      const units = (await all()).flatMap((one) => one.units);
      const says = (topic: Saying) => typeof topic === 'string' && normalTitle(topic) === normalTitle(title);
      return units.find(({ topics }) => topics.some(says));
    },
    async draft(stem, options) {
      const drafts = (await all()).flatMap(({ units }) => units.flatMap(({ rounds }) => rounds.flat()));
      const wanted = fingerprint(stem, options);
      return drafts.find(({ reply }) => fingerprint(reply.stem ?? '', reply.options ?? []) === wanted);
    },
  };
}

/** Spacing is as good as lost on the way to a reviewer; the order of the options says nothing. */
function fingerprint(stem: string, options: readonly string[]): string {
  return JSON.stringify([flat(stem), options.map(flat).sort()]);
}

/** A text with single spaces. */
export function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

async function readAll(folder: string): Promise<VideoReplies[]> {
  const files: string[] = [];
  for await (const file of glob('*.yaml', { cwd: folder })) files.push(join(folder, file));
  return Promise.all(files.sort().map(readOne));
}

async function readOne(path: string): Promise<VideoReplies> {
  const replies = videoRepliesSchema.safeParse(parse(await readFile(path, 'utf8')));
  if (replies.success) return replies.data;
  throw new MmmcError('bad_replies', `${path}: ${z.prettifyError(replies.error)}`, { cause: replies.error });
}
