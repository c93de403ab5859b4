import { z } from 'zod';
import { fromDisk, toDisk } from '../store/keys.ts';
import { foundAssetSchema } from './asset.ts';

/** One wish of a plan and what became of it. */
const wishSchema = z.strictObject({
  section: z.string(),
  /** As the plan asked for it. */
  name: z.string(),
  found: foundAssetSchema.omit({ svg: true }).extend({ file: z.string() }).nullable(),
});
export type AssetWish = z.infer<typeof wishSchema>;

/** `assets.json` of a production: which icons were wished for, which were found, and what their licences say. */
export const assetListSchema = z.strictObject({
  source: z.string(),
  wishes: z.array(wishSchema),
});
export type AssetList = z.infer<typeof assetListSchema>;

export const assetListFile = 'assets.json';

/** The text of `assets.json`. */
export const writeAssetList = (list: AssetList): string => `${JSON.stringify(toDisk(list), null, 2)}\n`;

/** Reads the text of `assets.json`. Throws a ZodError or SyntaxError for what is none. */
export const readAssetList = (text: string): AssetList => assetListSchema.parse(fromDisk(JSON.parse(text)));
