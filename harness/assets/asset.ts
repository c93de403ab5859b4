import { z } from 'zod';

/** An icon that was found, safe to be rendered, with what its licence asks one to say. */
export const foundAssetSchema = z.strictObject({
  /** Its name in its set, such as `stethoscope`. */
  name: z.string(),
  /** The drawing after `sanitiseSvg`. */
  svg: z.string(),
  licence: z.strictObject({ title: z.string(), spdx: z.string().optional(), url: z.string() }),
  source: z.strictObject({ set: z.string(), author: z.string(), url: z.string() }),
  /** Of `svg`, in hex. */
  sha256: z.string(),
});
export type FoundAsset = z.infer<typeof foundAssetSchema>;

export const assetSourceNames = ['iconify-json', 'iconify', 'iconfinder'] as const;
export type AssetSourceName = (typeof assetSourceNames)[number];

/** Where icons come from. */
export interface AssetSource {
  readonly name: AssetSourceName;
  /**
   * The best icon for a few plain words, the same one each time; `null` where nothing matches well enough, which is an
   * ordinary result. Throws for failures of ours only: no key (`MmmcError`), network and server (`ModelError`).
   */
  find(query: string, signal: AbortSignal): Promise<FoundAsset | null>;
}
