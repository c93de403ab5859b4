import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../harness/store/errors.ts';
import { readRow } from './entry.ts';
import { type CatalogueRow, isRecord } from './row.ts';

const suffix = '.info.json';

/** Largest info.json that is read, bytes: some list every format and comment. */
const largest = 64 * 2 ** 20;

/**
 * Videos of a folder as yt-dlp leaves them with --write-info-json and --write-subs: `<stem>.info.json` beside
 * `<stem>.mp4` and `<stem>[.<language>].vtt` (https://github.com/yt-dlp/yt-dlp#output-template).
 */
export async function* readInfoFolder(folder: string, language: string): AsyncGenerator<CatalogueRow> {
  const names = readdirSync(folder).sort();
  const present = new Set(names);
  for (const name of names) {
    if (!name.endsWith(suffix)) continue;
    const stem = name.slice(0, -suffix.length);
    yield readInfo(folder, stem, present, language);
  }
}

function readInfo(folder: string, stem: string, names: ReadonlySet<string>, language: string): CatalogueRow {
  const where = join(folder, `${stem}${suffix}`);
  const broken = (cause: string, message: string): CatalogueRow => ({
    ok: false,
    where,
    problem: { cause, message },
  });
  try {
    if (statSync(where).size > largest) return broken('broken_file', 'it is too large for an info.json');
    const value: unknown = JSON.parse(readFileSync(where, 'utf8'));
    if (!isRecord(value)) return broken('broken_file', 'it is not a JSON object');
    const type = value._type ?? 'video';
    if (type !== 'video') return broken('no_video', `it describes a ${String(type)}, not a video`);
    const spoken = typeof value.language === 'string' ? value.language : language;
    return readRow(value, where, folder, filesBeside(folder, stem, names, spoken));
  } catch (thrown) {
    return broken('broken_file', messageOf(thrown));
  }
}

function filesBeside(folder: string, stem: string, names: ReadonlySet<string>, language: string) {
  const video = names.has(`${stem}.mp4`) ? join(folder, `${stem}.mp4`) : null;
  const others = ['.webm', '.mkv', '.mov', '.avi'].filter((end) => video === null && names.has(stem + end));
  const captions = captionsOf(stem, names, language);
  return {
    video,
    subtitles: captions === null ? null : join(folder, captions),
    notes: others.map((end) => `video_is_${end.slice(1)}`),
  };
}

/** Captions in the video's language before those without one, before any others; VTT before SRT. */
function captionsOf(stem: string, names: ReadonlySet<string>, language: string): string | null {
  const base = language.split('-')[0] ?? language;
  const wanted = [`.${language}`, `.${base}`, `.${base}-orig`, ''].flatMap((tag) => [
    `${stem}${tag}.vtt`,
    `${stem}${tag}.srt`,
  ]);
  return wanted.find((name) => names.has(name)) ?? null;
}
