import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../harness/testing/folder.ts';
import { readOffers } from './offers.ts';

let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string) => join(folder.path, name);
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(at('film.mp4'), '');
});
afterEach(() => folder[Symbol.dispose]());

describe('a folder', () => {
  it('offers its videos in the order of their names, with the code beside them', () => {
    for (const name of ['b.WEBM', 'a.mov', 'a.py', 'notes.txt']) writeFileSync(at(name), '');
    expect(readOffers(folder.path)).toEqual([
      { file: at('a.mov'), source: 'a.mov', name: 'a', code: at('a.py') },
      { file: at('b.WEBM'), source: 'b.WEBM', name: 'b' },
      { file: at('film.mp4'), source: 'film.mp4', name: 'film' },
    ]);
  });

  it('never lends code through a link, for that could lead to any file', () => {
    writeFileSync(at('secret'), 'KEY=1');
    symlinkSync(at('secret'), at('film.py'));
    expect(() => readOffers(folder.path)).toThrow(/film\.py is no regular file/);
  });

  it('without videos says so, and where those further down are named', () => {
    mkdirSync(at('empty'));
    expect(() => readOffers(at('empty'))).toThrow(/holds no videos/);
  });
});

describe('a CSV', () => {
  const read = (text: string | Buffer) => {
    writeFileSync(at('films.csv'), text);
    return readOffers(at('films.csv'));
  };

  it('offers its rows, what is not told being null and not 0', () => {
    const none = { costUsd: null, timeS: null, inputTokens: null, outputTokens: null, calls: null };
    expect(
      read('\ufefffile,topic,cost_usd,time_s\r\nfilm.mp4, "Cercles, à revoir",0,\r\nfilm.mp4,,,'),
    ).toEqual([
      {
        file: at('film.mp4'),
        source: 'film.mp4',
        name: 'Cercles, à revoir',
        reported: { ...none, costUsd: 0 },
      },
      { file: at('film.mp4'), source: 'film.mp4', name: 'film' },
    ]);
  });

  it.each([
    ['file,cost_usd\nfilm.mp4,-1\n', /films\.csv:2: .*cost_usd/s],
    ['file,cost_usd\nfilm.mp4,free\n', /films\.csv:2: .*cost_usd/s],
    ['file,price\nfilm.mp4,1\n', /there is no column price/],
    ['topic\ncircles\n', /films\.csv:2: .*file/s],
    ['file\nnone.mp4\n', /films\.csv:2: .*none\.mp4 does not exist/],
    ['file,code\nfilm.mp4,none.py\n', /none\.py does not exist/],
    ['file,code\nfilm.mp4,.\n', /is no regular file/],
    ['file,topic\n"film.mp4,circles\n', /films\.csv: /],
    ['', /holds no videos/],
    [Buffer.from([0xff, 0xfe, 0]), /holds no videos/],
  ])('%j is refused with its place', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

it('a single file is neither a folder nor a CSV, and is not read', () => {
  expect(() => readOffers(at('film.mp4'))).toThrow(/neither a folder nor a CSV/);
  expect(() => readOffers(at('nowhere'))).toThrow(/does not exist/);
});
