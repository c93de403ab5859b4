import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../harness/store/bundle.ts';
import { bundleUnwritable, exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { sha256, sha256File } from '../../harness/store/hash.ts';
import { type DownloadLimits, download, isLoopback } from './download.ts';
import { type PinnedFile, pinnedCommit, pinnedFiles, releaseBaseUrl } from './pinned.ts';

export interface GetOptions extends DownloadLimits {
  /** Where the files are put, side by side. */
  folder: string;
  /** A mirror; only https, but for one on this machine. */
  baseUrl?: string | undefined;
  fetch?: typeof fetch | undefined;
  /** Told in words what is being done. */
  onProgress?: ((line: string) => void) | undefined;
  /** What to fetch; the pinned release when absent. */
  files?: readonly PinnedFile[] | undefined;
}

/**
 * Fetches the released files at the pinned commit. Each is checked by its sha256 and written whole or not at all; one
 * that is there and right is not fetched again. Throws `download_failed` or `wrong_hash` (exit 4), whose hint lists what
 * is missing and how to do without a network.
 */
export async function getReleased(options: GetOptions): Promise<void> {
  const { folder, onProgress = () => {}, files = pinnedFiles } = options;
  const base = baseOf(options.baseUrl ?? releaseBaseUrl);
  const missing: PinnedFile[] = [];
  for (const file of files) if (!(await isThere(join(folder, file.name), file))) missing.push(file);
  if (missing.length < files.length) onProgress(`${files.length - missing.length} files are here already`);
  makeFolder(folder);
  for (const [i, file] of missing.entries()) {
    const url = new URL(file.path, base);
    onProgress(`fetching ${url} (${file.bytes} bytes)`);
    const bytes = await fetchOne(url, file, options, () => hintFor(base, missing.slice(i)));
    writeWhole(join(folder, file.name), bytes);
  }
}

async function fetchOne(
  url: URL,
  file: PinnedFile,
  options: GetOptions,
  hint: () => string,
): Promise<Uint8Array> {
  const got = await download(url, file.bytes, options);
  if (!got.ok) throw failure('download_failed', `cannot fetch ${url}: ${got.reason}`, hint(), got.cause);
  const found = sha256(got.bytes);
  if (found === file.sha256) return got.bytes;
  const message = `${url} is not what it was at ${pinnedCommit}: expected ${file.bytes} bytes with sha256 ${file.sha256}, got ${got.bytes.length} with ${found}`;
  throw failure('wrong_hash', message, hint());
}

function failure(code: string, message: string, hint: string, cause?: unknown): MmmcError {
  return new MmmcError(code, message, { exitCode: exitCodes.prerequisite, hint, cause });
}

function hintFor(base: URL, files: readonly PinnedFile[]): string {
  const lines = files.map(({ path, name }) => `  ${new URL(path, base)} -> ${name}`);
  return `Without a network: fetch these elsewhere, put them into one folder under these names, then
\`mmmc dataset import mmmc --from <folder>\`:\n${lines.join('\n')}`;
}

function baseOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text.endsWith('/') ? text : `${text}/`) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))))
    return url;
  throw new MmmcError('bad_url', `${text} is no address to fetch from`, {
    exitCode: exitCodes.usage,
    hint: 'Only https is fetched from, and http from this machine itself.',
  });
}

async function isThere(path: string, { bytes, sha256: expected }: PinnedFile): Promise<boolean> {
  return existsSync(path) && statSync(path).size === bytes && (await sha256File(path)) === expected;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(path, cause);
  }
}
