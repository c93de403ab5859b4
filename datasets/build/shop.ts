import type { z } from 'zod';
import { OwnedCalls } from '../../harness/experiment/calls.ts';
import type { RunControl } from '../../harness/experiment/control.ts';
import { type Endpoints, getOrMake } from '../../harness/experiment/endpoints.ts';
import { dataBlock, fillPrompt, loadPrompt, type PromptTemplate } from '../../harness/experiment/prompts.ts';
import type { ChatReply, ChatRequest, ContentPart } from '../../harness/models/chat.ts';
import { schemaOf } from '../../harness/models/reply-schema.ts';
import { askStructured } from '../../harness/models/structured.ts';
import type { OpenBundle } from '../../harness/store/bundle.ts';
import type { Artifact, OutcomeEvent } from '../../harness/store/events.ts';
import { canonicalJson } from '../../harness/store/hash.ts';
import { now } from '../../harness/store/journal.ts';
import type { Item, PlanAppender } from '../../harness/store/plan-file.ts';
import type { BuildConfig, BuildRole, ShopConfig } from './config.ts';
import type { BuildMedia } from './media.ts';
import { readReply } from './reply.ts';

/** What is asked of a model, for one item. */
export interface Question<T> {
  role: BuildRole;
  /** Id of the item that pays: `entry-…`, `unit-…`; the owner in the journal. */
  item: string;
  /** A word for ledger and key: `verdict`, `topic`, `quiz`, … */
  purpose: string;
  prompt: PromptTemplate;
  /** Goes into the prompt's one block of data, as `{{data}}`; with a `correction` in it when asked again. */
  data: Readonly<Record<string, unknown>>;
  /** Further `{{keys}}` of the prompt. */
  values?: Readonly<Record<string, string>>;
  /** Pictures, each with what it is: the file's sha256 and a time. */
  images?: readonly Extract<ContentPart, { type: 'image' }>[];
  /** The reply's shape, keys in camelCase. */
  schema: z.ZodType<T>;
  /** The form that is asked for, where the schema reads more than that. */
  form?: z.ZodType;
  /** What else must hold; a problem is told to the model, which is asked once more. */
  check?: (value: T) => Problem | null;
  /** Hashes of files that the request is made for; a stored reply serves only the same ones. */
  files?: readonly string[];
  /** Ask once more after a problem; true when absent. */
  corrective?: boolean;
}

/** What is wrong with a reply: a word for counting, and a sentence for model and reader. */
export interface Problem {
  cause: string;
  message: string;
}

/** A value that holds, or the last problem; `problems` lists all that were met, with the value if there was one. */
export type Asked<T> = { problems: readonly (Problem & { value: T | null })[] } & (
  | { ok: true; value: T }
  | { ok: false; problem: Problem }
);

/** How an item's job ended. */
export type Ending = Pick<OutcomeEvent, 'status' | 'cause' | 'message'> & {
  video?: string | null;
  videoFacts?: OutcomeEvent['videoFacts'];
  sandbox?: OutcomeEvent['sandbox'];
  artifacts?: readonly Artifact[];
};

export interface ShopParts<C extends ShopConfig> {
  config: C;
  bundle: OpenBundle;
  plan: PlanAppender;
  media: BuildMedia;
  control: RunControl;
  endpoints: Endpoints;
  maxUnusable: number;
}

/** Everything that the stages of a build share, or of another recipe with items, models and a bundle. */
export class BuildShop<C extends ShopConfig = BuildConfig> {
  readonly config: C;
  readonly bundle: OpenBundle;
  readonly media: BuildMedia;
  readonly control: RunControl;
  readonly #parts: ShopParts<C>;
  readonly #calls = new Map<string, Map<string, OwnedCalls>>();
  readonly #items = new Set<string>();
  readonly #prompts = new Map<string, PromptTemplate>();

  constructor(parts: ShopParts<C>) {
    this.#parts = parts;
    this.config = parts.config;
    this.bundle = parts.bundle;
    this.media = parts.media;
    this.control = parts.control;
  }

  /** The template `configs/prompts/<name>.md`, read once. */
  prompt(name: string): PromptTemplate {
    return getOrMake(this.#prompts, name, () => loadPrompt(name));
  }

  /** Writes an item into the plan, once. To be called before the item's first call. */
  item(item: Item): void {
    this.#items.add(item.id);
    this.#parts.plan.add(item);
  }

  /** Ids of the items that this run came by; a changed catalogue leaves others in the bundle. */
  get items(): ReadonlySet<string> {
    return this.#items;
  }

  /**
   * An item's calls through the journal, the same ones until `end`: equal requests in one life of the item are
   * different occurrences, each with an answer of its own.
   */
  calls(item: string, files: readonly string[] = []): OwnedCalls {
    const { bundle, endpoints, control, maxUnusable } = this.#parts;
    const owner = { job: jobOf(item), owner: item, files, maxUnusable };
    const make = () => new OwnedCalls(bundle, endpoints, control, owner);
    const own = getOrMake(this.#calls, item, () => new Map<string, OwnedCalls>());
    return getOrMake(own, files.join(), make);
  }

  /** Forgets which of an item's requests were equal: what comes later differs from what came before. */
  release(item: string): void {
    this.#calls.delete(item);
  }

  /**
   * Asks for one JSON object. A reply that cannot be read, or fails `check`, is answered by one new request that names
   * the problem. Throws ModelError when the call fails, Interrupted or LimitReached when nothing new may begin.
   */
  async consult<T>(question: Question<T>): Promise<Asked<T>> {
    const corrective = question.corrective !== false;
    const replies: ChatReply[] = [];
    const asked = await askStructured<T>({
      request: requestOf(question, null),
      schema: schemaOf(question.purpose, question.form ?? question.schema),
      send: async (request, attempt) => {
        const reply = await this.#send(question, request, attempt - 1, attempt === 2 || !corrective);
        replies.push(reply);
        return reply;
      },
      read: (reply) => {
        const seen = judge(reply, question);
        return seen.ok ? { ok: true, value: seen.value } : { ok: false, problem: seen.problem.message };
      },
      correct: (problem) => requestOf(question, problem),
      // A model that would not answer does not answer the same question.
      asksAgain: (reply) => corrective && reply.finish !== 'refusal',
    });
    const problems = replies.flatMap((reply) => {
      const seen = judge(reply, question);
      return seen.ok ? [] : [{ ...seen.problem, value: seen.value }];
    });
    if (asked.ok) return { ok: true, value: asked.value, problems };
    const last = problems.at(-1) ?? { cause: replyCauses.unreadable, message: asked.problem };
    return { ok: false, problem: { cause: last.cause, message: last.message }, problems };
  }

  /** As `consult`; `null` in place of a problem, which stands in the journal. */
  async ask<T>(question: Question<T>): Promise<T | null> {
    const asked = await this.consult(question);
    return asked.ok ? asked.value : null;
  }

  /** Ends an item's job: an outcome is written unless the last one says the same. */
  end(item: string, ending: Ending): void {
    this.release(item);
    const outcome = {
      owner: item,
      measurement: null,
      questions: null,
      video: null,
      videoFacts: null,
      sections: [],
      sandbox: null,
      ...ending,
      artifacts: [...(ending.artifacts ?? [])],
    };
    const before = this.bundle.state.outcomes.get(jobOf(item));
    if (before !== undefined && canonicalJson({ ...before, ...outcome }) === canonicalJson(before)) return;
    this.bundle.append({ type: 'outcome', time: now(), job: jobOf(item), wallMs: 0, ...outcome });
  }

  async #send<T>(
    { role, purpose, item, files, schema }: Question<T>,
    request: ChatRequest,
    attempt: number,
    final: boolean,
  ): Promise<ChatReply> {
    // A reply that leads to a better request was of use: it is stored, and never paid for again.
    const usable = (reply: ChatReply) => !final || readReply(reply, schema).ok;
    const tag = { purpose, attempt };
    return (await this.calls(item, files).chat(this.config.endpoints[role], role, request, tag, usable))
      .reply;
  }
}

/** The prompt with its data, and what was wrong with the first answer. */
function requestOf<T>(question: Question<T>, problem: string | null): ChatRequest {
  const correction = problem && { attempt: 1, problem };
  const data = dataBlock({ ...question.data, ...(correction && { correction }) });
  const text = fillPrompt(question.prompt, { ...question.values, data });
  return { messages: [{ role: 'user', content: [{ type: 'text', text }, ...(question.images ?? [])] }] };
}

/** The job that builds an item. */
export function jobOf(item: string): string {
  return `build:${item}`;
}

type Judged<T> = { ok: true; value: T } | { ok: false; value: T | null; problem: Problem };

/** Causes of a reply that is no answer; every other cause is of `check`. */
export const replyCauses = { unreadable: 'unreadable_reply', refused: 'refused' } as const;

function judge<T>(reply: ChatReply, question: Question<T>): Judged<T> {
  const read = readReply(reply, question.schema);
  if (!read.ok) {
    const cause = reply.finish === 'refusal' ? replyCauses.refused : replyCauses.unreadable;
    return { ok: false, value: null, problem: { cause, message: read.problem } };
  }
  const problem = question.check?.(read.value) ?? null;
  return problem ? { ok: false, value: read.value, problem } : { ok: true, value: read.value };
}
