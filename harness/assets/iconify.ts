import { z } from 'zod';
import type { AssetSource, FoundAsset } from './asset.ts';
import { assetOf, setInfoSchema } from './icon-set.ts';
import { type Web, type WebSourceOptions, webSource } from './web-source.ts';
import { wordsOfQuery } from './words.ts';

/** `GET /search`: names as `prefix:name`, best first, and the facts of each set that they are from. */
const searchSchema = z.object({
  icons: z.array(z.string()),
  collections: z.record(z.string(), setInfoSchema),
});

/** So many of the best results are looked at until one can be made safe. */
const looks = 5;
/** The least that the service takes as a limit. */
const limit = 32;

/**
 * Icons of the Iconify HTTP protocol, version 3 (iconify.design/docs/api): `/search`, then `/{prefix}/{name}.svg`. The
 * public service is https://api.iconify.design; one's own speaks the same.
 */
export function openIconify(options: WebSourceOptions): AssetSource {
  const ask = async (query: string, web: Web) => {
    const words = wordsOfQuery(query).join(' ');
    if (words === '') return null;
    const search = new URLSearchParams({ query: words, limit: String(limit) });
    const found = await web.json(`${options.baseUrl}/search?${search}`, searchSchema);
    return found === null ? null : firstSafe(options.baseUrl, found, web);
  };
  return webSource('iconify', options, () => ({}), ask);
}

async function firstSafe(
  baseUrl: string,
  { icons, collections }: z.infer<typeof searchSchema>,
  web: Web,
): Promise<FoundAsset | null> {
  for (const icon of icons.slice(0, looks)) {
    // The name goes into an address: it is what the protocol says, or it is left out.
    const [, prefix = '', name = ''] = /^([a-z\d-]+):([a-z\d-]+)$/.exec(icon) ?? [];
    const info = Object.hasOwn(collections, prefix) ? collections[prefix] : undefined;
    if (info === undefined) continue;
    const drawing = await web.drawing(`${baseUrl}/${prefix}/${name}.svg`);
    const asset = drawing === null ? null : assetOf(name, drawing, { prefix, info });
    if (asset !== null) return asset;
  }
  return null;
}
