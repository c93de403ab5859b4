import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { bundleUnwritable, MmmcError, messageOf } from './errors.ts';
import { eventSchema, type JournalEvent } from './events.ts';
import { fromDisk, toDisk } from './keys.ts';

/** Reads every event of a journal folder, oldest first. A torn last line of a segment is what a kill leaves: passed over. */
export function readJournal(folder: string): JournalEvent[] {
  const segments = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return segments.sort().flatMap((name) => readSegment(join(folder, name)));
}

function readSegment(path: string): JournalEvent[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const torn = lines.pop();
  const events = lines.map((line, i) => parseLine(line, `${path}:${i + 1}`));
  if (torn) {
    const whole = eventSchema.safeParse(tryJson(torn));
    if (whole.success) events.push(whole.data);
  }
  return events;
}

function tryJson(line: string): unknown {
  try {
    return fromDisk(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function parseLine(line: string, where: string): JournalEvent {
  const event = eventSchema.safeParse(tryJson(line));
  if (event.success) return event.data;
  throw new MmmcError('journal_damaged', `${where} is not an event of this journal`, {
    hint: 'Restore the file from a copy, or move the segment away: jobs that only it recorded will run again.',
    cause: event.error,
  });
}

/** Appends events to a segment of its own, one line each, whole or (after a kill) torn at the end of the file. */
export class JournalWriter {
  readonly #fd: number;
  readonly #listener: (event: JournalEvent) => void;
  #broken: unknown = null;

  constructor(folder: string, segment: string, version: string, listener: (event: JournalEvent) => void) {
    this.#listener = listener;
    try {
      mkdirSync(folder, { recursive: true });
      this.#fd = openSync(join(folder, `${segment}.jsonl`), 'ax');
    } catch (cause) {
      throw bundleUnwritable(folder, cause);
    }
    this.append({ type: 'segment', time: now(), schemaVersion: 1, version, pid: process.pid });
  }

  /** Writes one event; after a failed write nothing more is written, so that no torn line has a successor. */
  append(event: JournalEvent): void {
    if (this.#broken !== null) throw bundleUnwritable('the journal', this.#broken);
    try {
      const line = Buffer.from(`${JSON.stringify(toDisk(event))}\n`);
      for (let done = 0; done < line.length; ) done += writeSync(this.#fd, line, done);
    } catch (cause) {
      this.#broken = messageOf(cause);
      throw bundleUnwritable('the journal', cause);
    }
    this.#listener(event);
  }

  close(): void {
    this.#broken ??= 'it is closed';
    closeSync(this.#fd);
  }
}

/** The present as ISO text, as all events carry it. */
export function now(): string {
  return new Date().toISOString();
}
