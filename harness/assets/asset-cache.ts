import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashOf, sha256 } from '../store/hash.ts';
import { parseJson } from '../store/parse-json.ts';
import { type FoundAsset, foundAssetSchema } from './asset.ts';

/** One file for each question: the asset with a checksum over all of it. */
const entrySchema = z.strictObject({ asset: foundAssetSchema, checksum: z.string() });

/**
 * Icons found over the network, so that the same question gives the same icon and is asked once. An entry that cannot be
 * read, or is not what was written, counts as none. What was not found is not kept.
 */
export class AssetCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A damaged entry is like none. */
  async get(key: unknown): Promise<FoundAsset | null> {
    const text = await readFile(this.#path(key), 'utf8').catch(absent);
    const entry = entrySchema.safeParse(text === null ? null : parseJson(text));
    if (!entry.success) return null;
    const { asset, checksum } = entry.data;
    return checksum === hashOf(asset) && asset.sha256 === sha256(asset.svg) ? asset : null;
  }

  /** Written beside and renamed: another process never reads half an entry. */
  async put(key: unknown, asset: FoundAsset): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const path = this.#path(key);
    const part = `${path}.${process.pid}.part`;
    await writeFile(part, `${JSON.stringify({ asset, checksum: hashOf(asset) })}\n`);
    await rename(part, path);
  }

  #path(key: unknown): string {
    return join(this.#folder, `${hashOf(key)}.json`);
  }
}

function absent(thrown: unknown): null {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
  throw thrown;
}
