/** Machine words of a bundle in readable words. */
import { toDisk } from '../harness/store/keys.ts';
import type { AnswerResult, CellResult } from '../metrics/evidence.ts';
import { count } from './format.ts';

type Status = CellResult['status'];

export const statusWords: Readonly<Record<Status, string>> = {
  ok: 'complete',
  partial: 'partial',
  method_failed: 'failed',
  refused: 'refused',
  infra_error: 'not done: infrastructure',
  judge_error: 'not done: judge',
  skipped: 'skipped',
  planned: 'not finished',
};

/** What a status means for the figures, for a title or a legend. */
export const statusHelp: Readonly<Record<Status, string>> = {
  ok: 'the whole video was made',
  partial: 'a video with sections missing; scored as it is',
  method_failed: 'the method’s own failure; it counts against the method',
  refused: 'the model refused; it counts against the method',
  infra_error: 'network, quota or machine; retried by the next run and in no mean',
  judge_error: 'no usable judgement; retried by the next run and in no mean',
  skipped: 'nothing to do',
  planned: 'planned, not finished yet',
};

export const statusSigns: Readonly<Record<Status, string>> = {
  ok: '●',
  partial: '◐',
  method_failed: '✕',
  refused: '✕',
  infra_error: '△',
  judge_error: '△',
  skipped: '·',
  planned: '○',
};

const errorWords: Readonly<Record<string, string>> = {
  syntax: 'Syntax error',
  exception: 'Exception',
  latex: 'LaTeX error',
  font: 'Font missing',
  no_scene_class: 'No scene class in the code',
  no_animation: 'Scene without animation',
  'killed:cpu': 'Stopped: CPU time limit',
  'killed:wall': 'Stopped: wall time limit',
  'killed:memory': 'Stopped: memory limit',
  'killed:output': 'Stopped: output limit',
  'killed:folder_bytes': 'Stopped: wrote too many bytes',
  'killed:folder_files': 'Stopped: wrote too many files',
  no_video: 'No video was written',
  crashed: 'The process crashed',
  no_code: 'No code in the reply',
  cut: 'Reply cut short',
  network: 'Network error',
  timeout: 'Time-out',
  rate_limit: 'Rate limit',
  quota: 'Quota used up',
  server: 'Server error',
  auth: 'Key refused',
  policy: 'Refused by policy',
  not_recorded: 'Not in the cassette',
};

/** A cause such as `killed:cpu` or `plan_unusable` in words; words unknown here lose their underscores. */
export function causeWords(cause: string): string {
  const known = errorWords[cause];
  if (known !== undefined) return known;
  const words = cause.replace(/[_:\s]+/g, ' ').trim();
  return words === '' ? 'Unknown cause' : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Arms as headings; unknown ones lose their underscores. */
export function armWords(arm: string): string {
  return causeWords(arm);
}

/** `B`, `abstained`, `no single option`, `no reading`. */
export function readingWords(reading: AnswerResult['reading']): string {
  if (reading === null) return 'no reading';
  if (reading.kind === 'letter') return reading.letter;
  return reading.kind === 'abstain' ? 'abstained' : 'no single option';
}

export type Mark = 'right' | 'wrong' | 'abstained' | 'invalid' | 'none';

/** How an answer counts: an answer without a reading is never wrong. */
export function markOf(answer: AnswerResult): Mark {
  if (answer.reading === null) return 'none';
  if (answer.reading.kind === 'abstain') return 'abstained';
  if (answer.reading.kind === 'invalid') return 'invalid';
  return answer.correct === true ? 'right' : 'wrong';
}

export const markSigns: Readonly<Record<Mark, string>> = {
  right: '✓',
  wrong: '✕',
  abstained: '–',
  invalid: '≠',
  none: '?',
};

export const markWords: Readonly<Record<Mark, string>> = {
  right: 'right',
  wrong: 'wrong',
  abstained: 'abstained',
  invalid: 'no single option',
  none: 'no reading',
};

/** Counts of a cell's sections in one phrase: `4 of 5 sections rendered, 3 repairs`. */
export function sectionsInWords(cell: CellResult): string | null {
  if (cell.sections.length === 0) return null;
  const rendered = cell.sections.filter((s) => s.rendered).length;
  const repairs = cell.sections.reduce((sum, s) => sum + s.repairs, 0);
  return `${rendered} of ${count(cell.sections.length, 'section')} rendered, ${count(repairs, 'repair')}`;
}

/** The warning for code that ran without a sandbox. */
export const unsafeWords = 'Model-written code ran without a sandbox.';

/** A method's settings on one line, spelt as in a config: `max_repairs 3, quality low`. */
export function settingsInWords(settings: Readonly<Record<string, unknown>>): string {
  const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const parts = Object.entries(Object(toDisk(settings))).map(([key, value]) => `${key} ${shown(value)}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
