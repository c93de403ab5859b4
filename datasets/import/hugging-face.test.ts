import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../mmmc/released.fixture.ts';
import { importHuggingFace } from './hugging-face.ts';
import { picture, tinyMp4 } from './media.fixture.ts';

const strict = { lenient: false };
const lines = (...rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const told = (anomalies: readonly { kind: string; message: string }[]) =>
  anomalies.map(({ kind, message }) => `${kind}: ${message}`);
const quiz = [{ question: 'Q?', options: { A: 'a', B: 'b' }, answer: 'B' }];

test('metadata.jsonl beside files: fields are guessed by name, unknown ones kept and told', async () => {
  const folder = folderOf({
    'metadata.jsonl': lines(
      { file_name: 'videos/a.mp4', title: 'T', duration: '61.5', quiz, view_count: 7, Own_Key: { a_b: 1 } },
      {
        file_name: 'b.png',
        title: 'U',
        category: 'C',
        quiz: JSON.stringify([{ ...quiz[0], answer: 0 }]),
        tags: ['x'],
      },
      { file_name: 'gone.mp4', title: 'V', duration: 'long', questions_text: 'none', quiz: [{ q: '?' }] },
    ),
    'README.md': '---\nlicense: cc-by-4.0\n---\n# Card\n',
    'videos/a.mp4': tinyMp4,
    'b.png': picture('image/png', 4, 4),
  });
  const probe = async () => ({ durationS: 61.4, width: 640, height: 360 });
  const { dataset, anomalies } = await importHuggingFace(folder, { ...strict, name: 'hf', probe });
  const [t, u, v] = dataset.topics;
  expect(dataset).toMatchObject({ name: 'hf', collection: 'hf', licence: 'cc-by-4.0' });
  expect(t).toMatchObject({ durationS: 61.5, humanVideo: { path: 'videos/a.mp4', durationS: 61.4 } });
  expect(t?.extra).toEqual({ view_count: 7, Own_Key: { a_b: 1 } });
  expect(t?.quiz[0]).toMatchObject({ stem: 'Q?', options: ['a', 'b'], key: 1 });
  expect(u).toMatchObject({ category: 'C', tags: ['x'], referenceImage: { width: 4 }, quiz: [{ key: 0 }] });
  expect(v?.extra).toEqual({
    file_name: 'gone.mp4',
    duration: 'long',
    questions_text: 'none',
    quiz: [{ q: '?' }],
  });
  expect(told(anomalies)).toEqual([
    'unknown_field: view_count, in 1 rows, is kept in extra',
    'unknown_field: Own_Key, in 1 rows, is kept in extra',
    'unknown_field: questions_text, in 1 rows, is kept in extra',
    'missing_media: there is no such file',
    'not_understood: file_name was not understood as file; it is kept in extra',
    'not_understood: duration was not understood as duration; it is kept in extra',
    'not_understood: quiz was not understood as questions; it is kept in extra',
  ]);
});

test('a small YAML map names the fields when their names say nothing', async () => {
  const folder = folderOf({
    'train/metadata.csv': 'file_name;thema;fach\nb.png;Ohm;Physik\n',
    'train/b.png': picture('image/png', 4, 4),
    'map.yaml': 'map:\n  title: thema\n  category: fach\n',
  });
  const { dataset, anomalies } = await importHuggingFace(folder, {
    ...strict,
    map: join(folder, 'map.yaml'),
  });
  expect(anomalies).toEqual([]);
  expect(dataset.topics).toMatchObject([
    { title: 'Ohm', category: 'Physik', referenceImage: { path: 'train/b.png' } },
  ]);
});

test('rows that hold a question each are one topic where their titles are equal', async () => {
  const row = { topic: 'T', question: 'Q?', choices: ['a', 'b'], answer: 'b' };
  const rows = lines(row, { ...row, question: 'R?', answer: 'A' }, { ...row, question: 'S?', subject: 'x' });
  const { dataset, anomalies } = await importHuggingFace(folderOf({ 'metadata.jsonl': rows }), strict);
  expect(dataset.topics).toHaveLength(1);
  expect(dataset.topics[0]?.quiz.map(({ stem, key }) => [stem, key])).toEqual([
    ['Q?', 1],
    ['R?', 0],
    ['S?', 1],
  ]);
  expect(anomalies.map(({ kind }) => kind)).toEqual(['row_differs']);
});

test('what cannot be read is an error that says what to do', async () => {
  const without = folderOf({ 'metadata.jsonl': lines({ thema: 'T' }) });
  await expect(importHuggingFace(without, strict)).rejects.toThrow(
    /no field is known to be the title; there are thema;.*--map/,
  );
  await expect(importHuggingFace(folderOf({ x: '' }), strict)).rejects.toThrow(
    /expected metadata.jsonl or metadata.csv/,
  );
  const broken = folderOf({ 'metadata.jsonl': '{"title": "T"}\n{"title": }\n{"title": 4}\n' });
  await expect(importHuggingFace(broken, strict)).rejects.toThrow(
    /metadata.jsonl:2:11: expected .*:3:1: expected a title/s,
  );
  const { dataset } = await importHuggingFace(broken, { lenient: true });
  expect(dataset.topics.map(({ title }) => title)).toEqual(['T']);
  const map = folderOf({ 'metadata.jsonl': lines({ title: 'T' }), 'map.yaml': 'map:\n  titel: x\n' });
  await expect(importHuggingFace(map, { ...strict, map: join(map, 'map.yaml') })).rejects.toThrow(
    /map\.yaml:2/,
  );
});
