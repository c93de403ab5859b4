import type { Endpoint } from './endpoint.ts';
import type { VideoRequest } from './video.ts';
import type { ListedJob, VideoJob } from './video-protocol.ts';

/** How far a server's clock may be from ours, s. */
const clockS = 60;

/** A job that was sent, for which no answer came. */
export interface Lost {
  request: VideoRequest;
  /** Its idempotency key. */
  key: string;
  /** Unix time of the sending, s. */
  sentS: number;
}

/**
 * Which jobs of a server are whose, as far as one endpoint knows: a job whose answer was lost is found in the server's list, and no
 * job serves two calls.
 */
export class KnownJobs {
  readonly #model: string;
  readonly #taken = new Set<string>();
  readonly #sending: Lost[] = [];

  constructor({ model }: Endpoint) {
    this.#model = model;
  }

  /** A job is being sent until the function that is returned is called, with its id if it was taken. */
  sending(lost: Lost): (id: string | null) => void {
    this.#sending.push(lost);
    return (id) => {
      this.#sending.splice(this.#sending.indexOf(lost), 1);
      if (id !== null) this.#taken.add(id);
    };
  }

  /**
   * The job of this call among those of the list: `absent` when it is surely not there, `unclear` when one that may be it
   * cannot be told from another's.
   */
  find(lost: Lost, listed: readonly ListedJob[], nowS: number): VideoJob | 'absent' | 'unclear' {
    const free = listed.filter(({ id }) => !this.#taken.has(id));
    const certain = free.find(({ key }) => key === lost.key);
    if (certain !== undefined) return this.#take(certain);
    const [candidate, ...others] = free.filter((job) => this.#mayBe(job, lost, nowS));
    if (candidate === undefined) return 'absent';
    const rival = this.#sending.some(({ key, request }) => {
      return (
        key !== lost.key && request.prompt === lost.request.prompt && candidate.seed !== lost.request.seed
      );
    });
    if (others.length > 0 || rival || candidate.prompt === null) return 'unclear';
    return this.#take(candidate);
  }

  #take({ id, job }: ListedJob): VideoJob {
    this.#taken.add(id);
    return job;
  }

  /** What a list does not say speaks neither for nor against. */
  #mayBe({ key, prompt, seed, createdS, job }: ListedJob, { request, sentS }: Lost, nowS: number): boolean {
    const inTime = createdS === null || (createdS >= sentS - clockS && createdS <= nowS + clockS);
    const same = <T>(said: T | null, ours: T) => said === null || said === ours;
    return (
      inTime &&
      key === null &&
      same(prompt, request.prompt) &&
      same(seed, request.seed) &&
      same(job.model, this.#model)
    );
  }
}
