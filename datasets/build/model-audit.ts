import pLimit from 'p-limit';
import { RunControl } from '../../harness/experiment/control.ts';
import { fillPrompt, loadPrompt } from '../../harness/experiment/prompts.ts';
import type { ChatReply } from '../../harness/models/chat.ts';
import { type Endpoint, endpointIdentity } from '../../harness/models/endpoint.ts';
import { readAnswer } from '../../harness/quiz/grammar.ts';
import { letterAt, questionBlock, showQuestion } from '../../harness/quiz/question.ts';
import { type ExitCode, exitCodes } from '../../harness/store/errors.ts';
import type { Reading } from '../../harness/store/events.ts';
import { type Interval, wilsonInterval } from '../../metrics/statistics/wilson.ts';
import type { Dataset, Question, Topic } from '../schema.ts';
import { attempt } from './attempt.ts';
import type { ShopConfig } from './config.ts';
import { openShop, type ShopOptions } from './open-shop.ts';
import type { BuildShop } from './shop.ts';

/** What a model reached on the options alone, the stem withheld. */
export interface ChoicesOnly {
  right: number;
  /** Questions with a reading; an abstention is one, and wrong. */
  n: number;
  abstained: number;
  /** Questions without a reading, asked again by the next run. */
  missing: number;
  accuracy: number | null;
  interval: Interval | null;
}

/** A question for which the model defends an option beside the key: its opinion, for a person to judge. */
export interface SecondKey {
  /** Slug, question from 1, id. */
  topic: string;
  question: number;
  id: string;
  key: string;
  defended: string;
}

/** What a model says of a quiz. */
export interface ModelAudit {
  endpoint: string;
  model: string;
  choicesOnly: ChoicesOnly;
  secondKeys: SecondKey[];
  exitCode: ExitCode;
}

/** Questions under way at once; the endpoint has its own, narrower limit. */
const atOnce = 64;

/**
 * Asks a model every question twice: which option looks right without the stem (a choices-only baseline, arXiv 2402.12483),
 * and whether an option beside the key can be defended. Calls go through the journal of a bundle: the same call again
 * pays only for what is missing.
 */
export async function auditWithModel(
  dataset: Dataset,
  endpoint: Endpoint,
  options: ShopOptions,
  control = new RunControl(),
): Promise<ModelAudit> {
  const endpoints = { builder: endpoint, reviewer: endpoint, student: endpoint };
  const config: ShopConfig = { file: { name: 'audit', limits: {} }, endpoints };
  const { name, version, view } = dataset;
  const prompts = ['dataset/choices_only', 'dataset/second_key'].map((n) => ({
    name: n,
    sha256: loadPrompt(n).sha256,
  }));
  const resolved = {
    kind: 'audit',
    dataset: { name, version, view },
    endpoint: endpointIdentity(endpoint),
    prompts,
  };
  const { shop, close } = openShop(config, resolved, options, control);
  try {
    const limit = pLimit(atOnce);
    const asked = dataset.topics.flatMap((topic) =>
      topic.quiz.map((question, i) => ({ topic, question, i })),
    );
    const answers = await Promise.all(
      asked.map(async ({ topic, question, i }) => ({
        question,
        alone: await limit(() => choicesOnly(shop, question)),
        second: await limit(() => secondKey(shop, topic, question)),
        place: { topic: topic.slug, question: i + 1, id: question.id },
      })),
    );
    const choices = countChoices(answers.map(({ question, alone }) => ({ key: question.key, alone })));
    return {
      endpoint: endpoint.id,
      model: endpoint.model,
      choicesOnly: choices,
      secondKeys: answers.flatMap(({ question, second, place }) => opinionOf(question, second, place)),
      exitCode: control.stopping
        ? exitCodes.interrupted
        : answers.some(({ alone, second }) => alone === null || second === null)
          ? exitCodes.gateMissed
          : exitCodes.done,
    };
  } finally {
    await close();
  }
}

type Shop = BuildShop<ShopConfig>;

function choicesOnly(shop: Shop, question: Question): Promise<Reading | null> {
  const block = questionBlock(showQuestion({ ...question, stem: '(withheld)' }));
  const text = fillPrompt(shop.prompt('dataset/choices_only'), { question: block });
  return ask(shop, question, 'choices_only', text);
}

function secondKey(shop: Shop, topic: Topic, question: Question): Promise<Reading | null> {
  const text = fillPrompt(shop.prompt('dataset/second_key'), {
    topic: topic.title,
    key: letterAt(question.key),
    question: questionBlock(showQuestion(question)),
  });
  return ask(shop, question, 'second_key', text);
}

/** One reading; `null` when the call failed, was stopped, or gave nothing to read. */
async function ask(shop: Shop, question: Question, purpose: string, text: string): Promise<Reading | null> {
  const item = `${purpose.replace('_', '-')}-${question.id}`;
  shop.item({ id: item, stage: purpose, label: question.stem.slice(0, 80) });
  const read = (reply: ChatReply) =>
    reply.finish === 'stop' ? readAnswer(reply.text, question.options) : null;
  const tried = await attempt(shop, item, async () => {
    const { reply } = await shop
      .calls(item)
      .chat(
        shop.config.endpoints.student,
        'student',
        { messages: [{ role: 'user', content: [{ type: 'text', text }] }] },
        { purpose },
        (answer) => read(answer) !== null,
      );
    return read(reply);
  });
  if (!tried.ok) return null;
  shop.end(
    item,
    tried.value === null
      ? { status: 'judge_error', cause: 'no_reading', message: 'the reply was empty, cut or refused' }
      : { status: 'ok', cause: null, message: null },
  );
  return tried.value;
}

/** Counts readings of the choices-only arm; lost ones are apart, abstentions are wrong. */
export function countChoices(answers: readonly { key: number; alone: Reading | null }[]): ChoicesOnly {
  const read = answers.filter(({ alone }) => alone !== null);
  const right = read.filter(({ key, alone }) => alone?.kind === 'letter' && alone.letter === letterAt(key));
  return {
    right: right.length,
    n: read.length,
    abstained: read.filter(({ alone }) => alone?.kind === 'abstain').length,
    missing: answers.length - read.length,
    accuracy: read.length === 0 ? null : right.length / read.length,
    interval: wilsonInterval(right.length, read.length),
  };
}

function opinionOf(
  question: Question,
  second: Reading | null,
  place: Pick<SecondKey, 'topic' | 'question' | 'id'>,
): SecondKey[] {
  const key = letterAt(question.key);
  if (second?.kind !== 'letter' || second.letter === key) return [];
  return [{ ...place, key, defended: second.letter }];
}
