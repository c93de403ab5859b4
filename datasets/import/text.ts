import { existsSync, readFileSync, statSync } from 'node:fs';
import { messageOf } from '../../harness/store/errors.ts';
import type { Problems } from '../problems.ts';

/** Larger text files are refused; the released ones have 0.3 MB. */
const largestText = 256 * 1024 ** 2;

/** A text file as it was read, which names places in itself. */
export interface TextFile {
  path: string;
  text: string;
  /** Some bytes were no UTF-8: what holds U+FFFD cannot be trusted to say what the file said. */
  damaged: boolean;
}

const lineStarts = new WeakMap<object, readonly number[]>();

/** Offset of each line's first character; kept, since an import asks for thousands of places. */
function startsOf(file: { text: string }): readonly number[] {
  const known = lineStarts.get(file);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1);
  lineStarts.set(file, starts);
  return starts;
}

/** `file:line:column` of an offset in UTF-16 units; line and column from 1. */
export function placeIn(file: { path: string; text: string }, offset: number): string {
  const starts = startsOf(file);
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return `${file.path}:${low + 1}:${offset - (starts[low] ?? 0) + 1}`;
}

/**
 * Reads a text file as UTF-8. A missing or huge file is a problem and gives null; bytes that are no UTF-8 are a problem
 * for each line that holds some, and read as U+FFFD. A byte order mark stays in the text.
 */
export function readText(path: string, problems: Problems): TextFile | null {
  const bytes = readBytes(path, problems);
  if (bytes === null) return null;
  try {
    return { path, text: decode(bytes, true), damaged: false };
  } catch {
    nameBadLines(path, bytes, problems); // The decoder does not say where; the lines do.
    return { path, text: decode(bytes, false), damaged: true };
  }
}

function readBytes(path: string, problems: Problems): Uint8Array | null {
  if (!existsSync(path)) {
    problems.add('missing_file', path, 'there is no such file');
    return null;
  }
  try {
    if (statSync(path).size <= largestText) return readFileSync(path);
    problems.add('huge_file', path, `larger than ${largestText / 1024 ** 2} MB, the most that is read`);
  } catch (error) {
    problems.add('unreadable_file', path, messageOf(error));
  }
  return null;
}

function decode(bytes: Uint8Array, fatal: boolean): string {
  return new TextDecoder('utf-8', { fatal, ignoreBOM: true }).decode(bytes);
}

function nameBadLines(path: string, bytes: Uint8Array, problems: Problems): void {
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const feed = bytes.indexOf(10, start);
    const end = feed === -1 ? bytes.length : feed;
    const column = firstBad(bytes.subarray(start, end));
    if (column > 0)
      problems.add('bad_utf8', `${path}:${line}:${column}`, 'expected UTF-8, found bytes that are none');
    start = end + 1;
  }
}

/** Column of the first bytes that are no UTF-8, from 1; 0 when there are none. */
function firstBad(bytes: Uint8Array): number {
  try {
    decode(bytes, true);
    return 0;
  } catch {
    // Told by the column that is returned. A real U+FFFD in front of the bad bytes is passed over.
    const text = decode(bytes, false);
    let at = text.indexOf('\uFFFD');
    while (at !== -1) {
      const before = new TextEncoder().encode(text.slice(0, at));
      const real = [0xef, 0xbf, 0xbd].every((byte, i) => bytes[before.length + i] === byte);
      if (!real) break;
      at = text.indexOf('\uFFFD', at + 1);
    }
    return at + 1;
  }
}
