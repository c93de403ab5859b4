import type { AssetSourceName } from '../../harness/assets/asset.ts';
import { type AssetWish, assetListFile, writeAssetList } from '../../harness/assets/asset-list.ts';
import { sha256 } from '../../harness/store/hash.ts';
import type { Studio, StudioAsset } from '../method.ts';
import type { Assignment } from './coder.ts';

type SectionAssets = Assignment['assets'];

/** A section of the storyboard, of which only the wishes are looked at. */
export interface Wishing {
  id: string;
  assets?: readonly { name: string; purpose: string }[] | undefined;
}

/**
 * The external database (paper section 4.1): for each icon that the storyboard wishes for, the best one of the source, with
 * its licence. `assets.json` says of each wish what was found; where nothing was, the lesson goes on without it. Sections
 * are not changed. The icons of a section, by its id; failures of the source end the cell, as all of the studio's do.
 */
export async function resolveAssets(
  sections: readonly Wishing[],
  source: AssetSourceName | 'none',
  studio: Studio,
): Promise<ReadonlyMap<string, SectionAssets>> {
  if (source === 'none') return new Map();
  const found = new Map<string, StudioAsset | null>();
  const wishes: AssetWish[] = [];
  const bySection = new Map<string, SectionAssets>();
  for (const { id: section, assets = [] } of sections) {
    const shown = new Map<string, { name: string; description: string }>();
    const modules: Record<string, string> = {};
    for (const { name: wish, purpose } of assets) {
      const name = assetName(wish);
      const asset = found.get(name) ?? (found.has(name) ? null : await studio.asset(source, wish, name));
      found.set(name, asset);
      wishes.push({ section, name: wish, found: asset && withoutDrawing(asset) });
      if (asset === null) continue;
      shown.set(name, { name, description: purpose === '' ? asset.name : `${asset.name}: ${purpose}` });
      modules[`${name}.svg`] = asset.svg;
    }
    bySection.set(section, { shown: [...shown.values()], modules });
  }
  await studio.write(assetListFile, writeAssetList({ source, wishes }));
  return bySection;
}

/** `Test tube` -> `test-tube`: how a scene calls it and how its file is called; as in `_asset_name` of the scene's module. */
export function assetName(wish: string): string {
  const plain = wish
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return plain === '' ? `icon-${sha256(wish).slice(0, 8)}` : plain;
}

function withoutDrawing({ svg: _, ...asset }: StudioAsset): NonNullable<AssetWish['found']> {
  return asset;
}
