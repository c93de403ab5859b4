import { join } from 'node:path';
import { cacheFolder } from '../setup/paths.mjs';
import type { AssetSource, AssetSourceName } from './asset.ts';

/**
 * Opens a source by name; nothing is read or asked before the first question. `ICONIFY_API_URL` and `ICONFINDER_API_URL`
 * name another address of the service, `ICONFINDER_API_KEY` the key. Throws `no_key` (exit 4) where one is missing.
 */
export async function openAssetSource(
  name: AssetSourceName,
  env: NodeJS.ProcessEnv = process.env,
): Promise<AssetSource> {
  if (name === 'iconify-json') return (await import('./iconify-json.ts')).openIconifyJson();
  const { AssetCache } = await import('./asset-cache.ts');
  const cache = new AssetCache(join(cacheFolder(), 'assets'));
  const at = (url: string | undefined, usual: string) => (url || usual).replace(/\/+$/, '');
  if (name === 'iconify') {
    const { openIconify } = await import('./iconify.ts');
    return openIconify({ baseUrl: at(env.ICONIFY_API_URL, 'https://api.iconify.design'), cache });
  }
  const { openIconfinder } = await import('./iconfinder.ts');
  const baseUrl = at(env.ICONFINDER_API_URL, 'https://api.iconfinder.com');
  return openIconfinder({ baseUrl, cache, key: env.ICONFINDER_API_KEY });
}
