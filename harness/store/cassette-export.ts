import { createWriteStream, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { artifactsBelow } from './artifacts.ts';
import type { BundlePaths } from './bundle.ts';
import {
  type CassetteCall,
  type CassetteHead,
  type CassetteLine,
  cassetteCallSchema,
  isVideoCall,
  pieceBytes,
  withoutFolder,
} from './cassette-lines.ts';
import { bundleUnwritable } from './errors.ts';
import type { CallEvent } from './events.ts';
import { sha256 } from './hash.ts';
import { toDisk } from './keys.ts';
import { readPlan } from './plan-file.ts';
import { sharedCalls } from './shared-calls.ts';
import type { JournalState } from './state.ts';
import type { TextReader } from './texts.ts';

/** What a cassette is made of: a bundle, open or as read. */
export interface Recorded {
  paths: BundlePaths;
  state: JournalState;
  texts: TextReader;
}

export interface RecordOptions {
  path: string;
  head: Omit<CassetteHead, 'type' | 'schemaVersion'>;
  /** Keys in use: should a reply repeat one, it is written without. */
  secrets: readonly string[];
}

/**
 * Exports the call journal of a bundle as a cassette, whole or not at all. Calls whose video is no longer on disk are left
 * out; their number is returned as `lost`. Throws `bundle_unwritable` (exit 5).
 */
export async function writeCassette(
  bundle: Recorded,
  options: RecordOptions,
): Promise<{ calls: number; lost: number }> {
  const temporary = `${options.path}.${process.pid}.tmp`;
  const counts = { calls: 0, lost: 0 };
  try {
    const lines = Readable.from(packed(linesOf(bundle, options, counts)));
    await pipeline(lines, createGzip({ level: 9 }), createWriteStream(temporary));
    await rename(temporary, options.path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw bundleUnwritable(options.path, cause);
  }
  return counts;
}

async function* packed(lines: AsyncIterable<CassetteLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(toDisk(line))}\n`;
}

async function* linesOf(
  bundle: Recorded,
  { head, secrets }: RecordOptions,
  counts: { calls: number; lost: number },
): AsyncGenerator<CassetteLine> {
  yield { type: 'cassette', schemaVersion: 1, ...head };
  const plan = readPlan(bundle.paths.plan);
  const calls = [...bundle.state.calls, ...sharedCalls(bundle.state, bundle.texts, plan)];
  const written = new Set<string>();
  const fresh = (hash: string) => !written.has(hash) && written.add(hash);
  for (const call of inForce(calls)) {
    let { reply } = call;
    if (reply !== null && isVideoCall(call)) {
      const file = await videoOf(bundle, call.owner, reply);
      if (file === null) {
        counts.lost++;
        continue;
      }
      if (fresh(reply)) yield* pieces(reply, readFileSync(file));
    } else if (reply !== null) {
      const text = withoutSecrets(bundle.texts.get(reply), secrets);
      reply = sha256(text);
      if (fresh(reply)) yield { type: 'text', text };
    }
    counts.calls++;
    yield { ...entryOf(call), reply };
  }
  yield { type: 'end', calls: counts.calls };
}

/**
 * Of each request and occurrence the failed calls and the last answer, as far as they were made for the same files as the
 * last call of all: what was said of a video that was since made anew serves nobody.
 */
function inForce(calls: readonly CallEvent[]): CallEvent[] {
  const keyOf = (c: CallEvent) => [c.owner, c.role, c.purpose, c.request, c.occurrence].join('|');
  return [...Map.groupBy(calls, keyOf).values()].flatMap((same) => {
    const files = same.at(-1)?.files.join();
    const current = same.filter((call) => call.files.join() === files);
    const answer = current.findLast((call) => call.reply !== null);
    return current.filter((call) => call.reply === null || call === answer);
  });
}

/** What the list of fields lets through, and nothing else. */
function entryOf(call: CallEvent): CassetteCall {
  return cassetteCallSchema.strip().parse({
    ...call,
    time: call.replayed?.time ?? call.time,
    failure: call.failure?.class ?? null,
    servedModel: call.servedModel === null ? null : withoutFolder(call.servedModel),
  });
}

/** The file of a cell that has this hash; `null` when it is gone. */
async function videoOf({ paths }: Recorded, owner: string, hash: string): Promise<string | null> {
  const files = await artifactsBelow(paths.folder, paths.cell(owner));
  const found = files.find((file) => file.sha256 === hash);
  return found === undefined ? null : join(paths.folder, found.path);
}

function* pieces(hash: string, bytes: Buffer): Generator<CassetteLine> {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const piece = bytes.subarray(start, start + pieceBytes).toString('base64');
    yield { type: 'video', sha256: hash, piece };
  }
}

/** A text without any of these keys, plain or in the two usual encodings. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((key) => [key, Buffer.from(key).toString('base64'), encodeURIComponent(key)]);
  return forms.reduce((clean, form) => clean.replaceAll(form, '[key]'), text);
}
