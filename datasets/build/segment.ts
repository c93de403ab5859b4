import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../../harness/store/errors.ts';
import type { Artifact } from '../../harness/store/events.ts';
import { shortId } from '../../harness/store/hash.ts';
import { checkChapters } from './chapters.ts';
import { type CutFacts, cutUnit } from './cuts.ts';
import type { State } from './funnel.ts';
import type { BuildShop } from './shop.ts';
import { type Cue, parseSubtitles, transcriptOf } from './subtitles.ts';
import type { CatalogueEntry, Unit } from './types.ts';

/** Longest transcript kept of a unit, characters: about a quarter of an hour of speech. */
const longestTranscript = 12_000;

/** Largest subtitles file that is read, bytes. */
const largestSubtitles = 16 * 2 ** 20;

/** A line of `build/3-segment.jsonl`. */
export interface SegmentLine {
  id: string;
  entry: string;
  parent: string | null;
  title: string;
  startS: number;
  endS: number | null;
  video: string | null;
  /** How its own video was cut. */
  cut: CutFacts | null;
  transcriptCharacters: number;
  state: State;
  cause: string | null;
  message: string | null;
}

/** A video's units, the line of each chapter whether it became one or not, and the files that were cut. */
export interface Segmented {
  units: readonly Unit[];
  lines: readonly SegmentLine[];
  artifacts: readonly Artifact[];
  notes: readonly string[];
}

/** The whole video as a unit, and each of its author's chapters that is fit to be one. */
export async function segment(shop: BuildShop, item: string, entry: CatalogueEntry): Promise<Segmented> {
  const { segments } = shop.config.file;
  const { cues, notes } = await readCues(entry);
  const whole = wholeUnit(item, entry, cues);
  const units: Unit[] = [whole];
  const lines: SegmentLine[] = [lineOf(whole, {})];
  const artifacts: Artifact[] = [];
  for (const { chapter, problem } of checkChapters(entry.chapters, entry.durationS, segments)) {
    const unit = chapterUnit(item, whole, chapter, cues);
    if (problem !== null) {
      lines.push(lineOf(unit, { state: 'dropped', ...problem }));
      continue;
    }
    const cut =
      entry.video === null || segments.cut === 'none'
        ? null
        : await cutUnit(shop, item, unit.id, entry.video, chapter);
    if (cut?.ok === false) {
      lines.push(lineOf(unit, { state: 'dropped', cause: 'not_cut', message: cut.reason }));
      continue;
    }
    const made = { ...unit, video: cut?.video ?? null };
    units.push(made);
    lines.push(lineOf(made, { cut: cut?.facts ?? null }));
    artifacts.push(...(cut?.artifacts ?? []));
  }
  return { units, lines, artifacts, notes };
}

function wholeUnit(item: string, entry: CatalogueEntry, cues: readonly Cue[] | null): Unit {
  const { title, description, durationS, video, tags, url, licence, language } = entry;
  return {
    id: shortId('unit', { item, part: 'whole' }),
    entry: entry.id,
    parent: null,
    title,
    parentTitle: null,
    description,
    startS: 0,
    endS: durationS,
    video,
    transcript: spoken(cues, 0, null),
    ...{ tags, url, licence, language },
  };
}

function chapterUnit(
  item: string,
  whole: Unit,
  { title, startS, endS }: CatalogueEntry['chapters'][number],
  cues: readonly Cue[] | null,
): Unit {
  const part = { id: shortId('unit', { item, title, startS, endS }), parent: whole.id };
  const transcript = spoken(cues, startS, endS);
  return { ...whole, ...part, title, parentTitle: whole.title, startS, endS, video: null, transcript };
}

function spoken(cues: readonly Cue[] | null, startS: number, endS: number | null): string | null {
  const text = cues && transcriptOf(cues, startS, endS).slice(0, longestTranscript);
  return text || null;
}

function lineOf(unit: Unit, said: Partial<SegmentLine>): SegmentLine {
  const { id, entry, parent, title, startS, endS, video, transcript } = unit;
  const transcriptCharacters = transcript?.length ?? 0;
  const told = { cut: null, state: 'kept' as const, cause: null, message: null, ...said };
  return { id, entry, parent, title, startS, endS, video, transcriptCharacters, ...told };
}

/** A video's captions; what cannot be read is noted, and the video goes on without. */
async function readCues(entry: CatalogueEntry): Promise<{ cues: Cue[] | null; notes: string[] }> {
  if (entry.subtitles === null) return { cues: null, notes: [] };
  try {
    const { size } = await stat(entry.subtitles);
    const cues = size > largestSubtitles ? null : parseSubtitles(await readFile(entry.subtitles, 'utf8'));
    return { cues, notes: cues === null ? ['unreadable_subtitles'] : [] };
  } catch (thrown) {
    return { cues: null, notes: [`unreadable_subtitles: ${messageOf(thrown)}`] };
  }
}
