import type { Question } from '../schema.ts';

/** One row of a catalogue of teaching videos, whatever file it came from. */
export interface CatalogueEntry {
  /** Unique in the catalogue: the video's id, else a hash of url or title. */
  id: string;
  title: string;
  description: string;
  /** Seconds. */
  durationS: number | null;
  /** The author's chapters, seconds from the start, in order. */
  chapters: readonly { title: string; startS: number; endS: number }[];
  tags: readonly string[];
  category: string | null;
  url: string | null;
  licence: string | null;
  /** BCP 47. */
  language: string | null;
  /** Absolute path of the video file, when it is there. */
  video: string | null;
  /** Absolute path of a subtitles file (.vtt or .srt), when it is there. */
  subtitles: string | null;
}

/** What a topic is made of: a whole video, or a segment of one. */
export interface Unit {
  id: string;
  /** Id of the catalogue entry. */
  entry: string;
  /** Id of the unit of the whole video, for segments. */
  parent: string | null;
  /** Title of the video or of the chapter. */
  title: string;
  parentTitle: string | null;
  description: string;
  /** Where in the video, seconds; `null` with an unknown duration. */
  startS: number;
  endS: number | null;
  /** The unit's own video from the bundle's folder (cut) or, for a whole video, its absolute path; null: only a time range. */
  video: string | null;
  /** Words spoken in it, when there are subtitles. */
  transcript: string | null;
  tags: readonly string[];
  url: string | null;
  licence: string | null;
  language: string | null;
}

/** A unit with its learning topic (stage 4) and category (stage 5). */
export interface UnitTopic {
  unit: Unit;
  title: string;
  category: string | null;
}

/** Why the validators refuse a question. */
export const refusals = [
  'wrong_schema',
  'wrong_language',
  'refers_to_source',
  'duplicate',
  'length_cue',
  'key_imbalance',
  'answerable_without_video',
  'not_answerable_with_video',
  'two_keys',
  'wrong_key',
] as const;
export type Refusal = (typeof refusals)[number];

/** What became of one drafted question; kept whether accepted or not. */
export interface Validated {
  question: Question;
  accepted: boolean;
  refusal: Refusal | null;
  reason: string | null;
  /** The builder's round, from 0. */
  round: number;
}
