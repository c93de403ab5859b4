import { setTimeout as sleep } from 'node:timers/promises';
import { bundleUnwritable, isDiskFailure } from '../store/errors.ts';

/** Thrown where work is about to begin after a stop was asked for; the job stays open for the next run. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  constructor(message = 'interrupted') {
    super(message);
  }
}

/** How long running calls may still finish after the first Ctrl-C, ms: an answer on its way is already paid for. */
const graceMs = 5000;

/** Stopping in two steps: nothing new begins, running calls get a grace period; then everything is aborted. */
export class RunControl {
  readonly #abort = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  #stopping = false;

  /** Aborted when time is up, or at a second `stop`. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  stop(): void {
    if (this.#stopping) this.#abort.abort(new Interrupted());
    this.#stopping = true;
    void sleep(graceMs, undefined, { ref: false }).then(() => this.#abort.abort(new Interrupted()));
  }

  /** Remembers work under way, so that nobody leaves before it is recorded. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  /** The same for work that writes into a folder of the bundle: a full disk is the bundle's trouble, not the cell's. */
  async trackIn<T>(folder: string, work: Promise<T>): Promise<T> {
    try {
      return await this.track(work);
    } catch (thrown) {
      throw isDiskFailure(thrown) ? bundleUnwritable(folder, thrown) : thrown;
    }
  }

  /** Resolves when no tracked work is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** Throws `Interrupted` when nothing new may begin. */
  checkpoint(): void {
    if (this.#stopping) throw new Interrupted();
  }
}
