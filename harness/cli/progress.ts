import type { Experiment } from '../experiment/config.ts';
import type { RunWatcher } from '../experiment/run.ts';
import type { Job } from '../experiment/schedule.ts';
import { adviceOn } from '../models/advice.ts';
import type { OpenBundle } from '../store/bundle.ts';
import type { CallEvent, JournalEvent } from '../store/events.ts';
import { isWhole } from '../store/ledger.ts';
import type { Cell, Slot } from '../store/plan-file.ts';
import { readPlan } from '../store/plan-file.ts';
import type { Status } from '../store/status.ts';

/** Shows a run as it goes: a few live lines on a terminal, one plain line per event elsewhere. */
export class Progress implements RunWatcher {
  readonly #stream: NodeJS.WritableStream;
  /** Columns of the terminal, or 0 where lines are not drawn over. */
  readonly #columns: number;
  readonly #experiment: Experiment;
  readonly #running = new Map<string, number>();
  /** How far the videos are that jobs wait for. */
  readonly #fractions = new Map<string, number>();
  readonly #ended = new Map<Status, number>();
  #cells = new Map<string, Cell>();
  #slots = new Map<string, Slot>();
  #jobs = 0;
  #open = 0;
  #done = 0;
  #tokens = 0;
  #cost = 0;
  #costKnown = true;
  /** What was said already about endpoints that fail: once is enough. */
  readonly #advised = new Set<string>();
  /** Endpoints whose quota is used up. */
  readonly #stopped = new Set<string>();
  #lastFailure = '';
  #drawn = 0;
  #start = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #stopListening: () => void = () => undefined;

  constructor(experiment: Experiment, stream: NodeJS.WritableStream, columns: number) {
    this.#experiment = experiment;
    this.#stream = stream;
    this.#columns = columns;
  }

  opened(bundle: OpenBundle, jobs: readonly Job[], open: readonly Job[]): void {
    const plan = readPlan(bundle.paths.plan);
    this.#cells = new Map(plan.cells.map((cell) => [cell.id, cell]));
    this.#slots = new Map(plan.slots.map((slot) => [slot.id, slot]));
    this.#jobs = jobs.length;
    this.#open = open.length;
    this.#start = performance.now();
    this.#stopListening = bundle.onEvent((event) => this.#note(event));
    this.say(
      open.length === 0
        ? `All ${jobs.length} jobs are done already.`
        : `${open.length} of ${jobs.length} jobs to do, in ${bundle.paths.folder}`,
    );
    if (this.#columns > 0 && open.length > 0) this.#timer = setInterval(() => this.#draw(), 200).unref();
  }

  started(job: Job): void {
    this.#running.set(job.id, performance.now());
  }

  ended(job: Job, status: Status): void {
    this.#running.delete(job.id);
    this.#fractions.delete(job.id);
    this.#done++;
    this.#ended.set(status, (this.#ended.get(status) ?? 0) + 1);
    this.say(`${status.padEnd(13)} ${this.#name(job.id)}`);
  }

  progressed(job: string, fraction: number): void {
    this.#fractions.set(job, fraction);
  }

  left(job: Job): void {
    this.#running.delete(job.id);
  }

  /** One line that stays. */
  say(line: string): void {
    this.#erase();
    this.#stream.write(
      this.#columns > 0 ? `${line}\n` : `${new Date().toISOString().slice(11, 19)} ${line}\n`,
    );
    this.#draw();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#erase();
    this.#stopListening();
  }

  #note(event: JournalEvent): void {
    if (event.type === 'call') {
      this.#tokens += (event.usage.input ?? 0) + (event.usage.output ?? 0);
      this.#cost += event.costUsd ?? 0;
      this.#costKnown &&= event.costUsd !== null && isWhole(event);
      if (event.failure) this.#failed(event, event.failure);
    }
    if (event.type === 'render' && !event.error && event.operation === 'render')
      this.say(
        `rendered      ${this.#name(event.job)}${event.section ? ` ${event.section}` : ''} in ${(event.wallMs / 1000).toFixed(1)} s`,
      );
    if (event.type === 'render' && event.error)
      this.say(
        `error         ${this.#name(event.job)}${event.section ? ` ${event.section}` : ''}: ${event.error.type}`,
      );
    // A failed call was told when it failed, and what follows from a quota that is used up then too.
    if (
      event.type === 'outcome' &&
      event.status !== 'ok' &&
      event.message &&
      event.message !== this.#lastFailure &&
      event.cause !== 'quota'
    )
      this.say(`because       ${event.message.split('\n')[0]?.slice(0, 160)}`);
  }

  #failed({ job, endpoint: id }: CallEvent, failure: NonNullable<CallEvent['failure']>): void {
    this.#lastFailure = failure.message;
    // Calls that were out together all fail of it; the endpoint is not called again.
    if (failure.class === 'quota' && this.#stopped.has(id)) return;
    if (failure.class === 'quota') this.#stopped.add(id);
    const [words = ''] = failure.message.split('\n');
    this.say(`call failed   ${this.#name(job)}: ${failure.class}, ${words.slice(0, 200)}`);
    const endpoint = this.#experiment.endpoints.get(id);
    const advice = endpoint && adviceOn(failure.class, failure.message, endpoint);
    if (!advice || this.#advised.has(advice)) return;
    this.#advised.add(advice);
    this.say(`next          ${advice}`);
  }

  #name(jobId: string): string {
    const owner = jobId.slice(jobId.indexOf(':') + 1);
    const cell = this.#cells.get(owner);
    const slot = this.#slots.get(owner);
    const topic = this.#experiment.topics.find((t) => t.id === (cell ?? slot)?.topicId)?.slug ?? '';
    if (cell) return `${cell.methodId} / ${topic}`;
    const method = this.#cells.get(slot?.cellId ?? '')?.methodId;
    return `${slot?.metric ?? jobId} ${slot?.arm ?? ''} / ${topic}${method ? ` / ${method}` : ''}`;
  }

  #draw(): void {
    if (this.#columns === 0 || this.#open === 0) return;
    this.#erase();
    const seconds = (performance.now() - this.#start) / 1000;
    const left = this.#done > 0 ? (seconds / this.#done) * (this.#open - this.#done) : null;
    const states = [...this.#ended].map(([status, count]) => `${count} ${status}`).join(', ');
    const oldest = [...this.#running].slice(0, 4).map(([id, since]) => {
      const fraction = this.#fractions.get(id);
      const done = fraction === undefined ? '' : `  video ${Math.round(fraction * 100)} %`;
      return `  ${this.#name(id)}  ${((performance.now() - since) / 1000).toFixed(0)} s${done}`;
    });
    const more = this.#running.size > 4 ? [`  and ${this.#running.size - 4} more`] : [];
    const lines = [
      `${this.#jobs - this.#open + this.#done}/${this.#jobs} jobs${states ? ` (${states})` : ''}`,
      ...oldest,
      ...more,
      `${this.#tokens.toLocaleString('en')} tokens · ${this.#costKnown ? '' : '≥ '}$${this.#cost.toFixed(4)} · ${seconds.toFixed(0)} s${left === null ? '' : ` · about ${left.toFixed(0)} s left`}`,
    ];
    // A line that wraps would be two to erase.
    this.#stream.write(lines.map((line) => `${line.slice(0, this.#columns - 1)}\n`).join(''));
    this.#drawn = lines.length;
  }

  #erase(): void {
    if (this.#drawn > 0) this.#stream.write(`\u001b[${this.#drawn}A\u001b[0J`);
    this.#drawn = 0;
  }
}
