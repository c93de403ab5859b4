import { z } from 'zod';
import { attempt } from './attempt.ts';
import { descriptionShown } from './filter.ts';
import { type Asked, type BuildShop, type Problem, replyCauses } from './shop.ts';
import { tidyTopic, topicKey, topicProblem } from './topic-rules.ts';
import type { Unit } from './types.ts';

/** Characters of a transcript that are shown for its topic. */
const transcriptShown = 6000;

/** A topic that was proposed and refused. */
export interface Rejected {
  topic: string | null;
  cause: string;
  message: string;
}

/** A unit on its way to a topic. */
export interface Draft {
  unit: Unit;
  /** The proposal that stands; `null` when none does. */
  topic: string | null;
  rejected: readonly Rejected[];
  /** Why there is none: dropped for good, or open until the next run. */
  ended: { state: 'dropped' | 'open'; problem: Problem | null } | null;
}

const topicSchema = z.object({ topic: z.string().transform(tidyTopic) });

/** Asks for a unit's learning topic and checks it by itself; what is wrong is told to the builder once. */
export async function draftTopic(shop: BuildShop, unit: Unit): Promise<Draft> {
  shop.item({ id: unit.id, stage: 'unit', label: unit.title.slice(0, 200) });
  const asked = await attempt(shop, unit.id, () =>
    shop.consult({ ...question(shop, unit), check: ({ topic }) => problemOf(shop, topic) }),
  );
  shop.release(unit.id);
  return asked.ok ? draftOf(unit, [], asked.value) : openDraft({ unit, rejected: [] }, asked.problem);
}

/**
 * Gives each topic to the first unit that proposed it, in the order of the catalogue. A later unit is asked once more,
 * unless it was already, and dropped if its answer is taken too.
 */
export async function settleDuplicates(shop: BuildShop, drafts: readonly Draft[]): Promise<Draft[]> {
  const taken = new Set<string>();
  const first = drafts.map((draft) => ({
    draft,
    repeats: draft.topic !== null && !claim(taken, draft.topic),
  }));
  const before = new Set(taken);
  const again = await Promise.all(
    first.map(({ draft, repeats }) => (repeats ? askAnother(shop, draft, before) : draft)),
  );
  return again.map((draft, i) => {
    if (!first[i]?.repeats || draft.topic === null || claim(taken, draft.topic)) return draft;
    return refuse(draft, duplicate(draft.topic));
  });
}

function claim(taken: Set<string>, topic: string): boolean {
  const key = topicKey(topic);
  if (taken.has(key)) return false;
  taken.add(key);
  return true;
}

async function askAnother(shop: BuildShop, draft: Draft, taken: ReadonlySet<string>): Promise<Draft> {
  const { unit, topic } = draft;
  const problem = duplicate(topic ?? '');
  const refused = refuse(draft, problem);
  if (draft.rejected.length > 0) return refused;
  const plain = question(shop, unit);
  const asked = await attempt(shop, unit.id, () =>
    shop.consult({
      ...plain,
      data: { ...plain.data, correction: { attempt: 1, problem: problem.message } },
      corrective: false,
      check: (value) =>
        problemOf(shop, value.topic) ?? (taken.has(topicKey(value.topic)) ? duplicate(value.topic) : null),
    }),
  );
  if (!asked.ok) return openDraft(refused, asked.problem);
  return draftOf(unit, refused.rejected, asked.value);
}

function question(shop: BuildShop, unit: Unit) {
  const { title, parentTitle, description, startS, endS, transcript } = unit;
  const shown = {
    ...{ title, parentTitle, startS, endS },
    description: description.slice(0, descriptionShown),
    transcript: transcript?.slice(0, transcriptShown) ?? null,
  };
  return {
    role: 'builder' as const,
    item: unit.id,
    purpose: 'topic',
    prompt: shop.prompt('dataset/topic'),
    data: { task: 'dataset_topic', language: shop.config.file.language, unit: shown },
    schema: topicSchema,
  };
}

function problemOf(shop: BuildShop, topic: string): Problem | null {
  const problem = topicProblem(topic, shop.config.file.language);
  return problem && { ...problem, message: `“${topic}” cannot be the topic: ${problem.message}` };
}

function duplicate(topic: string): Problem {
  const message = `“${topic}” is the topic of another part already; name what sets this one apart`;
  return { cause: 'topic_duplicate', message };
}

function refuse(draft: Draft, problem: Problem): Draft {
  const rejected = [...draft.rejected, { topic: draft.topic, ...problem }];
  return { unit: draft.unit, topic: null, rejected, ended: { state: 'dropped', problem } };
}

function openDraft({ unit, rejected }: Pick<Draft, 'unit' | 'rejected'>, problem: Problem | null): Draft {
  return { unit, topic: null, rejected, ended: { state: 'open', problem } };
}

function draftOf(unit: Unit, earlier: readonly Rejected[], asked: Asked<{ topic: string }>): Draft {
  const refused = asked.problems.map(({ cause, message, value }) => ({
    topic: value?.topic ?? null,
    cause,
    message,
  }));
  const rejected = [...earlier, ...refused];
  if (asked.ok) return { unit, topic: asked.value.topic, rejected, ended: null };
  const state = asked.problem.cause === replyCauses.unreadable ? 'open' : 'dropped';
  return { unit, topic: null, rejected, ended: { state, problem: asked.problem } };
}
