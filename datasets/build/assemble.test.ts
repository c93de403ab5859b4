import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../../harness/testing/folder.ts';
import { questionId, topicId } from '../identity.ts';
import type { Question } from '../schema.ts';
import { readStored, writeStored } from '../stored.ts';
import { assemble } from './assemble.ts';
import { openTestShop, unitTopic, worldModels } from './quiz.fixture.ts';
import type { UnitTopic, Validated } from './types.ts';

function validated(topic: string, stem: string, accepted: boolean): Validated {
  const options = ['one', 'two'];
  const id = questionId(topicId('set', topic), stem, options);
  const question: Question = { id, stem, options, key: 0, tags: [] };
  return { question, accepted, refusal: accepted ? null : 'duplicate', reason: null, round: 0 };
}

const withUnit = (topic: UnitTopic, unit: Partial<UnitTopic['unit']>): UnitTopic => ({
  ...topic,
  unit: { ...topic.unit, ...unit },
});

test('the dataset holds topics with accepted questions, their parents and their videos, and can be stored and read', async () => {
  const folder = testFolder();
  const elsewhere = join(testFolder(), 'whole.mp4');
  writeFileSync(elsewhere, 'a whole video');
  mkdirSync(join(folder, 'run/build/videos'), { recursive: true });
  writeFileSync(join(folder, 'run/build/videos/part.mp4'), 'a part');
  const { shop, close } = openTestShop(
    join(folder, 'run'),
    worldModels(() => ({ drafts: {}, keys: {} })).openChat,
  );
  try {
    const whole = withUnit(unitTopic('Whole'), { video: elsewhere, licence: 'CC-BY' });
    const empty = unitTopic('Nothing accepted');
    const part = withUnit(unitTopic('Part'), {
      parent: 'unit-Whole',
      video: 'build/videos/part.mp4',
      startS: 2,
      endS: 9.5,
    });
    const orphan = withUnit(unitTopic('Orphan'), { parent: 'unit-Nothing accepted', endS: null });
    const dataset = await assemble(shop, [
      { topic: whole, validated: [validated('Whole', 'a?', true), validated('Whole', 'b?', false)] },
      { topic: empty, validated: [validated('Nothing accepted', 'c?', false)] },
      { topic: part, validated: [validated('Part', 'd?', true)] },
      { topic: orphan, validated: [validated('Orphan', 'e?', true)] },
    ]);
    await writeStored(dataset, join(folder, 'dataset'));
  } finally {
    close();
  }
  const stored = readStored(join(folder, 'dataset'));
  expect(
    stored.topics.map(({ slug, parent, durationS, quiz, source }) => [
      slug,
      parent,
      durationS,
      quiz.length,
      source.licence,
    ]),
  ).toEqual([
    ['whole', null, 10, 1, 'CC-BY'],
    ['part', topicId('set', 'Whole'), 7.5, 1, 'CC0-1.0'],
    ['orphan', null, null, 1, 'CC0-1.0'],
  ]);
  const videos = stored.topics.map(
    ({ humanVideo }) => humanVideo && readFileSync(join(stored.folder, humanVideo.path), 'utf8'),
  );
  expect(videos).toEqual(['a whole video', 'a part', undefined]);
});
