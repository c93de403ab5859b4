import { appendFileSync, createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import {
  type CallKey,
  type CassetteCall,
  type CassetteHead,
  type CassetteLine,
  cassetteLineSchema,
  cassetteVersion,
  isVideoCall,
} from './cassette-lines.ts';
import { exitCodes, MmmcError, messageOf } from './errors.ts';
import { sha256, sha256File } from './hash.ts';
import { fromDisk } from './keys.ts';

/** A reply has at most 64 MB; JSON may need two bytes for one. */
const maxLineBytes = 160 * 2 ** 20;

const keyText = ({ owner, role, purpose, request }: CallKey) => [owner, role, purpose, request].join('|');

/** A recording opened for replay. Its videos wait in a temporary folder until it is disposed of. */
export class Cassette implements Disposable {
  /** Hash of the file. */
  readonly sha256: string;
  #head: CassetteHead | null = null;
  #calls = 0;
  #ended = false;
  readonly #byKey = new Map<string, CassetteCall[]>();
  readonly #owners = new Set<string>();
  readonly #texts = new Map<string, string>();
  readonly #videos = new Set<string>();
  #folder: string | null = null;

  private constructor(hash: string) {
    this.sha256 = hash;
  }

  /** Reads a cassette. Throws MmmcError `bad_cassette` (exit 2): not there, no cassette, of a later version, cut, damaged. */
  static async open(path: string): Promise<Cassette> {
    if (!existsSync(path)) throw bad(`there is no cassette ${path}`, 'Name the file that --record wrote.');
    const hash = await sha256File(path).catch((thrown: unknown) => {
      throw unreadable(path, thrown);
    });
    const cassette = new Cassette(hash);
    try {
      await cassette.#read(path);
      return cassette;
    } catch (thrown) {
      cassette[Symbol.dispose]();
      throw thrown instanceof MmmcError ? thrown : unreadable(path, thrown);
    }
  }

  get head(): CassetteHead {
    if (this.#head === null) throw new MmmcError('bug', 'a cassette was used before it was read');
    return this.#head;
  }

  /** Was anything recorded for this cell or slot? */
  hasOwner(owner: string): boolean {
    return this.#owners.has(owner);
  }

  /** The calls of one occurrence, oldest first: failed ones, and at most one answer, the last. */
  calls(key: CallKey, occurrence: number): readonly CassetteCall[] {
    return (this.#byKey.get(keyText(key)) ?? []).filter((call) => call.occurrence === occurrence);
  }

  text(hash: string): string {
    const text = this.#texts.get(hash);
    if (text === undefined) throw new MmmcError('bug', `the cassette has no text ${hash}`);
    return text;
  }

  /** The bytes of a recorded video, `null` when it has none of this hash. Throws `bad_cassette` for other bytes. */
  video(hash: string): Uint8Array | null {
    if (!this.#videos.has(hash)) return null;
    const bytes = readFileSync(this.#videoPath(hash));
    if (sha256(bytes) === hash) return bytes;
    throw bad(`video ${hash} of the cassette is not what it was`, 'Record again, or take another copy.');
  }

  [Symbol.dispose](): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }

  async #read(path: string): Promise<void> {
    const unpacked = createGunzip();
    const file = createReadStream(path);
    file.once('error', (error) => unpacked.destroy(error)).pipe(unpacked);
    let number = 0;
    for await (const line of linesOf(unpacked))
      this.#take(parseLine(line, `${path}: line ${++number}`), path);
    if (this.#head === null) throw notOne(path);
    if (!this.#ended) throw cut(path);
  }

  #take(line: CassetteLine, path: string): void {
    if (line.type === 'cassette') this.#head = line;
    else if (this.#head === null) throw notOne(path);
    else if (line.type === 'text') this.#texts.set(sha256(line.text), line.text);
    else if (line.type === 'video') this.#addPiece(line.sha256, line.piece);
    else if (line.type === 'call') this.#addCall(line, path);
    else if (line.calls === this.#calls) this.#ended = true;
    else throw cut(path);
  }

  #addCall(call: CassetteCall, path: string): void {
    const kept = isVideoCall(call) ? this.#videos : this.#texts;
    if (call.reply !== null && !kept.has(call.reply))
      throw bad(`${path}: the reply to ${call.request} is missing`);
    this.#calls++;
    this.#owners.add(call.owner);
    const same = this.#byKey.get(keyText(call));
    if (same === undefined) this.#byKey.set(keyText(call), [call]);
    else same.push(call);
  }

  #addPiece(hash: string, piece: string): void {
    this.#videos.add(hash);
    appendFileSync(this.#videoPath(hash), Buffer.from(piece, 'base64'));
  }

  /** The hash is 64 hex digits: the schema says so. */
  #videoPath(hash: string): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'mmmc-cassette-'));
    return join(this.#folder, hash);
  }
}

/** The lines of an unpacked stream; one longer than any of ours ends it. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]).toString('utf8');
      parts = [];
      length = 0;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > maxLineBytes) throw new Error(`a line has more than ${maxLineBytes} bytes`);
  }
}

function parseLine(line: string, where: string): CassetteLine {
  const value: unknown = fromDisk(JSON.parse(line));
  const parsed = cassetteLineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version = laterVersion(value);
  if (version !== null)
    throw bad(
      `${where}: the cassette has schema version ${version}, and this program reads up to ${cassetteVersion}`,
      'Use the program that recorded it, or a later one.',
    );
  throw bad(`${where} is no line of a cassette`, undefined, parsed.error);
}

function laterVersion(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return null;
  const { schemaVersion } = value;
  return typeof schemaVersion === 'number' && schemaVersion > cassetteVersion ? schemaVersion : null;
}

function bad(message: string, hint = 'Record it again, or take another copy.', cause?: unknown): MmmcError {
  return new MmmcError('bad_cassette', message, { hint, exitCode: exitCodes.usage, cause });
}

const notOne = (path: string, cause?: unknown) =>
  bad(`${path} is no cassette`, 'Name the file that --record wrote.', cause);
const cut = (path: string, cause?: unknown) =>
  bad(`${path} is a cassette that was cut short`, undefined, cause);

/** What zlib, JSON and the file system say, in our words. */
function unreadable(path: string, thrown: unknown): MmmcError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code === 'Z_BUF_ERROR') return cut(path, thrown);
  if (code === 'Z_DATA_ERROR' || code === 'EISDIR' || thrown instanceof SyntaxError)
    return notOne(path, thrown);
  return bad(`${path} cannot be read: ${messageOf(thrown)}`, undefined, thrown);
}
