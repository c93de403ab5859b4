import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { AssetCache } from './asset-cache.ts';
import { openIconfinder } from './iconfinder.ts';
import { openIconify } from './iconify.ts';
import { type Services, startServices } from './services.fixture.ts';
import { openAssetSource } from './sources.ts';
import type { WebSourceOptions } from './web-source.ts';

let services: Services;
let options: WebSourceOptions;
let folder: string;
beforeEach(async () => {
  services = await startServices();
  folder = testFolder();
  const limits = { timeoutMs: 150, attempts: 1 };
  options = { baseUrl: services.url, cache: new AssetCache(folder), limits };
});
afterEach(() => services.close());
const { signal } = new AbortController();

const kinds = {
  iconify: { open: () => openIconify(options), search: '/search', requests: 2 },
  iconfinder: {
    open: () => openIconfinder({ ...options, key: 'secret' }),
    search: '/v4/icons/search',
    requests: 3,
  },
};

describe.each(['iconify', 'iconfinder'] as const)('%s', (name) => {
  const { open, search, requests } = kinds[name];
  const find = (query = 'stethoscope') => open().find(query, signal);

  it('finds an icon with licence and author, and asks once for it', async () => {
    const found = await find();
    expect(found).toMatchObject({ name: 'stethoscope' });
    expect(found?.svg).toMatch(/^<svg .*fill="#F4F1E8" d="M5 5h14v14H5z"><\/path><\/svg>\n$/);
    expect(found?.licence.title).toMatch(/^(Apache 2.0|Free for commercial use)$/);
    expect(found?.source).toMatchObject({ author: expect.stringMatching(/Pictogrammers|Someone/) });
    expect(services.requests).toHaveLength(requests);
    expect(await find(' Stethoscope')).toEqual(found);
    expect(services.requests).toHaveLength(requests);
  });

  it('a damaged cache entry is fetched again', async () => {
    const found = await find();
    const [file = ''] = await readdir(folder);
    const text = await readFile(join(folder, file), 'utf8');
    for (const damaged of [text.replace('Apache', 'Pirate').replace('Free', 'None'), '{"asset":', '{}']) {
      services.requests.length = 0;
      await writeFile(join(folder, file), damaged);
      expect(await find()).toEqual(found);
      expect(services.requests).toHaveLength(requests);
    }
    expect(await readFile(join(folder, file), 'utf8')).toBe(text);
  });

  it('finds nothing where there is nothing, and does not keep that', async () => {
    services.icons = [];
    expect(await find()).toBeNull();
    services.icons = ['mdi:stethoscope'];
    services.trouble.push({ path: search, kind: 'gone' });
    expect(await find()).toBeNull();
    expect(await find()).not.toBeNull();
  });

  it('takes no drawing that is large, unsafe or none', async () => {
    const large = `<svg viewBox="0 0 1 1"><path d="M0 0${' '.repeat(200_000)}"/></svg>`;
    for (const drawing of [large, '<svg viewBox="0 0 1 1"><script/></svg>', '\u0089PNG', '']) {
      services.drawing = drawing;
      expect(await find()).toBeNull();
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['error', { failure: 'server', status: 500 }],
    ['busy', { failure: 'rate_limit', status: 429 }],
    ['hang', { failure: 'timeout' }],
    ['bad_json', { failure: 'malformed' }],
  ] as const)('a service in trouble (%s) is a failure of ours', async (kind, failure) => {
    services.trouble.push({ path: search, kind });
    await expect(find()).rejects.toMatchObject({ name: 'ModelError', ...failure });
    if (kind !== 'bad_json') {
      services.trouble.push({ path: '/mdi', kind }, { path: '/v4/icons/1/', kind });
      await expect(find()).rejects.toMatchObject({ name: 'ModelError', ...failure });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks again where trouble may pass, ends when it is told to, and says when nobody is there', async () => {
    options = { ...options, limits: { timeoutMs: 5000, attempts: 2 } };
    services.trouble.push({ path: search, kind: 'busy' });
    expect(await find()).not.toBeNull();
    services.trouble.push({ path: search, kind: 'hang' });
    await expect(open().find('other', AbortSignal.timeout(50))).rejects.toThrow('aborted due to timeout');
    options = { ...options, limits: { attempts: 1 } };
    await services.close();
    await expect(find('third')).rejects.toMatchObject({ failure: 'network' });
    services = await startServices();
  });
});

test('the key of Iconfinder goes to its service alone', async () => {
  await kinds.iconfinder.open().find('stethoscope', signal);
  expect(services.requests.map(({ authorization }) => authorization)).toEqual(Array(3).fill('Bearer secret'));
  await kinds.iconify.open().find('stethoscope', signal);
  expect(services.requests.at(-1)?.authorization).toBeUndefined();
  expect(services.requests[0]?.path).toContain('premium=0&vector=1');
});

test('names that would lead to another address are left out', async () => {
  services.icons = ['mdi:../../etc', 'mdi:a?b', 'no-such-set:doctor', 'mdi:doctor'];
  expect(await kinds.iconify.open().find('doctor', signal)).toMatchObject({ name: 'doctor' });
  expect(services.requests.map(({ path }) => path).slice(1)).toEqual(['/mdi/doctor.svg']);
});

test('Iconfinder without a key is a missing prerequisite', async () => {
  await expect(openAssetSource('iconfinder', {})).rejects.toMatchObject({ code: 'no_key', exitCode: 4 });
});
