import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../../harness/testing/folder.ts';
import { readCatalogue } from './catalogue.ts';
import { loadBuildConfig } from './config.ts';
import { writeConfig } from './scripted.fixture.ts';

async function read(folder: string, kind: string, catalogue: string) {
  return Array.fromAsync(readCatalogue(loadBuildConfig(writeConfig(folder, kind, catalogue))));
}

async function readCsv(content: string | Uint8Array) {
  const folder = testFolder();
  writeFileSync(join(folder, 'c.csv'), content);
  return read(folder, 'csv', 'c.csv');
}

test('reads a CSV with byte-order mark, semicolons, CRLF and quoted lines', async () => {
  const rows = await readCsv(
    '\uFEFFID;Title;Duration s;tags;url;chapters\r\n' +
      'a;"Waves; and\nparticles";125.5;physics|light;https://example.org/a;"0:00 Start\n1:05 - Light as a wave"\r\n',
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    ok: true,
    entry: {
      id: 'a',
      title: 'Waves; and particles',
      durationS: 125.5,
      tags: ['physics', 'light'],
      url: 'https://example.org/a',
      chapters: [
        { title: 'Start', startS: 0, endS: 65 },
        { title: 'Light as a wave', startS: 65, endS: 125.5 },
      ],
    },
  });
});

test('lists broken rows of a CSV with their line and reads the others', async () => {
  const rows = await readCsv('id,title,duration_s\na,One,10\nb,Two\nc,,30\nd,Four,long\ne,Five,50\n');
  expect(rows.map((row) => (row.ok ? row.entry.id : row.where.split(':').at(-1)))).toEqual([
    'a',
    '3',
    '4',
    '5',
    'e',
  ]);
  const told = rows.flatMap((row) => (row.ok ? [] : [row.problem.message]));
  expect(told[1]).toBe('title: the title is empty');
  expect(told[2]).toMatch(/^duration: /);
});

test('a quote that is never closed costs the rest of the file, not the run', async () => {
  const rows = await readCsv('id,title\na,One\nb,"Two\nc,Three\n');
  expect(rows).toMatchObject([{ ok: true }, { ok: false, problem: { cause: 'broken_row' } }]);
});

test('a catalogue without titles, or none at all, is refused with its place', async () => {
  await expect(readCsv('id,name\na,One\n')).rejects.toThrow(/c\.csv:1 names no column title/);
  await expect(read(testFolder(), 'jsonl', 'none.jsonl')).rejects.toThrow(/there is no file .*none\.jsonl/);
  await expect(read(testFolder(), 'info-json', 'none')).rejects.toThrow(/there is no folder/);
});

test('reads JSON lines, gives ids where there are none, lists repeated ids and missing videos', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'v.mp4'), 'x');
  const lines = [
    { title: 'One', video: 'v.mp4' },
    { title: 'One', video: 'gone.mp4' },
    { title: 'Two', id: 'b', duration: null, tags: null },
    { title: 'Three', id: 'b' },
  ];
  writeFileSync(
    join(folder, 'c.jsonl'),
    `${lines.map((line) => JSON.stringify(line)).join('\n')}\n[]\n{"title"\n`,
  );
  const rows = await read(folder, 'jsonl', 'c.jsonl');
  expect(rows[0]).toMatchObject({
    ok: true,
    entry: { id: expect.stringMatching(/^[0-9a-f]{12}$/), video: join(folder, 'v.mp4') },
  });
  expect(rows.map((row) => (row.ok ? row.notes.join() : row.problem.cause))).toEqual([
    '',
    'duplicate_id',
    '',
    'duplicate_id',
    'broken_row',
    'broken_row',
  ]);
});

test('reads a folder of info.json files with videos and captions beside them', async () => {
  const folder = testFolder();
  const info = (name: string, content: unknown) =>
    writeFileSync(
      join(folder, `${name}.info.json`),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  info('a [x1]', {
    id: 'x1',
    title: 'Waves',
    duration: 60,
    chapters: [{ start_time: 0, end_time: 30, title: 'One' }],
    categories: ['Education'],
    license: 'CC-BY',
    language: 'en',
    webpage_url: 'https://example.org/x1',
    formats: [{}],
  });
  for (const name of ['a [x1].mp4', 'a [x1].de.vtt', 'a [x1].en.vtt', 'b.webm', 'b.srt'])
    writeFileSync(join(folder, name), 'x');
  info('b', { id: 'b', title: 'Heat', chapters: null });
  info('c', '{"id": ');
  info('d', { _type: 'playlist', id: 'p', title: 'All' });
  const rows = await read(folder, 'info-json', '.');
  expect(rows).toMatchObject([
    {
      ok: true,
      entry: {
        id: 'x1',
        category: 'Education',
        licence: 'CC-BY',
        video: join(folder, 'a [x1].mp4'),
        subtitles: join(folder, 'a [x1].en.vtt'),
        chapters: [{ title: 'One', startS: 0, endS: 30 }],
      },
    },
    { ok: true, notes: ['video_is_webm'], entry: { video: null, subtitles: join(folder, 'b.srt') } },
    { ok: false, problem: { cause: 'broken_file' } },
    { ok: false, problem: { cause: 'no_video' } },
  ]);
});
