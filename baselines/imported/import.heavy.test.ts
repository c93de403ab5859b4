import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClip } from '../../harness/media/clips.fixture.ts';
import type { Sandbox } from '../../harness/render/sandbox/port.ts';
import { openSandbox } from '../../harness/render/sandbox/sandbox.ts';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { sha256File } from '../../harness/store/hash.ts';
import { temporaryFolder } from '../../harness/testing/folder.ts';
import { readOffers } from '../offers.ts';
import { type ImportResult, importVideos, pairUp } from './import.ts';
import { imported } from './imported.ts';
import { readManifest } from './manifest.ts';

const names = ['circles', 'waves', 'bayes', 'limits', 'graphs', 'vectors'];
const topics = names.map((slug) => ({ id: `id-${slug}`, slug, title: `On ${slug}`, aliases: [] }));
const odd = '-y ../$(true)\n\u001b[31m 二项分布.mp4';

describe.skipIf(!requirePrerequisite('sandbox'))('videos of any kind', () => {
  const folder = temporaryFolder();
  const at = (...parts: string[]) => join(folder.path, ...parts);
  let sandbox: Sandbox;
  let result: ImportResult;

  beforeAll(async () => {
    sandbox = await openSandbox();
    mkdirSync(at('films'));
    const clip = await makeClip(sandbox, at('clip.mp4'), 'testsrc=d=1:s=160x120:r=10');
    copyFileSync(clip, at('films', odd.replaceAll('/', '_')));
    writeFileSync(at('films', 'circles.py'), 'print(1)');
    copyFileSync(clip, at('films', 'circles.mp4'));
    symlinkSync(clip, at('films', 'waves.webm'));
    symlinkSync(at('nowhere'), at('films', 'limits.mov'));
    mkdirSync(at('films', 'bayes.webm'));
    writeFileSync(at('films', 'graphs.webm'), readFileSync(clip).subarray(0, 900));
    const told = new Map([[odd.replaceAll('/', '_'), 'vectors']]);
    result = await importVideos(pairUp(readOffers(at('films')), topics, told), at('out'), sandbox);
  });
  afterAll(() => folder[Symbol.dispose]());

  test('are taken under the names of their topics, or the reason is told; nothing is passed over', () => {
    expect(result.imported.map(({ file, matched, code }) => [file, matched, code])).toEqual([
      ['vectors.mp4', 'told', undefined],
      ['circles.mp4', 'slug', 'circles.py'],
    ]);
    expect(Object.fromEntries(result.refused.map(({ source, reason }) => [source, reason]))).toEqual({
      'waves.webm': 'it is not a regular file',
      'limits.mov': 'it is not a regular file',
      'bayes.webm': 'it is not a regular file',
      'graphs.webm': 'it cannot be decoded as webm',
    });
    expect(readdirSync(at('out')).toSorted()).toEqual([
      'circles.mp4',
      'circles.py',
      'manifest.jsonl',
      'vectors.mp4',
    ]);
  });

  test('are known by the hashes of what lies in the folder', async () => {
    expect(readManifest(at('out'))).toEqual(result.imported);
    for (const { file, sha256 } of result.imported) expect(await sha256File(at('out', file))).toBe(sha256);
  });

  test('are never written over what lies in a folder already', async () => {
    const again = importVideos(pairUp(readOffers(at('films')), topics, new Map()), at('out'), sandbox);
    await expect(again).rejects.toThrow(/out is not empty/);
    const intoItself = importVideos([], at('films'), sandbox);
    await expect(intoItself).rejects.toThrow(/films is not empty/);
    expect(existsSync(at('films', 'circles.mp4'))).toBe(true);
  });

  test('are a method of the dataset that they were imported for, and of no other', async () => {
    const place = { topics, allTopics: topics, mediaFolder: '/', folder: folder.path };
    const given = await imported.given?.({ from: 'out' }, place);
    expect([...(given ?? [])].map(([id]) => id)).toEqual(['id-vectors', 'id-circles']);
    const other = {
      ...place,
      allTopics: [{ ...topics[0], id: 'other', slug: 'o', title: 'o', aliases: [] }],
    };
    await expect(imported.given?.({ from: 'out' }, other)).rejects.toThrow(/no video of any topic/);
    await expect(imported.given?.({ from: 'films' }, place)).rejects.toThrow(/holds no imported videos/);
  });
});
