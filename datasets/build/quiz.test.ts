import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkBundle } from '../../harness/store/check.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import { draft, openTestShop, unitTopic, type World, worldModels } from './quiz.fixture.ts';
import { buildQuizzes } from './quiz.ts';

const keys = {
  'How many moons does Mars have?': 'A',
  'Which planet is nearest to the sun?': 'B',
  'Which planet spins on its side?': 'C',
  'Which gas fills the air of Venus?': 'D',
  'How long is a day on Jupiter?': 'A',
  'Which star is closest to Earth?': 'B',
  'Which number is a prime?': 'C',
  'What is the sum of two and three?': 'A',
};
const moons = draft('How many moons does Mars have?', ['2', '5', '1', '4'], 'A', 'seeing');
const nearest = draft('Which planet is nearest to the sun?', ['Venus', 'Mercury', 'Saturn', 'Uranus'], 'B');
const spins = draft('Which planet spins on its side?', ['Venus', 'Earth', 'Uranus', 'Saturn'], 'C');
const gas = draft('Which gas fills the air of Venus?', ['Neon', 'Argon', 'Xenon', 'Carbon dioxide'], 'D');
const day = draft('How long is a day on Jupiter?', ['10 h', '24 h', '17 h', '59 h'], 'A');
const star = draft('Which star is closest to Earth?', ['Vega', 'Sun', 'Deneb', 'Rigel'], 'B');
const prime = draft('Which number is a prime?', ['8', '9', '7', '5'], 'C');

async function run(
  world: World,
  topics = [unitTopic('Planets')],
  more: Parameters<typeof openTestShop>[2] = {},
) {
  const folder = testFolder();
  const models = worldModels(() => world);
  const { shop, close } = openTestShop(folder, models.openChat, more);
  try {
    const built = await buildQuizzes(shop, topics);
    return { folder, built, asked: models.asked, validated: built.flatMap(({ validated }) => validated) };
  } finally {
    close();
  }
}

/** The first draft is refused for this; in the next round its place is taken. */
const kinds: [string, unknown, NonNullable<World['opinions']>][] = [
  ['wrong_schema', { question: 'no stem at all' }, {}],
  ['wrong_schema', { ...gas, key: 'E' }, {}],
  ['wrong_schema', { ...gas, options: ['a', 'b'] }, {}],
  ['wrong_schema', { ...gas, options: ['Neon', 'Argon', 'neon', 'Oxygen'] }, {}],
  ['wrong_schema', { ...gas, stem: 'What is \\u03bb here, in words?' }, {}],
  ['wrong_language', { ...gas, stem: 'Wie viele Monde hat der Mars und wie ist das zu messen?' }, {}],
  ['wrong_language', { ...gas, stem: 'Сколько спутников у Марса и как их увидеть?' }, {}],
  ['refers_to_source', { ...gas, stem: 'In the video, which gas fills the air of Venus?' }, {}],
  ['duplicate', { ...moons, stem: 'How many moons has Mars?' }, {}],
  ['length_cue', { ...gas, options: ['Neon', 'Argon', 'Xenon', 'A thick gas that holds warmth'] }, {}],
  ['length_cue', { ...gas, options: ['Neon and argon', 'Argon and xenon', 'Some more xenon', 'CO2'] }, {}],
  ['answerable_without_video', { ...gas, options: ['Neon', 'Argon', 'Xenon', 'Venus'] }, {}],
  ['answerable_without_video', day, { [day.stem]: { blind: 'A' } }],
  ['not_answerable_with_video', day, { [day.stem]: { video: 'B' } }],
  ['two_keys', prime, { [prime.stem]: { defensible: ['C', 'D'] } }],
  ['wrong_key', prime, { [prime.stem]: { defensible: ['D'] } }],
  ['wrong_key', prime, { [prime.stem]: { defensible: [] } }],
];

test.each(kinds)('%s is named, and replaced in the next round', async (refusal, item, opinions) => {
  const video = join(testFolder(), 'v.mp4');
  writeFileSync(video, 'v');
  const world = { keys, opinions, drafts: { Planets: [[moons, item], [spins]] } };
  const { validated, asked, built, folder } = await run(world, [unitTopic('Planets', video)]);
  expect(validated.map((question) => question.refusal)).toEqual([null, refusal, null]);
  expect(validated.map(({ accepted, round }) => [accepted, round])).toEqual([
    [true, 0],
    [false, 0],
    [true, 1],
  ]);
  expect(built[0]).toMatchObject({ lacking: 0, open: false });
  const second = asked.filter(({ kind }) => kind === 'quiz')[1]?.text ?? '';
  expect(second).toContain(`"refusal": "${refusal}"`);
  expect(second).toContain('"questions": 1,');
  expect((await checkBundle(folder)).problems).toEqual([]);
});

test('a question that names other options keeps its order, and its letter has a share', async () => {
  const all = 'All of the above';
  const bound = (stem: string, other: string) =>
    draft(stem, [`${other} dust in drifts`, `${other} rock in heaps`, `${other} sand in dunes`, all], 'D');
  const first = bound('Which of them lie on Mars today?', 'Red');
  const second = bound('What do comets shed near stars?', 'Icy');
  const world: World = {
    keys: { ...keys, [first.stem]: 'D', [second.stem]: 'D' },
    drafts: { Planets: [[first, second], [spins]] },
  };
  const { validated } = await run(world);
  expect(validated.map(({ refusal }) => refusal)).toEqual([null, 'key_imbalance', null]);
  expect(validated[0]?.question.options[3]).toBe(all);
  expect(validated[0]?.question.key).toBe(3);
});

test('keys of accepted questions are spread evenly and still name the same answers', async () => {
  const world = { keys, drafts: { One: [[moons, day]], Two: [[{ ...star }, nearest]] } };
  const { validated } = await run(world, [unitTopic('One'), unitTopic('Two')]);
  expect(validated.map(({ question }) => question.key).sort()).toEqual([0, 1, 2, 3]);
  expect(validated.map(({ question }) => question.options[question.key])).toEqual([
    '2',
    '10 h',
    'Sun',
    'Mercury',
  ]);
});

test('a key a little longer than the others is allowed once in a while, not as a habit', async () => {
  const stems = [
    'What covers the dunes of Titan?',
    'Which stuff fills a comet?',
    'Where do rovers land best?',
  ];
  const words = ['tarry', 'icing', 'basin'];
  const drafts = stems.map((stem, i) => draft(stem, ['dust', 'rock', 'sand', words[i] ?? ''], 'D'));
  const world = { keys: Object.fromEntries(stems.map((stem) => [stem, 'D'])), drafts: { Planets: [drafts] } };
  const { validated } = await run(world, [unitTopic('Planets')], { quiz: { questions: 3, rounds: 1 } });
  expect(validated.map(({ refusal }) => refusal)).toEqual([null, 'length_cue', 'length_cue']);
});

test('a question repeated in another unit is refused there', async () => {
  const world = { keys, drafts: { One: [[moons, day]], Two: [[moons, nearest], [star]] } };
  const { built } = await run(world, [unitTopic('One'), unitTopic('Two')]);
  expect(built[1]?.validated.map(({ refusal }) => refusal)).toEqual(['duplicate', null, null]);
});

test('without a video a question is accepted with a note that no student has verified it', async () => {
  const { validated, asked } = await run({ keys, drafts: { Planets: [[moons, spins]] } });
  expect(validated[0]?.question).toMatchObject({
    source: 'built by model-1',
    tags: ['needs-seeing'],
    notes: expect.stringContaining('unverified'),
  });
  expect(asked.some(({ kind }) => kind === 'video')).toBe(false);
});

test('builder and student see the frames of a unit that has a video', async () => {
  const video = join(testFolder(), 'v.mp4');
  writeFileSync(video, 'v');
  const { validated, asked } = await run({ keys, drafts: { Planets: [[moons, spins]] } }, [
    unitTopic('Planets', video),
  ]);
  expect(
    asked
      .filter(({ images }) => images === 2)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['quiz', 'video', 'video']);
  expect(validated[0]?.question.notes).toBeUndefined();
});

test('a later run finds the frames and decodes no video again', async () => {
  const folder = testFolder();
  const video = join(testFolder(), 'v.mp4');
  writeFileSync(video, 'v');
  const models = worldModels(() => ({ keys, drafts: { Planets: [[moons, spins]] } }));
  const decodes = async () => {
    const opened = openTestShop(folder, models.openChat);
    await buildQuizzes(opened.shop, [unitTopic('Planets', video)]).finally(opened.close);
    return opened.decodes();
  };
  expect(await decodes()).toBe(1);
  const asked = models.asked.length;
  expect(await decodes()).toBe(0);
  expect(models.asked).toHaveLength(asked);
});

test('what still lacks after the last round is told', async () => {
  const refused = { ...gas, stem: 'What does the video say of gas?' };
  const drafts = { Planets: [[moons, refused], [refused], [{ question: 'x' }], [spins]] };
  const { built, asked } = await run({ keys, drafts });
  expect(built[0]).toMatchObject({ lacking: 1, open: false });
  expect(asked.filter(({ kind }) => kind === 'quiz')).toHaveLength(3);
  expect(built[0]?.validated.map(({ refusal }) => refusal)).toEqual([
    null,
    'refers_to_source',
    'refers_to_source',
    'wrong_schema',
  ]);
});

test('a failed call leaves a question open; the next run decides it and asks nothing twice', async () => {
  const folder = testFolder();
  const opinions: Record<string, { blind?: string }> = { [spins.stem]: { blind: 'fail' } };
  const world: World = { keys, opinions, drafts: { Planets: [[moons, spins]] } };
  const models = worldModels(() => world);
  const once = async () => {
    const { shop, close } = openTestShop(folder, models.openChat);
    const built = await buildQuizzes(shop, [unitTopic('Planets')]).finally(close);
    return built[0];
  };
  const first = await once();
  expect(first).toMatchObject({ open: true, lacking: 1 });
  expect(first?.validated[1]).toMatchObject({ accepted: false, refusal: null, reason: 'the key is wrong' });
  const before = models.asked.length;
  delete opinions[spins.stem];
  expect(await once()).toMatchObject({ open: false, lacking: 0 });
  expect(models.asked.slice(before).map(({ kind }) => kind)).toEqual(['blind', 'defensible']);
  expect(await once()).toMatchObject({ lacking: 0 });
  expect(models.asked).toHaveLength(before + 2);
  expect((await checkBundle(folder)).problems).toEqual([]);
});

test('an empty answer of a student is no reading, and is asked for again by the next run', async () => {
  const folder = testFolder();
  const opinions: Record<string, { blind?: string }> = { [spins.stem]: { blind: '' } };
  const models = worldModels(() => ({ keys, opinions, drafts: { Planets: [[moons, spins]] } }));
  const once = async () => {
    const { shop, close } = openTestShop(folder, models.openChat);
    return buildQuizzes(shop, [unitTopic('Planets')]).finally(close);
  };
  expect((await once())[0]).toMatchObject({ open: true, lacking: 1 });
  delete opinions[spins.stem];
  expect((await once())[0]).toMatchObject({ open: false, lacking: 0 });
});

test('an unreadable draft is corrected once, then waits for the next run', async () => {
  const { built, asked } = await run({ keys, drafts: { Planets: ['no JSON here'] } });
  expect(built[0]).toMatchObject({ open: true, lacking: 2, validated: [] });
  expect(asked).toHaveLength(2);
  expect(asked[1]?.text).toContain('"correction"');
});

test('a cap of calls ends the stage before it is passed; with more the same answers are gone on from', async () => {
  const folder = testFolder();
  const models = worldModels(() => ({ keys, drafts: { Planets: [[moons, spins]] } }));
  const capped = openTestShop(folder, models.openChat, { limits: { calls: 3 } });
  await expect(buildQuizzes(capped.shop, [unitTopic('Planets')]).finally(capped.close)).rejects.toThrow(
    'interrupted',
  );
  expect(models.asked).toHaveLength(3);
  const { shop, close } = openTestShop(folder, models.openChat);
  expect((await buildQuizzes(shop, [unitTopic('Planets')]).finally(close))[0]).toMatchObject({ lacking: 0 });
  expect(models.asked).toHaveLength(5);
});

test('the file names every draft with what was said of it', async () => {
  const opinions = { [prime.stem]: { defensible: ['C', 'D'] } };
  const { folder } = await run({ keys, opinions, drafts: { Planets: [[moons, prime], [spins]] } });
  const lines = readFileSync(join(folder, 'build/6-quiz.jsonl'), 'utf8').trim().split('\n');
  const read = lines.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
  expect(read.map(({ state, refusal, round }) => [state, refusal, round])).toEqual([
    ['kept', null, 0],
    ['dropped', 'two_keys', 0],
    ['kept', null, 1],
  ]);
  expect(read[1]).toMatchObject({
    key: 'C',
    student_blind: 'abstain',
    reviewer: ['C', 'D'],
    options: prime.options,
  });
});
