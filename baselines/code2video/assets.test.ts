import { expect, test } from 'vitest';
import { readAssetList } from '../../harness/assets/asset-list.ts';
import { openIconifyJson } from '../../harness/assets/iconify-json.ts';
import type { Studio } from '../method.ts';
import { assetName, resolveAssets, type Wishing } from './assets.ts';

const icons = openIconifyJson();
const { signal } = new AbortController();

/** The part of a studio that the resolver may use, over the shipped sets. */
function studio() {
  const files = new Map<string, string>();
  const asked: string[] = [];
  const used: Pick<Studio, 'asset' | 'write'> = {
    async asset(_source, query, id) {
      asked.push(query);
      const found = await icons.find(query, signal);
      return found && { ...found, file: `assets/${id}.svg` };
    },
    write: async (path, content) => void files.set(path, content),
  };
  const others = new Proxy({}, { get: (_, name) => expect.unreachable(`studio.${String(name)}`) });
  const made: Studio = Object.assign(Object.create(others), used);
  return { made, files, asked };
}

const wish = (name: string, purpose = '') => ({ name, purpose });
const sections: Wishing[] = [
  { id: 'section_1' },
  { id: 'section_2', assets: [wish('Stethoscope', 'beside the crowd'), wish('flying spaghetti monster')] },
  { id: 'section_3', assets: [wish('test tube'), wish('stethoscope')] },
];

test('golden: the asset pass finds icons where the plan wishes for them and leaves every section as it is', async () => {
  const before = structuredClone(sections);
  const { made, files, asked } = studio();
  const found = await resolveAssets(sections, 'iconify-json', made);
  expect(sections).toEqual(before);
  expect([...found.keys()]).toEqual(['section_1', 'section_2', 'section_3']);
  expect(found.get('section_1')).toEqual({ shown: [], modules: {} });
  expect(found.get('section_2')?.shown).toEqual([
    { name: 'stethoscope', description: 'stethoscope: beside the crowd' },
  ]);
  expect(Object.keys(found.get('section_3')?.modules ?? {})).toEqual(['test-tube.svg', 'stethoscope.svg']);
  expect(found.get('section_3')?.modules['stethoscope.svg']).toMatch(/^<svg /);
  // The same wish is looked for once.
  expect(asked).toEqual(['Stethoscope', 'flying spaghetti monster', 'test tube']);
  expect([...files.keys()]).toEqual(['assets.json']);
});

test('assets.json says what was found, under which licence, and what was not', async () => {
  const { made, files } = studio();
  await resolveAssets(sections, 'iconify-json', made);
  const { source, wishes } = readAssetList(files.get('assets.json') ?? '');
  expect(source).toBe('iconify-json');
  expect(wishes.map(({ section, name, found }) => [section, name, found?.licence.spdx])).toEqual([
    ['section_2', 'Stethoscope', 'MIT'],
    ['section_2', 'flying spaghetti monster', undefined],
    ['section_3', 'test tube', 'Apache-2.0'],
    ['section_3', 'stethoscope', 'MIT'],
  ]);
  expect(wishes[1]?.found).toBeNull();
  expect(wishes[0]?.found).toMatchObject({
    file: 'assets/stethoscope.svg',
    source: { set: 'Tabler Icons', author: 'Paweł Kuna' },
  });
});

test('without a source nothing is looked for and nothing is written', async () => {
  const { made, files, asked } = studio();
  expect(await resolveAssets(sections, 'none', made)).toEqual(new Map());
  expect([asked, files.size]).toEqual([[], 0]);
});

test('a failure of the source is not taken for an icon that is not there', async () => {
  const { made } = studio();
  const failing = Object.assign(Object.create(made), { asset: () => Promise.reject(new Error('no route')) });
  await expect(resolveAssets(sections, 'iconify', failing)).rejects.toThrow('no route');
});

test('names become safe file names, whatever a model wrote', () => {
  expect(assetName('Test tube')).toBe('test-tube');
  expect(assetName('../../etc/passwd')).toBe('etc-passwd');
  expect(assetName('病院')).toMatch(/^icon-[0-9a-f]{8}$/);
  expect(assetName('病院')).not.toBe(assetName('医者'));
});
