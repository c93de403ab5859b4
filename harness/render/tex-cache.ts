import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workspace } from './workspace.ts';

/** SHA-256 of the document, the TeX program and its format; see worker/tex_cache.py. */
const entryName = /^[0-9a-f]{64}\.svg$/;
const maxEntryBytes = 256 * 1024;
/** New entries that are taken from one job, and entries of one cache. */
const maxNew = 100;
const maxEntries = 1000;

/** What dvisvgm writes for glyphs and rules; nothing that loads, links or runs. */
const plainElements = new Set(['svg', 'defs', 'path', 'use', 'g', 'rect', 'clipPath', 'symbol', 'title']);

/**
 * The TeX results of one cell, a folder of SVG files. Jobs get copies that they cannot write to; what they add is
 * taken only if it is a plain SVG under a name that is a hash and not there yet. Scenes of the same cell may spoil
 * it for one another, so no two cells share one.
 */
export class TexCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Copies the entries into a folder that a job will see read-only. */
  async show(trusted: Workspace): Promise<void> {
    for (const name of await this.#entries()) await trusted.copyIn(`tex/${name}`, join(this.#folder, name));
  }

  /** Takes new entries out of the folder of a job that has ended. */
  async take(space: Workspace): Promise<void> {
    const known = new Set(await this.#entries());
    const offered = (await names(join(space.folder, 'tex')))
      .filter((name) => !known.has(name))
      .slice(0, maxNew);
    if (known.size + offered.length > maxEntries) return;
    if (offered.length > 0) await mkdir(this.#folder, { recursive: true });
    for (const name of offered) {
      const part = join(this.#folder, `.${randomUUID()}`);
      const taken = await space.copyOut(`tex/${name}`, part, maxEntryBytes);
      if (taken && isPlainSvg(await readFile(part, 'utf8'))) await rename(part, join(this.#folder, name));
      else await rm(part, { force: true });
    }
  }

  #entries(): Promise<string[]> {
    return names(this.#folder);
  }
}

/** Names of possible entries; a folder that is not there, or no folder, has none. */
async function names(folder: string): Promise<string[]> {
  const all = await readdir(folder).catch(() => []);
  return all.filter((name) => entryName.test(name)).slice(0, maxEntries);
}

/** Whether a text is an SVG of shapes only, as TeX's results are. */
export function isPlainSvg(text: string): boolean {
  const body = text.replace(/^<\?xml[^<>]*\?>\s*/, '').replace(/<!--[^<>]*-->/g, '');
  if (
    !/^\s*<svg[\s>]/.test(body) ||
    !/<\/svg>\s*$/.test(body) ||
    /<[!?]|&(?!(lt|gt|amp|quot|apos);)/.test(body)
  )
    return false;
  const elements = [...body.matchAll(/<\/?([^\s/>]*)/g)].map((match) => match[1] ?? '');
  const links = [...body.matchAll(/href\s*=\s*(.)(.)/g)].map((match) => match[2]);
  return (
    elements.every((name) => plainElements.has(name)) &&
    links.every((first) => first === '#') &&
    !/\son\w+\s*=|url\((?!#)/i.test(body)
  );
}
