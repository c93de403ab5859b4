import type { Role } from '../models/chat.ts';
import type { Endpoint } from '../models/endpoint.ts';
import type { OpenBundle } from '../store/bundle.ts';
import type { CallKey } from '../store/cassette-lines.ts';
import { MmmcError } from '../store/errors.ts';
import type { CallEvent } from '../store/events.ts';
import { sha256 } from '../store/hash.ts';
import type { CallOwner, Tag } from './calls.ts';
import type { Replay } from './replay.ts';

/** What a look-up found: the call that serves, or the occurrence that a new one will have. */
export interface Found {
  served: CallEvent | undefined;
  occurrence: number;
  /** Hash of the request. */
  request: string;
}

/** The look-ups of one job: in its journal, and in a cassette where calls are replayed. It knows which requests were equal. */
export class CallLookup {
  readonly #bundle: OpenBundle;
  readonly #owner: CallOwner;
  readonly #replay: Replay | null;
  readonly #next = new Map<string, number>();

  constructor(bundle: OpenBundle, owner: CallOwner, replay: Replay | null) {
    this.#bundle = bundle;
    this.#owner = owner;
    this.#replay = replay;
  }

  /**
   * The call that serves this request next, or the occurrence of a new one. `stored` says whether the file of a reply is still
   * there. Throws MmmcError `gave_up` after too many unusable replies; in a replay `not_recorded`, or the recorded ModelError.
   */
  find(
    endpoint: Endpoint,
    role: Role,
    tag: Tag,
    prompt: string,
    stored: (hash: string) => boolean = () => true,
  ): Found {
    const request = sha256(prompt);
    const { owner, job, files, maxUnusable } = this.#owner;
    const key = { owner, role, purpose: tag.purpose, request };
    const counter = `${role}|${tag.purpose}|${request}`;
    const found = (occurrence: number, served?: CallEvent): Found => {
      this.#next.set(counter, occurrence + 1);
      return { served, occurrence, request };
    };
    let unusable = 0;
    for (let occurrence = this.#next.get(counter) ?? 0; ; occurrence++) {
      this.#replay?.enter(this.#bundle, endpoint, { ...key, job, files, tag, prompt }, occurrence);
      const replies = this.#repliesTo(key, occurrence);
      const served = replies.find((call) => call.usable && call.reply !== null && stored(call.reply));
      if (served) return found(occurrence, served);
      const useless = replies.findLast((call) => !call.usable);
      if (!useless) {
        const open = found(occurrence);
        this.#replay?.refuse(key, occurrence);
        return open;
      }
      if (this.#replay?.isLast(key, occurrence)) return found(occurrence, useless);
      if (++unusable >= maxUnusable && this.#replay?.fill !== false)
        throw new MmmcError('gave_up', `${unusable} replies to this request were of no use`, {
          hint: 'Allow more with --retry-errors.',
        });
    }
  }

  /** The stored replies to one occurrence of a request, as far as they were made for the same files. */
  #repliesTo(key: CallKey, occurrence: number): CallEvent[] {
    const files = this.#owner.files.join();
    return this.#bundle.state
      .callsOf(key)
      .filter((call) => call.occurrence === occurrence && call.reply !== null && call.files.join() === files);
  }
}
