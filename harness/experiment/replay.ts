import type { Endpoint } from '../models/endpoint.ts';
import { type FailureClass, failureClasses, ModelError } from '../models/model-error.ts';
import type { OpenBundle } from '../store/bundle.ts';
import { Cassette } from '../store/cassette.ts';
import { type CallKey, type CassetteCall, isVideoCall, withoutFolder } from '../store/cassette-lines.ts';
import { exitCodes, MmmcError } from '../store/errors.ts';
import type { CallEvent } from '../store/events.ts';
import { now } from '../store/journal.ts';
import type { Experiment } from './config.ts';
import type { Plan } from './plan.ts';

export interface ReplayOptions {
  /** Path of the cassette. */
  file: string;
  /** Call for what the cassette lacks; else such a call fails as `not_recorded`. */
  fill: boolean;
}

/** A request as it is met, with what the journal keeps of it beside what was recorded. */
export interface Asking extends CallKey {
  job: string;
  files: readonly string[];
  tag: { section?: string; attempt?: number };
  /** The request as text. */
  prompt: string;
}

/**
 * Serves calls from a cassette: what was recorded enters the journal when its request is met, failed calls included, and is
 * then served from there as on resume. So a replay has the bill of the recording, and the n-th identical request of a cell or
 * slot gets the n-th recorded reply.
 */
export class Replay implements Disposable {
  readonly fill: boolean;
  readonly #cassette: Cassette;

  private constructor(cassette: Cassette, fill: boolean) {
    this.#cassette = cassette;
    this.fill = fill;
  }

  /** Throws `bad_cassette` (exit 2). */
  static async open({ file, fill }: ReplayOptions): Promise<Replay> {
    return new Replay(await Cassette.open(file), fill);
  }

  /** Throws `other_cassette` (exit 2) when it was recorded with another dataset, or holds none of the plan's calls. */
  check(experiment: Experiment, plan: Plan): void {
    const { dataset } = this.#cassette.head;
    const { name, view } = experiment.dataset;
    if (dataset.name !== name || dataset.view !== view)
      throw other(
        `the cassette was recorded with dataset ${dataset.name}, view ${dataset.view}, and this experiment uses ${name}, view ${view}`,
      );
    if (![...plan.cells, ...plan.slots].some(({ id }) => this.#cassette.hasOwner(id)))
      throw other('the cassette holds no call of any planned cell or measurement');
  }

  /** How run.json names it. */
  get source(): string {
    return `cassette ${this.#cassette.sha256}${this.fill ? ', other calls made' : ''}`;
  }

  /** Writes the recorded calls of an occurrence into the journal, unless an answer is there or they were written before. */
  enter(bundle: OpenBundle, endpoint: Endpoint, asking: Asking, occurrence: number): void {
    const files = asking.files.join();
    const here = bundle.state
      .callsOf(asking)
      .filter((call) => call.occurrence === occurrence && call.files.join() === files);
    if (here.some((call) => call.usable)) return;
    const entered = here.filter((call) => call.replayed?.cassette === this.#cassette.sha256).length;
    for (const call of this.#cassette.calls(asking, occurrence).slice(entered)) {
      if (call.reply !== null && !isVideoCall(call)) bundle.texts.put(this.#cassette.text(call.reply));
      bundle.append(this.#eventOf(call, endpoint, asking, bundle.texts.put(asking.prompt)));
    }
  }

  /** Is this unusable reply the recording's last word on its request? Then it is served: a later one would be asked for. */
  isLast(key: CallKey, occurrence: number): boolean {
    return !this.fill && this.#cassette.calls(key, occurrence + 1).length === 0;
  }

  /** Before a call is made: throws the recorded failure, or `not_recorded`, unless what is missing is to be called for. */
  refuse(key: CallKey, occurrence: number): void {
    if (this.fill) return;
    const failed = this.#cassette.calls(key, occurrence).at(-1)?.failure;
    if (failed != null) throw new ModelError(classOf(failed), `the recorded call failed: ${failed}`);
    const { owner, role, purpose, request } = key;
    const which = `${purpose} by the ${role} of ${owner} (request ${request.slice(0, 12)}, occurrence ${occurrence + 1})`;
    throw new MmmcError('not_recorded', `the cassette has no reply to ${which}; --fill calls for it`);
  }

  /** The bytes of a recorded video, `null` when it has none of this hash. */
  video(hash: string): Uint8Array | null {
    return this.#cassette.video(hash);
  }

  [Symbol.dispose](): void {
    this.#cassette[Symbol.dispose]();
  }

  #eventOf(call: CassetteCall, endpoint: Endpoint, asking: Asking, prompt: string): CallEvent {
    const { time, failure, servedModel, ...recorded } = call;
    const asked = withoutFolder(endpoint.model) === servedModel;
    return {
      ...recorded,
      time: now(),
      job: asking.job,
      files: [...asking.files],
      section: asking.tag.section ?? null,
      attempt: asking.tag.attempt ?? null,
      prompt,
      endpoint: endpoint.id,
      failure: failure === null ? null : { class: failure, message: `the recorded call failed: ${failure}` },
      servedModel: asked ? endpoint.model : servedModel,
      replayed: {
        cassette: this.#cassette.sha256,
        time,
        sameFiles: recorded.files.join() === asking.files.join(),
      },
    };
  }
}

const classOf = (word: string): FailureClass => failureClasses.find((known) => known === word) ?? 'server';

function other(message: string): MmmcError {
  return new MmmcError('other_cassette', message, {
    exitCode: exitCodes.usage,
    hint: 'Replay it with the experiment, the dataset and the version of the program that recorded it.',
  });
}
