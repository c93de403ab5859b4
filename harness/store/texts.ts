import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { bundleUnwritable, MmmcError, messageOf } from './errors.ts';
import { sha256 } from './hash.ts';

const header = 'mmmc-texts 1';

/** Texts are short: a tenth of the usual working memory, which is cleared for each, packs them as well. */
const smallState = { windowBits: 13, memLevel: 6, chunkSize: 4096 } as const;

interface Place {
  path: string;
  offset: number;
  length: number;
}

/** Where each text lies: one line `<sha256> <base64 of raw deflate>`; a torn last line is passed over. */
function indexOf(path: string, index: Map<string, Place>): void {
  const content = readFileSync(path, 'latin1');
  for (let start = 0; ; ) {
    const end = content.indexOf('\n', start);
    if (end < 0) return;
    if (content[start + 64] === ' ')
      index.set(content.slice(start, start + 64), { path, offset: start + 65, length: end - start - 65 });
    start = end + 1;
  }
}

/** Reads prompts and replies by hash. */
export class TextReader {
  protected readonly index = new Map<string, Place>();

  constructor(folder: string) {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder).sort()) indexOf(join(folder, name), this.index);
  }

  has(hash: string): boolean {
    return this.index.has(hash);
  }

  hashes(): Iterable<string> {
    return this.index.keys();
  }

  /** The text of a hash. Throws `text_missing` when the bundle does not hold it, `text_damaged` when it is another. */
  get(hash: string): string {
    const place = this.index.get(hash);
    if (!place) throw new MmmcError('text_missing', `the bundle has no text ${hash}`);
    const bytes = Buffer.alloc(place.length);
    const fd = openSync(place.path, 'r');
    try {
      readSync(fd, bytes, 0, place.length, place.offset);
    } finally {
      closeSync(fd);
    }
    const text = inflateRawSync(Buffer.from(bytes.toString('latin1'), 'base64')).toString('utf8');
    if (sha256(text) !== hash)
      throw new MmmcError('text_damaged', `text ${hash} in ${place.path} is not what it was`);
    return text;
  }
}

/** Appends texts to a segment of its own; each text is stored once. */
export class TextStore extends TextReader {
  readonly #path: string;
  readonly #fd: number;
  #size = 0;
  #broken: unknown = null;

  constructor(folder: string, segment: string) {
    super(folder);
    this.#path = join(folder, `${segment}.txt`);
    try {
      mkdirSync(folder, { recursive: true });
      this.#fd = openSync(this.#path, 'ax');
    } catch (cause) {
      throw bundleUnwritable(folder, cause);
    }
    this.#write(`${header}\n`);
  }

  /** Stores a text and returns its hash. */
  put(text: string): string {
    const hash = sha256(text);
    if (this.index.has(hash)) return hash;
    const data = deflateRawSync(text, smallState).toString('base64');
    const place = { path: this.#path, offset: this.#size + 65, length: data.length };
    this.#write(`${hash} ${data}\n`);
    this.index.set(hash, place);
    return hash;
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** After a failed write nothing more is written, so that no torn line has a successor. */
  #write(line: string): void {
    if (this.#broken !== null) throw bundleUnwritable(this.#path, this.#broken);
    const bytes = Buffer.from(line, 'latin1');
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
    } catch (cause) {
      this.#broken = messageOf(cause);
      throw bundleUnwritable(this.#path, cause);
    }
    this.#size += bytes.length;
  }
}
