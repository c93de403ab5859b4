import {
  type ChatReply,
  type ChatRequest,
  type FinishReason,
  type Role,
  unknownUsage,
} from '../models/chat.ts';
import { chatCost, videoCost } from '../models/cost.ts';
import type { Endpoint } from '../models/endpoint.ts';
import { ModelError } from '../models/model-error.ts';
import { withRetry } from '../models/retry.ts';
import type { VideoReply, VideoRequest } from '../models/video.ts';
import type { OpenBundle } from '../store/bundle.ts';
import { MmmcError } from '../store/errors.ts';
import type { CallEvent } from '../store/events.ts';
import { sha256 } from '../store/hash.ts';
import { now } from '../store/journal.ts';
import type { RunControl } from './control.ts';
import type { Endpoints } from './endpoints.ts';
import { chatRequestText, mediaHashes, videoRequestText } from './request-text.ts';

/** Longest a call may take with all its retries, ms. */
const maxElapsedMs = 30 * 60_000;

/** Whose calls these are. */
export interface CallOwner {
  job: string;
  /** The cell or slot. */
  owner: string;
  /** Hashes of the files the requests are made for; a stored reply serves only the same ones. */
  files: readonly string[];
  /** Calls of one request whose replies were of no use, over all runs, after which it is given up. */
  maxUnusable: number;
}

export interface Tag {
  purpose: string;
  section?: string;
  attempt?: number;
}

interface Attempted<T> {
  value: T | null;
  error: ModelError | null;
  attempts: number;
  workingMs: number;
  waitingMs: number;
}

/**
 * Model calls of one job, through the journal: a reply that is stored is served, unpaid; a new one is stored with its
 * bill before anybody sees it. This one place serves resume now, and record and replay later.
 */
export class OwnedCalls {
  readonly #bundle: OpenBundle;
  readonly #endpoints: Endpoints;
  readonly #control: RunControl;
  readonly #owner: CallOwner;
  readonly #next = new Map<string, number>();

  constructor(bundle: OpenBundle, endpoints: Endpoints, control: RunControl, owner: CallOwner) {
    this.#bundle = bundle;
    this.#endpoints = endpoints;
    this.#control = control;
    this.#owner = owner;
  }

  /**
   * One chat call. `usable` says whether a reply serves; one that does not is kept and never served again.
   * Throws ModelError when the call failed, MmmcError `gave_up` after too many unusable replies.
   */
  async chat(
    endpoint: Endpoint,
    role: Role,
    request: ChatRequest,
    tag: Tag,
    usable: (reply: ChatReply) => boolean = () => true,
  ): Promise<{ reply: ChatReply; text: string }> {
    const text = chatRequestText(endpoint, request);
    const found = this.#find(role, tag.purpose, sha256(text));
    if (found.served?.reply) {
      const reply = this.#bundle.texts.get(found.served.reply);
      return { reply: storedReply(found.served, reply), text: found.served.reply };
    }
    return this.#control.track(this.#newChat(endpoint, role, request, tag, usable, found, text));
  }

  async #newChat(
    endpoint: Endpoint,
    role: Role,
    request: ChatRequest,
    tag: Tag,
    usable: (reply: ChatReply) => boolean,
    found: { occurrence: number; request: string },
    text: string,
  ): Promise<{ reply: ChatReply; text: string }> {
    const call = await this.#attempt(endpoint, async (signal) =>
      (await this.#endpoints.chat(endpoint)).chat(request, { signal }).catch(refusalAsReply),
    );
    const hash = call.value && this.#bundle.texts.put(call.value.text);
    this.#record(endpoint, role, tag, found, text, mediaHashes(request.messages), call, {
      reply: hash,
      finish: call.value?.finish ?? null,
      usable: call.value !== null && usable(call.value),
      servedModel: call.value?.servedModel ?? null,
      usage: call.value?.usage ?? call.error?.usage ?? unknownUsage,
      costUsd: chatCost(endpoint, call.value?.usage ?? call.error?.usage ?? null),
    });
    if (call.value === null || hash === null) throw call.error;
    return { reply: call.value, text: hash };
  }

  /** One video. `stored` returns the bytes kept under a hash, if they are still there; `keep` keeps new ones. */
  async video(
    endpoint: Endpoint,
    role: Role,
    request: VideoRequest,
    tag: Tag,
    stored: (hash: string) => boolean,
    keep: (bytes: Uint8Array) => void,
  ): Promise<void> {
    const text = videoRequestText(endpoint, request);
    const found = this.#find(role, tag.purpose, sha256(text), stored);
    if (found.served) return;
    const call = await this.#control.track(
      this.#attempt<VideoReply>(endpoint, async (signal) =>
        (await this.#endpoints.video(endpoint)).generate(request, { signal }),
      ),
    );
    if (call.value) keep(call.value.bytes);
    this.#record(endpoint, role, tag, found, text, [], call, {
      reply: call.value && sha256(call.value.bytes),
      finish: call.value ? 'stop' : null,
      usable: call.value !== null,
      servedModel: call.value?.servedModel ?? null,
      usage: { input: 0, cached: 0, output: 0, reasoning: 0 },
      // What a failed job cost is not known, unless the server never took it.
      costUsd: call.value ? videoCost(endpoint, request) : call.error?.submitted ? null : 0,
    });
    if (call.error) throw call.error;
  }

  /** The stored call that serves this request, or the occurrence that a new one will have. */
  #find(role: Role, purpose: string, request: string, stored: (hash: string) => boolean = () => true) {
    const key = { owner: this.#owner.owner, role, purpose, request };
    const counter = `${role}|${purpose}|${request}`;
    const files = this.#owner.files.join();
    const calls = this.#bundle.state.callsOf(key).filter((call) => call.files.join() === files);
    let unusable = 0;
    for (let occurrence = this.#next.get(counter) ?? 0; ; occurrence++) {
      const replies = calls.filter((call) => call.occurrence === occurrence && call.reply !== null);
      const served = replies.find((call) => call.usable && call.reply !== null && stored(call.reply));
      if (served || !replies.some((call) => !call.usable)) {
        this.#next.set(counter, occurrence + 1);
        return { served, occurrence, request };
      }
      if (++unusable >= this.#owner.maxUnusable)
        throw new MmmcError('gave_up', `${unusable} replies to this request were of no use`, {
          hint: 'Allow more with --retry-errors.',
        });
    }
  }

  async #attempt<T>(endpoint: Endpoint, send: (signal: AbortSignal) => Promise<T>): Promise<Attempted<T>> {
    this.#control.checkpoint();
    const start = performance.now();
    const limit = this.#endpoints.limit(endpoint);
    let attempts = 0;
    let workingMs = 0;
    const done = (value: T | null, error: ModelError | null): Attempted<T> => {
      const waitingMs = Math.max(0, performance.now() - start - workingMs);
      return { value, error, attempts, workingMs, waitingMs };
    };
    try {
      const value = await withRetry(
        () =>
          limit(async () => {
            this.#control.checkpoint();
            attempts++;
            const began = performance.now();
            try {
              return await send(this.#control.signal);
            } finally {
              workingMs += performance.now() - began;
            }
          }),
        { attempts: endpoint.attempts, maxElapsedMs, signal: this.#control.signal },
      );
      return done(value, null);
    } catch (thrown) {
      if (thrown instanceof ModelError) return done(null, thrown);
      throw thrown;
    }
  }

  #record(
    endpoint: Endpoint,
    role: Role,
    tag: Tag,
    found: { occurrence: number; request: string },
    prompt: string,
    media: readonly string[],
    call: Attempted<unknown>,
    bill: Pick<CallEvent, 'reply' | 'finish' | 'usable' | 'servedModel' | 'usage' | 'costUsd'>,
  ): void {
    this.#bundle.append({
      type: 'call',
      time: now(),
      job: this.#owner.job,
      owner: this.#owner.owner,
      role,
      purpose: tag.purpose,
      request: found.request,
      occurrence: found.occurrence,
      endpoint: endpoint.id,
      section: tag.section ?? null,
      attempt: tag.attempt ?? null,
      prompt: this.#bundle.texts.put(prompt),
      files: [...this.#owner.files],
      media: [...media],
      failure: call.error && { class: call.error.failure, message: call.error.message },
      attempts: call.attempts,
      workingMs: Math.round(call.workingMs),
      waitingMs: Math.round(call.waitingMs),
      ...bill,
    });
  }
}

/** A blocked request is the model's answer, not a failure of ours. */
function refusalAsReply(thrown: unknown): ChatReply {
  if (!(thrown instanceof ModelError) || thrown.failure !== 'policy') throw thrown;
  return { text: '', finish: 'refusal', usage: thrown.usage ?? unknownUsage, servedModel: null };
}

const finishReasons: readonly FinishReason[] = ['stop', 'length', 'content_filter', 'refusal', 'other'];

function storedReply(call: CallEvent, text: string): ChatReply {
  const finish = finishReasons.find((reason) => reason === call.finish) ?? 'other';
  return { text, finish, usage: call.usage, servedModel: call.servedModel };
}
