import { z } from 'zod';
import { exitCodes, MmmcError } from '../store/errors.ts';
import { sha256 } from '../store/hash.ts';
import type { AssetSource, FoundAsset } from './asset.ts';
import { sanitiseSvg } from './sanitise.ts';
import { type Web, type WebSourceOptions, webSource } from './web-source.ts';

/** `GET /v4/icons/search`. */
const searchSchema = z.object({ icons: z.array(z.object({ icon_id: z.int() })) });

/** `GET /v4/icons/{icon_id}`: where its drawing lies, and the set with author and licence. */
const detailsSchema = z.object({
  icon_id: z.int(),
  tags: z.array(z.string()).default([]),
  vector_sizes: z
    .array(z.object({ formats: z.array(z.object({ format: z.string(), download_url: z.string() })) }))
    .default([]),
  iconset: z.object({
    name: z.string(),
    author: z.object({ name: z.string() }).optional(),
    license: z.object({ name: z.string(), url: z.string().default('') }).optional(),
  }),
});
type Details = z.infer<typeof detailsSchema>;

/** So many of the best results are looked at until one can be made safe. */
const looks = 5;

/**
 * Icons of Iconfinder's API, version 4 (developer.iconfinder.com): free ones with a vector drawing. `key` is sent to the
 * service alone. Throws `no_key` (exit 4) where there is none.
 */
export function openIconfinder({
  key,
  ...options
}: WebSourceOptions & { key: string | undefined }): AssetSource {
  if (!key)
    throw new MmmcError('no_key', 'icons of Iconfinder need a key, and ICONFINDER_API_KEY is not set', {
      exitCode: exitCodes.prerequisite,
      hint: 'Set it in .env, or let external_database.assets be iconify-json, which needs none.',
    });
  const home = new URL(options.baseUrl).origin;
  const headersFor = (url: string) =>
    new URL(url).origin === home ? { authorization: `Bearer ${key}` } : { accept: 'image/svg+xml' };
  return webSource('iconfinder', options, headersFor, (query, web) => ask(options.baseUrl, query, web));
}

async function ask(baseUrl: string, query: string, web: Web): Promise<FoundAsset | null> {
  const search = new URLSearchParams({ query, count: String(looks), premium: '0', vector: '1' });
  const found = await web.json(`${baseUrl}/v4/icons/search?${search}`, searchSchema);
  for (const { icon_id: id } of found?.icons.slice(0, looks) ?? []) {
    const details = await web.json(`${baseUrl}/v4/icons/${id}`, detailsSchema);
    // What does not tell its licence cannot be shown.
    if (!details?.iconset.license) continue;
    const url = drawingOf(details, baseUrl);
    const drawing = url ? await web.drawing(url) : null;
    const svg = drawing === null ? null : sanitiseSvg(drawing);
    if (svg !== null) return assetOf(details, svg, query);
  }
  return null;
}

/** The address of the drawing, where the service has one; it is asked for over HTTPS or where the service itself is. */
function drawingOf({ vector_sizes: sizes }: Details, baseUrl: string): string | null {
  const format = sizes.flatMap(({ formats }) => formats).find(({ format }) => format === 'svg');
  const url = format && URL.parse(format.download_url, `${baseUrl}/`);
  if (!url) return null;
  return url.protocol === 'https:' || url.origin === new URL(baseUrl).origin ? url.href : null;
}

function assetOf({ icon_id: id, tags, iconset }: Details, svg: string, query: string): FoundAsset {
  return {
    name: tags[0] ?? query,
    svg,
    licence: { title: iconset.license?.name ?? '', url: iconset.license?.url ?? '' },
    source: {
      set: iconset.name,
      author: iconset.author?.name ?? '',
      url: `https://www.iconfinder.com/icons/${id}`,
    },
    sha256: sha256(svg),
  };
}
