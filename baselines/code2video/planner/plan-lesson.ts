import { toDisk } from '../../../harness/store/keys.ts';
import type { Lesson, Studio } from '../../method.ts';
import type { Settings } from '../settings.ts';
import { askStage, type Stage, type StageResult } from './ask-stage.ts';
import { readStage } from './read.ts';
import { type ReferencePicture, referencePicture } from './reference-picture.ts';
import type { Outline, Storyboard } from './schemas.ts';
import { outlineReader, storyboardReader } from './stages.ts';

export type Plan =
  | { ok: true; storyboard: Storyboard }
  | { ok: false; stage: Stage; refused: boolean; problem: string };

/**
 * The Planner (paper section 4.1): outline, then storyboard, from the stage on that a person edited. At most four calls.
 * Each stage is kept as a readable file, and `contract.json` says which rules are broken, by how much, and whether the
 * planner saw the topic's picture.
 */
export async function planLesson(lesson: Lesson, settings: Settings, studio: Studio): Promise<Plan> {
  const picture = referencePicture(lesson, settings, studio);
  const outline = await outlineOf(lesson, picture, studio);
  const keep = (storyboard: StageResult<Storyboard> | null) => {
    const stages = { outline: summary(outline), storyboard: summary(storyboard) };
    return studio.write('contract.json', readable({ picture: described(picture), ...stages }));
  };
  if (outline !== null && !outline.ok) {
    await keep(null);
    return { ...outline, stage: 'outline' };
  }
  const storyboard = await storyboardOf(lesson, outline?.value ?? null, picture, studio);
  await keep(storyboard);
  return storyboard.ok ? { ok: true, storyboard: storyboard.value } : { ...storyboard, stage: 'storyboard' };
}

/** `null` where a storyboard was given: then nobody asks for an outline. */
async function outlineOf(
  lesson: Lesson,
  picture: ReferencePicture,
  studio: Studio,
): Promise<StageResult<Outline> | null> {
  if (studio.given('storyboard') !== null) return null;
  const given = studio.given('outline');
  const outline =
    given === null
      ? await askStage('outline', { task: 'outline', topic: topicOf(lesson) }, outlineReader, picture, studio)
      : edited(readStage(given, outlineReader));
  if (outline.ok) await studio.write('outline.json', readable(outline.value));
  return outline;
}

async function storyboardOf(
  lesson: Lesson,
  outline: Outline | null,
  picture: ReferencePicture,
  studio: Studio,
): Promise<StageResult<Storyboard>> {
  const reader = storyboardReader(outline);
  const given = studio.given('storyboard');
  const data = { task: 'storyboard', topic: topicOf(lesson), outline };
  const storyboard =
    given === null
      ? await askStage('storyboard', data, reader, picture, studio)
      : edited(readStage(given, reader));
  if (storyboard.ok) await studio.write('storyboard.json', readable(storyboard.value));
  return storyboard;
}

/** A person's file is taken as it is: nobody is asked to correct it. */
function edited<T>(reading: ReturnType<typeof readStage<T, unknown>>): StageResult<T> {
  return reading.ok ? { ...reading, corrected: false } : { ...reading, refused: false };
}

const topicOf = ({ title, language }: Lesson) => ({ title, language });

const described = (picture: ReferencePicture) =>
  picture.sent ? { sent: true, sha256: picture.sha256 } : picture;

function summary(stage: StageResult<unknown> | null) {
  if (stage === null) return null;
  return stage.ok
    ? { corrected: stage.corrected, broken: stage.broken }
    : { refused: stage.refused, problem: stage.problem };
}

const readable = (value: unknown) => `${JSON.stringify(toDisk(value), null, 2)}\n`;
