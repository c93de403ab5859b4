import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { hashOf } from '../../harness/store/hash.ts';
import type { CatalogueRow } from './row.ts';
import type { CatalogueEntry } from './types.ts';

/** Longest description kept, characters: as much as the large video sites allow. */
const longestDescription = 5000;

const text = z.string().nullish();
const number = z.preprocess(
  (value) => (value === '' ? null : value),
  z.coerce.number().nonnegative().nullish(),
);

/** `0:00 Title` lines as authors write them, or a JSON array. */
const chapterList = z.preprocess(
  (value) => (typeof value === 'string' ? chaptersOf(value) : value),
  z.array(z.object({ title: z.string(), start_time: z.number(), end_time: z.number().nullish() })).nullish(),
);

const tagList = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(/[;|]/)
          .map((tag) => tag.trim())
          .filter(Boolean)
      : value,
  z.array(z.string()).nullish(),
);

/** A row of any catalogue, in the words of yt-dlp's info.json; unknown fields are passed over. */
const rowSchema = z.object({
  id: text,
  title: z.string().refine((title) => title.trim() !== '', 'the title is empty'),
  description: text,
  duration: number,
  chapters: chapterList,
  tags: tagList,
  category: text,
  categories: z.array(z.string()).nullish(),
  webpage_url: text,
  license: text,
  language: text,
  video: text,
  subtitles: z.unknown().optional(),
});

/** Other names that columns go by. */
export const aliases: Readonly<Record<string, string>> = {
  duration_s: 'duration',
  url: 'webpage_url',
  licence: 'license',
};

/** Turns a row into an entry; `files` are its video and subtitles where they are known already. */
export function readRow(
  row: Readonly<Record<string, unknown>>,
  where: string,
  folder: string,
  files?: { video: string | null; subtitles: string | null; notes: readonly string[] },
): CatalogueRow {
  const named = Object.fromEntries(Object.entries(row).map(([key, value]) => [aliases[key] ?? key, value]));
  const parsed = rowSchema.safeParse(named);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'the row'}: ${message}`,
    );
    return { ok: false, where, problem: { cause: 'broken_row', message: issues.join('; ') } };
  }
  const { data } = parsed;
  const { video, subtitles, notes } = files ?? filesOf(data, folder);
  const title = data.title.replace(/\s+/g, ' ').trim();
  const url = data.webpage_url?.trim() || null;
  const entry: CatalogueEntry = {
    id: data.id?.trim() || hashOf({ url, title }).slice(0, 12),
    title,
    description: (data.description ?? '').slice(0, longestDescription),
    durationS: data.duration || null,
    chapters: withEnds(data.chapters ?? [], data.duration ?? null),
    tags: data.tags ?? [],
    category: data.category?.trim() || data.categories?.[0] || null,
    url,
    licence: data.license?.trim() || null,
    language: data.language?.trim() || null,
    video,
    subtitles,
  };
  return { ok: true, where, entry, notes };
}

type Chapters = readonly { title: string; start_time: number; end_time?: number | null | undefined }[];

/** A chapter without an end lasts until the next one, the last one as long as the video. */
function withEnds(chapters: Chapters, durationS: number | null): CatalogueEntry['chapters'] {
  return chapters.map(({ title, start_time: startS, end_time }, i) => ({
    title: title.replace(/\s+/g, ' ').trim(),
    startS,
    endS: end_time ?? chapters[i + 1]?.start_time ?? durationS ?? startS,
  }));
}

function chaptersOf(value: string): unknown {
  if (value.trim() === '') return [];
  if (/^\s*\[/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      return value; // The schema says what was expected.
    }
  }
  return value
    .split(/\n|;/)
    .filter((line) => line.trim() !== '')
    .map(chapterOf);
}

function chapterOf(line: string): unknown {
  const found = /^\s*((?:\d+:)?\d{1,2}:\d{2})\s*[-–]?\s+(.+?)\s*$/.exec(line);
  if (!found) return line;
  const start = (found[1] ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return { title: found[2] ?? '', start_time: start };
}

function filesOf(row: z.infer<typeof rowSchema>, folder: string) {
  const notes: string[] = [];
  const place = (what: string, named: unknown): string | null => {
    if (typeof named !== 'string' || named.trim() === '') return null;
    const path = isAbsolute(named) ? named : resolve(folder, named);
    if (existsSync(path)) return path;
    notes.push(`missing_${what}`);
    return null;
  };
  return { video: place('video', row.video), subtitles: place('subtitles', row.subtitles), notes };
}
