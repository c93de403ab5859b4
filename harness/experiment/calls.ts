import { randomUUID } from 'node:crypto';
import {
  type ChatReply,
  type ChatRequest,
  type FinishReason,
  type Role,
  unknownUsage,
} from '../models/chat.ts';
import { mostChatCost, secondsOf, videoCost } from '../models/cost.ts';
import type { Endpoint } from '../models/endpoint.ts';
import { ModelError } from '../models/model-error.ts';
import { mostTokens } from '../models/token-bound.ts';
import type { VideoReply, VideoRequest } from '../models/video.ts';
import type { OpenBundle } from '../store/bundle.ts';
import type { CallKey } from '../store/cassette-lines.ts';
import type { CallEvent } from '../store/events.ts';
import { sha256 } from '../store/hash.ts';
import { now } from '../store/journal.ts';
import { type Attempted, attemptCall } from './attempt.ts';
import {
  chatBill,
  failedChatBill,
  failedVideoBill,
  isFree,
  type Most,
  nothingUsed,
  videoBill,
} from './bill.ts';
import { CallLookup } from './call-lookup.ts';
import type { RunControl } from './control.ts';
import type { Endpoints } from './endpoints.ts';
import { chatRequestText, mediaHashes, videoRequestText } from './request-text.ts';

/** Whose calls these are. */
export interface CallOwner {
  job: string;
  /** The cell or slot. */
  owner: string;
  /** Hashes of the files the requests are made for; a stored reply serves only the same ones. */
  files: readonly string[];
  /** Calls of one request whose replies were of no use, over all runs, after which it is given up. */
  maxUnusable: number;
  /** Told how far a video is, 0 to 1, where its server says. */
  onProgress?: (fraction: number) => void;
}

export interface Tag {
  purpose: string;
  section?: string;
  attempt?: number;
}

/**
 * Model calls of one job, through the journal: a reply that is stored is served, unpaid; a new one is stored with its
 * bill before anybody sees it. This one place serves resume, and replay of a cassette.
 */
export class OwnedCalls {
  readonly #bundle: OpenBundle;
  readonly #endpoints: Endpoints;
  readonly #control: RunControl;
  readonly #owner: CallOwner;
  readonly #lookup: CallLookup;

  constructor(bundle: OpenBundle, endpoints: Endpoints, control: RunControl, owner: CallOwner) {
    this.#bundle = bundle;
    this.#endpoints = endpoints;
    this.#control = control;
    this.#owner = owner;
    this.#lookup = new CallLookup(bundle, owner, endpoints.replay);
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
    const found = this.#lookup.find(endpoint, role, tag, text);
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
    const call = await attemptCall(
      {
        endpoint,
        owner: this.#owner.owner,
        most: () => mostOfChat(endpoint, request),
        send: async (signal) =>
          (await this.#endpoints.chat(endpoint)).chat(request, { signal }).catch(refusalAsReply),
        billOf: (reply) => chatBill(endpoint, reply),
        failedBill: (thrown) => failedChatBill(endpoint, thrown),
      },
      this.#endpoints,
      this.#control,
    );
    const hash = call.value && this.#bundle.texts.put(call.value.text);
    this.#record(endpoint, role, tag, found, text, call, {
      reply: hash,
      finish: call.value?.finish ?? null,
      usable: call.value !== null && usable(call.value),
      servedModel: call.value?.servedModel ?? null,
      media: mediaHashes(request.messages),
      ...mediaSent(request),
    });
    if (call.value === null || hash === null) throw call.thrown;
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
    const found = this.#lookup.find(
      endpoint,
      role,
      tag,
      text,
      (hash) => stored(hash) || this.#restore(hash, keep),
    );
    if (found.served) return;
    const key = { owner: this.#owner.owner, role, purpose: tag.purpose, ...found };
    const call = await this.#control.track(this.#newVideo(endpoint, request, key));
    if (call.value) keep(call.value.bytes);
    this.#record(endpoint, role, tag, found, text, call, {
      reply: call.value && sha256(call.value.bytes),
      finish: call.value ? 'stop' : null,
      usable: call.value !== null,
      servedModel: call.value?.servedModel ?? null,
      media: [],
      madeS: secondsOf(request),
      ...(call.value && { echo: this.#bundle.texts.put(JSON.stringify(call.value.echo, null, 1)) }),
    });
    if (call.value === null) throw call.thrown;
  }

  #newVideo(
    endpoint: Endpoint,
    request: VideoRequest,
    { owner, role, purpose, request: hash, occurrence }: CallKey & { occurrence: number },
  ): Promise<Attempted<VideoReply>> {
    const { onProgress, job } = this.#owner;
    const call = { owner, role, purpose, request: hash, occurrence };
    let lost = this.#bundle.state.submissionOf(call);
    let key: string | undefined = lost?.key ?? randomUUID();
    return attemptCall(
      {
        endpoint,
        owner: this.#owner.owner,
        most: () => ({ input: 0, output: 0, usd: videoCost(endpoint, request) }),
        send: async (signal) => {
          const model = await this.#endpoints.video(endpoint);
          const first = { ...(key && { key }), ...(lost && { sentS: Date.parse(lost.time) / 1000 }) };
          if (key && !lost) this.#bundle.append({ type: 'submission', time: now(), job, ...call, key });
          // A further attempt is a job of its own.
          [key, lost] = [undefined, undefined];
          return model.generate(request, { signal, ...first, ...(onProgress && { onProgress }) });
        },
        billOf: (reply) => videoBill(endpoint, request, reply),
        failedBill: failedVideoBill,
      },
      this.#endpoints,
      this.#control,
    );
  }

  /** Puts a recorded video where a made one is kept; `false` when there is none. */
  #restore(hash: string, keep: (bytes: Uint8Array) => void): boolean {
    const bytes = this.#endpoints.replay?.video(hash) ?? null;
    if (bytes !== null) keep(bytes);
    return bytes !== null;
  }

  #record(
    endpoint: Endpoint,
    role: Role,
    tag: Tag,
    found: { occurrence: number; request: string },
    prompt: string,
    call: Attempted<unknown>,
    rest: Pick<CallEvent, 'reply' | 'finish' | 'usable' | 'servedModel' | 'media'> & Partial<CallEvent>,
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
      failure: call.failure,
      attempts: call.attempts,
      workingMs: Math.round(call.workingMs),
      waitingMs: Math.round(call.waitingMs),
      ...call.bill,
      ...rest,
    });
  }
}

/** A blocked request is the model's answer, not a failure of ours. */
function refusalAsReply(thrown: unknown): ChatReply {
  if (!(thrown instanceof ModelError) || thrown.failure !== 'policy') throw thrown;
  const usage = thrown.usage ?? (isFree(thrown) ? nothingUsed.usage : unknownUsage);
  return { text: '', finish: 'refusal', usage, servedModel: null };
}

const finishReasons: readonly FinishReason[] = ['stop', 'length', 'content_filter', 'refusal', 'other'];

function storedReply(call: CallEvent, text: string): ChatReply {
  const finish = finishReasons.find((reason) => reason === call.finish) ?? 'other';
  return { text, finish, usage: call.usage, servedModel: call.servedModel };
}

function mostOfChat(endpoint: Endpoint, request: ChatRequest): Most {
  const tokens = mostTokens(endpoint, request);
  return { ...tokens, usd: mostChatCost(endpoint, tokens) };
}

/** Pictures and seconds of video that a request sends. */
function mediaSent({ messages }: ChatRequest): Pick<CallEvent, 'images' | 'videoS'> {
  const parts = messages.flatMap((message) => message.content);
  return {
    images: parts.filter(({ type }) => type === 'image').length,
    videoS: parts.reduce((sum, part) => sum + (part.type === 'video' ? part.durationS : 0), 0),
  };
}
