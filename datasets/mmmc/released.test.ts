import { expect, test } from 'vitest';
import { MmmcError } from '../../harness/store/errors.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import { tinyWebp } from '../import/media.fixture.ts';
import { readStored, writeStored } from '../stored.ts';
import { folderOf, smallRelease } from './released.fixture.ts';
import { isReleased, readReleased, toReleased } from './released.ts';

const strict = { lenient: false };

async function problemsOf(files: Record<string, unknown>): Promise<string> {
  const folder = folderOf(files);
  try {
    await readReleased(folder, strict);
  } catch (error) {
    if (error instanceof MmmcError && error.code === 'bad_dataset')
      return error.message.replaceAll(`${folder}/`, '');
    throw error;
  }
  return '';
}

test('the released files become topics and back again, raw and safe names related both ways', async () => {
  const folder = folderOf({ ...smallRelease(), LICENSE: 'MIT License\n' });
  const { dataset } = await readReleased(folder, strict);
  expect(toReleased(dataset)).toEqual(smallRelease());
  expect(Object.keys(Object(toReleased(dataset)['long_video_ref_mapping.json']))).toEqual([
    'Caf',
    'Ohms_law',
  ]);
  expect(dataset).toMatchObject({ name: 'mmmc', collection: 'mmmc', view: 'released', licence: 'MIT' });
  expect(dataset.topics.map(({ title, aliases }) => [title, ...aliases])).toEqual([
    ["Ohm's law", 'Ohms_law'],
    ['Café', 'Caf'],
  ]);
});

test('stored and read again it still gives the released files', async () => {
  const { dataset } = await readReleased(folderOf(smallRelease()), strict);
  const out = testFolder();
  await writeStored(dataset, out);
  expect(toReleased(readStored(out))).toEqual(smallRelease());
});

test('a clone of the release is read where it keeps the files, its image attached', async () => {
  const files = Object.entries(smallRelease()).map(([name, value]) => [`json_files/${name}`, value]);
  const folder = folderOf({
    ...Object.fromEntries(files),
    LICENSE: 'MIT License\n',
    'assets/reference/Caf.jpg': tinyWebp,
  });
  expect(isReleased(folder)).toBe(true);
  const { dataset, anomalies } = await readReleased(folder, strict);
  expect(dataset.topics[1]?.referenceImage).toMatchObject({
    path: 'assets/reference/Caf.jpg',
    type: 'image/webp',
    width: 8,
  });
  expect(dataset.topics[1]?.extra).toEqual({ reference_image: 'Caf.jpg', mapping_position: 0 });
  expect(anomalies.map(({ kind }) => kind)).toContain('lying_extension');
});

test('what is odd is told and left as it is', async () => {
  const release = smallRelease();
  const quiz = { question: 'Is \\u03bb \\\\frac?', options: { A: 'a', B: 'b' }, answer: 'A' };
  const folder = folderOf({
    ...release,
    'questions_by_topic_10.json': { "Ohm's law": [quiz], Café: [quiz] },
  });
  const { dataset, anomalies } = await readReleased(folder, strict);
  expect(dataset.topics[0]?.quiz[0]?.stem).toBe('Is \\u03bb \\\\frac?');
  const kinds = Object.groupBy(anomalies, ({ kind }) => kind);
  expect(Object.entries(kinds).map(([kind, list]) => `${kind} ${list?.length}`)).toEqual([
    'no_licence 1',
    'changed_file 5',
    'fewer_questions 1',
    'literal_escape 2',
    'doubled_backslash 2',
    'mapping_order 1',
    'missing_image 1',
  ]);
});

test('everything that is wrong is named at once, with file, line and column', async () => {
  const release = smallRelease();
  const bad = `{
 "Ohm's law": [
  {"question": " ", "options": {"A": "a", "B": "b"}, "answer": "A"},
  {"question": "Q", "options": {"A": "a", "B": "b"}, "answer": "C"},
  {"question": 7, "options": {"A": "a", "C": "b"}, "answer": "A", "hint": ""}
 ],
 "Cafe": [],
 "Ohm's law": []
}`;
  const problems = await problemsOf({
    ...release,
    'questions_by_topic_10.json': bad,
    'topics_list_safe.json': ['Ohms_law', 'x'],
  });
  expect(problems.split('\n')).toEqual(
    [
      'questions_by_topic_10.json:8:2: "Ohm\'s law" occurs twice here',
      'questions_by_topic_10.json:4:64: expected one of the options A, B, found "C"',
      'questions_by_topic_10.json:5:67: expected question, options, answer, found "hint"',
      'questions_by_topic_10.json:5:16: expected the question to be a string, found number',
      'questions_by_topic_10.json:5:41: expected option B, found "C"',
      'topics_list_safe.json:3:2: expected "Caf" as at FOLDER, found "x"',
      'questions_by_topic_10.json:7:2: "Cafe" is not in long_video_topics_list.json',
      'long_video_topics_list.json:3:2: no quiz in questions_by_topic_10.json has this title',
      'questions_by_topic_10.json:3:3: stem: the stem is empty',
    ].map((line) => line.replace('FOLDER', 'long_video_topics_list_safe.json:3:2')),
  );
});

test('lenient reads the rest and hands the problems over', async () => {
  const release = smallRelease();
  const text = JSON.stringify(release['questions_by_topic_10.json'], null, 1).replace(
    '"answer": "B"',
    '"answer": "Z"',
  );
  const folder = folderOf({ ...release, 'questions_by_topic_10.json': text.slice(0, -8) });
  const { dataset, anomalies } = await readReleased(folder, { lenient: true });
  expect(dataset.topics.map(({ quiz }) => quiz.length)).toEqual([1, 2]);
  expect(dataset.version).toBe('36a608c-changed');
  expect(anomalies.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['bad_json', 'bad_key']));
});

test('bytes that are no UTF-8 are an error that names the line', async () => {
  const bytes = Buffer.concat([Buffer.from('["Ohm\'s law",\n "Caf'), Buffer.from([0xe9]), Buffer.from('"]')]);
  expect(await problemsOf({ ...smallRelease(), 'long_video_topics_list.json': bytes })).toContain(
    'long_video_topics_list.json:2:6: expected UTF-8',
  );
});

test('a folder without the files says which are missing', async () => {
  const folder = testFolder();
  expect(isReleased(folder)).toBe(false);
  await expect(readReleased(folder, strict)).rejects.toThrow(
    /topics_list\.json.*no such file.*questions_by_topic_10/s,
  );
});
