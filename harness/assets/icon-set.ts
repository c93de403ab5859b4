import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { sha256 } from '../store/hash.ts';
import type { FoundAsset } from './asset.ts';
import { sanitiseSvg } from './sanitise.ts';
import type { IconWords } from './words.ts';

/** Facts of an icon set as Iconify writes them, in packages and over HTTP alike (IconifyInfo). */
export const setInfoSchema = z.object({
  name: z.string(),
  author: z.object({ name: z.string(), url: z.string().default('') }),
  license: z.object({ title: z.string(), spdx: z.string().optional(), url: z.string().default('') }),
});
type SetInfo = z.infer<typeof setInfoSchema>;

const iconsSchema = z.object({
  icons: z.record(z.string(), z.object({ body: z.string(), hidden: z.boolean().optional() })),
  aliases: z.record(z.string(), z.object({ parent: z.string() })).default({}),
  width: z.number(),
  height: z.number(),
});
const metadataSchema = z.object({ categories: z.record(z.string(), z.array(z.string())).default({}) });

/** An icon of a set with the licence and author of the set; `null` where its drawing cannot be made safe. */
export function assetOf(name: string, drawing: string, { prefix, info }: NamedSet): FoundAsset | null {
  const svg = sanitiseSvg(drawing);
  if (svg === null) return null;
  const { title, spdx, url } = info.license;
  return {
    name,
    svg,
    licence: { title, url, ...(spdx !== undefined && { spdx }) },
    source: {
      set: info.name,
      author: info.author.name,
      url: `https://icon-sets.iconify.design/${prefix}/${name}/`,
    },
    sha256: sha256(svg),
  };
}

interface NamedSet {
  prefix: string;
  info: SetInfo;
}

/** A set of icons that came with a package. */
export interface IconSet extends NamedSet {
  /** One for each icon, without those that the set has taken back. */
  words: readonly IconWords[];
  /** The drawing as the set has it. */
  svg(name: string): string | undefined;
}

const { resolve } = createRequire(import.meta.url);

/** Reads `@iconify-json/<prefix>`: 10 to 50 ms. Throws when the package is not there or is no icon set. */
export async function readIconSet(prefix: string): Promise<IconSet> {
  const json = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(resolve(`@iconify-json/${prefix}/${file}`), 'utf8'));
  const info = setInfoSchema.parse(await json('info.json'));
  const { icons, aliases, width, height } = iconsSchema.parse(await json('icons.json'));
  const { categories } = metadataSchema.parse(await json('metadata.json'));
  const tags = grouped(
    Object.entries(categories).flatMap(([tag, names]) => names.map((name) => [name, tag])),
  );
  const others = grouped(Object.entries(aliases).map(([alias, { parent }]) => [parent, alias]));
  const shown = Object.keys(icons).filter((name) => icons[name]?.hidden !== true);
  return {
    prefix,
    info,
    words: shown.map((name) => ({ name, aliases: others.get(name) ?? [], tags: tags.get(name) ?? [] })),
    svg(name) {
      const body = icons[name]?.body;
      if (body === undefined) return undefined;
      return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${body}</svg>`;
    },
  };
}

function grouped(pairs: readonly (readonly string[])[]): Map<string, string[]> {
  const groups = Map.groupBy(pairs, ([key = '']) => key);
  return new Map([...groups].map(([key, group]) => [key, group.map(([, value = '']) => value)]));
}
