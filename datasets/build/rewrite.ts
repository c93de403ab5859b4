import { join } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { letterAt } from '../../harness/quiz/question.ts';
import { writeWhole } from '../../harness/store/bundle.ts';
import { sha256 } from '../../harness/store/hash.ts';
import { toDisk } from '../../harness/store/keys.ts';
import { normalise } from '../audit/words.ts';
import { contentHash } from '../identity.ts';
import type { Dataset, Question, Topic } from '../schema.ts';
import { shuffled } from '../views/balanced.ts';
import { lengthRatio } from '../views/length-fair.ts';
import { type Rewritten, rewrittenFile } from '../views/rewritten.ts';
import { attempt } from './attempt.ts';
import type { ShopConfig } from './config.ts';
import type { BuildShop, Problem } from './shop.ts';
import { askReviewer } from './validate-models.ts';

/** How a question fared: its new options, or why there are none. */
export interface Rewriting {
  topic: Topic;
  question: Question;
  /** All options, the right one unchanged; `null` when nothing acceptable came. */
  options: readonly string[] | null;
  refused: readonly Refused[];
}

interface Refused {
  distractors: readonly string[];
  reason: string;
}

/** Questions under way at once; endpoints have their own, narrower limits. */
const atOnce = 32;

/**
 * Rewrites the distractors of every question whose key is longer than its longest distractor: a builder writes them to
 * lengths drawn by seed, so that the key is the longest no more often than chance, and a reviewer accepts them when the
 * key is the only option it can defend. What nobody accepted is listed. Leaves `rewritten.jsonl` in the bundle.
 */
export async function rewriteDistractors(
  shop: BuildShop<ShopConfig>,
  dataset: Dataset,
  rounds: number,
): Promise<readonly Rewriting[]> {
  const limit = pLimit(atOnce);
  const cued = dataset.topics.flatMap((topic) =>
    topic.quiz.filter((question) => lengthRatio(question) > 1).map((question) => ({ topic, question })),
  );
  const done = await Promise.all(
    cued.map(({ topic, question }) => limit(() => rewriteOne(shop, topic, question, rounds))),
  );
  const rewritings = done.filter((rewriting) => rewriting !== null);
  const lines = rewritings.flatMap((rewriting) => lineOf(shop, rewriting) ?? []);
  writeWhole(
    join(shop.bundle.paths.folder, rewrittenFile),
    lines.map((line) => `${JSON.stringify(toDisk(line))}\n`).join(''),
  );
  return rewritings;
}

function lineOf(shop: BuildShop<ShopConfig>, { question, options }: Rewriting): Rewritten | null {
  if (options === null) return null;
  const { builder, reviewer } = shop.config.endpoints;
  return {
    question: question.id,
    expects: contentHash(question),
    options: [...options],
    builder: builder.model,
    reviewer: reviewer.model,
  };
}

/** `null` when the work was interrupted or failed for a reason of ours: the next run goes on. */
async function rewriteOne(
  shop: BuildShop<ShopConfig>,
  topic: Topic,
  question: Question,
  rounds: number,
): Promise<Rewriting | null> {
  const item = question.id.replace('question-', 'rewrite-');
  shop.item({ id: item, stage: 'rewrite', label: question.stem.slice(0, 80) });
  const tried = await attempt(shop, item, () => inRounds(shop, item, topic, question, rounds));
  if (!tried.ok) return null;
  const { options, refused } = tried.value;
  const reason = refused.at(-1)?.reason ?? null;
  shop.end(
    item,
    options === null
      ? { status: 'skipped', cause: 'not_accepted', message: reason }
      : { status: 'ok', cause: null, message: null },
  );
  return { topic, question, ...tried.value };
}

async function inRounds(
  shop: BuildShop<ShopConfig>,
  item: string,
  topic: Topic,
  question: Question,
  rounds: number,
): Promise<Pick<Rewriting, 'options' | 'refused'>> {
  const refused: Refused[] = [];
  const lengths = lengthsFor(question);
  for (let round = 0; round < rounds; round++) {
    const asked = await shop.consult({
      role: 'builder',
      item,
      purpose: 'rewrite',
      prompt: shop.prompt('dataset/rewrite'),
      data: dataOf(topic, question, lengths, refused),
      schema: z.object({ distractors: z.array(z.string().trim().min(1)) }),
      check: ({ distractors }) => problemOf(question, distractors, lengths),
    });
    if (!asked.ok) {
      refused.push({
        distractors: asked.problems.at(-1)?.value?.distractors ?? [],
        reason: asked.problem.message,
      });
      continue;
    }
    const options = withDistractors(question, asked.value.distractors);
    const reason = await objectionOf(shop, item, topic, { ...question, options });
    if (reason === null) return { options, refused };
    refused.push({ distractors: asked.value.distractors, reason });
  }
  return { options: null, refused };
}

function dataOf(topic: Topic, question: Question, lengths: readonly Length[], refused: readonly Refused[]) {
  return {
    task: 'dataset_rewrite',
    topic: { title: topic.title },
    language: topic.language,
    question: question.stem,
    right: question.options[question.key],
    wrong: question.options.filter((_, i) => i !== question.key),
    lengths,
    refused,
  };
}

/** The reviewer's objection in words; `null` when it defends the key and nothing else. */
async function objectionOf(
  shop: BuildShop<ShopConfig>,
  item: string,
  topic: Topic,
  question: Question,
): Promise<string | null> {
  const defensible = await askReviewer(shop, { item, topic: topic.title, question });
  if (defensible === null) return 'the reviewer gave no readable answer';
  const others = question.options.filter((_, i) => i !== question.key && defensible.includes(letterAt(i)));
  if (others.length > 0) return `the reviewer could defend: ${others.join(' | ')}`;
  return defensible.length === 0 ? 'the reviewer could not defend the right option' : null;
}

/** Characters a distractor may have. */
export interface Length {
  min: number;
  max: number;
}

/**
 * Lengths for the distractors of a question: the key's place among all options by length is drawn by a hash of the
 * question, each place equally likely, so that neither the longest nor the shortest option points at it.
 */
export function lengthsFor(question: Question): Length[] {
  const right = question.options[question.key]?.length ?? 0;
  const places = question.options.length;
  const longer = Number.parseInt(sha256(`rewrite-1|${question.id}`).slice(0, 8), 16) % places;
  const lengths = Array.from(
    { length: places - 1 },
    (_, i): Length =>
      i < longer
        ? { min: right + 1, max: Math.max(right + 6, Math.round(right * 1.4)) }
        : { min: Math.max(1, Math.min(right - 6, Math.round(right * 0.65))), max: Math.max(1, right - 1) },
  );
  return shuffled(lengths, question.id);
}

/** What form alone can find wrong in the distractors; `null`: nothing. */
export function problemOf(
  question: Question,
  distractors: readonly string[],
  lengths: readonly Length[],
): Problem | null {
  if (distractors.length !== lengths.length)
    return {
      cause: 'wrong_count',
      message: `${lengths.length} distractors are wanted, not ${distractors.length}`,
    };
  const texts = [...distractors, question.options[question.key] ?? ''].map(normalise);
  if (new Set(texts).size < texts.length)
    return { cause: 'equal_options', message: 'two options say the same' };
  const off = distractors.flatMap((text, i) => {
    const { min = 0, max = 0 } = lengths[i] ?? {};
    return text.length >= min && text.length <= max
      ? []
      : [`number ${i + 1} has ${text.length} characters, not ${min} to ${max}`];
  });
  return off.length === 0 ? null : { cause: 'wrong_length', message: off.join('; ') };
}

/** The options with the distractors replaced in their order, the right one in its place. */
function withDistractors(question: Question, distractors: readonly string[]): string[] {
  const rest = [...distractors];
  return question.options.map((option, i) => (i === question.key ? option : (rest.shift() ?? option)));
}
