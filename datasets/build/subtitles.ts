/** One caption: when it is shown, seconds, and its lines. */
export interface Cue {
  startS: number;
  endS: number;
  lines: readonly string[];
}

const timing =
  /^((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})(?:[ \t].*)?$/;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lrm: '',
  rlm: '',
};

/**
 * Reads WebVTT (https://www.w3.org/TR/webvtt1/) or SubRip captions: blocks apart by empty lines (one with a space is not), of which those with a
 * line of timing are captions. Mark-up and times inside the text are taken out. A file with text but without one
 * caption gives `null`.
 */
export function parseSubtitles(text: string): Cue[] | null {
  const blocks = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n\n');
  const cues = blocks.flatMap((block) => {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => timing.test(line.trim()));
    const times = timing.exec(lines[at]?.trim() ?? '');
    if (!times || at > 2) return [];
    const shown = lines
      .slice(at + 1)
      .map(plain)
      .filter((line) => line !== '');
    return [{ startS: secondsOf(times[1] ?? ''), endS: secondsOf(times[2] ?? ''), lines: shown }];
  });
  return cues.length === 0 && text.trim() !== '' && !/^\uFEFF?WEBVTT\s*$/.test(text) ? null : cues;
}

function plain(line: string): string {
  return line
    .replace(/<[^>]*>|\{\\[^}]*\}/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}

function secondsOf(text: string): number {
  return text
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** How far apart captions may be and still be one rolling text, seconds. */
const rollingGapS = 0.1;

/**
 * The words spoken from `startS` up to `endS` (or the end). Rolling captions repeat the line before each new one, so a
 * line that the caption right before it has shown already is passed over.
 */
export function transcriptOf(cues: readonly Cue[], startS: number, endS: number | null): string {
  const spoken: string[] = [];
  let before: Cue | undefined;
  for (const cue of cues) {
    const repeated = before !== undefined && cue.startS <= before.endS + rollingGapS ? before.lines : [];
    const fresh = cue.lines.filter((line) => !repeated.includes(line));
    before = cue;
    if (cue.startS >= startS && (endS === null || cue.startS < endS)) spoken.push(...fresh);
  }
  return spoken.join(' ');
}
