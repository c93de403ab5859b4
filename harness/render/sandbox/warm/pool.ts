import { MmmcError } from '../../../store/errors.ts';
import type { WarmProgram } from '../port.ts';
import type { Launcher } from '../program.ts';
import { makeFiles, removeFiles, type WarmFiles } from './files.ts';
import { warmLauncher } from './launcher.ts';
import { Zygote } from './zygote.ts';

const defaults = { maxJobs: 200, idleMs: 60_000 };
const maxGrowthBytes = 64 * 2 ** 20;
/** So often in a row a warm process may fail before no other is tried. */
const maxFailures = 3;

/** Keeps one warm process while there are jobs for it, and starts another when it has served its time. */
export class WarmPool {
  readonly files: WarmFiles = makeFiles();
  readonly #program: WarmProgram;
  readonly #users = new Map<Zygote, number>();
  #current: { starting: Promise<Zygote>; zygote?: Zygote } | undefined;
  #idle: NodeJS.Timeout | undefined;
  #failures = 0;

  constructor(program: WarmProgram) {
    this.#program = program;
  }

  /** Gives `use` a launcher whose jobs are forks of the warm process. Throws MmmcError `warm_failed` without one. */
  async with<T>(use: (launcher: Launcher) => Promise<T>): Promise<T> {
    const zygote = await this.#ready();
    this.#users.set(zygote, (this.#users.get(zygote) ?? 0) + 1);
    clearTimeout(this.#idle);
    try {
      return await use(warmLauncher(zygote, this.#program, this.files.jobs));
    } finally {
      this.#leave(zygote);
    }
  }

  /** Starts the warm process for the jobs to come; they meet a failure themselves. */
  start(): void {
    this.with(async () => {}).catch(() => {});
  }

  /** Ends the warm process, and the jobs that run in it; no job may follow. */
  async close(): Promise<void> {
    await this.#rest();
    await removeFiles(this.files);
  }

  async #rest(): Promise<void> {
    clearTimeout(this.#idle);
    const starting = this.#current?.starting;
    this.#current = undefined;
    await (await starting?.catch(() => undefined))?.end('it was closed');
  }

  /** Pid on the host of the warm process that serves now. */
  get pid(): number | undefined {
    return this.#current?.zygote?.pid;
  }

  async #ready(): Promise<Zygote> {
    if (this.#failures >= maxFailures) {
      throw new MmmcError('warm_failed', `the warm process failed ${maxFailures} times in a row`);
    }
    this.#current ??= { starting: Zygote.start(this.#program, this.files) };
    const current = this.#current;
    try {
      current.zygote = await current.starting;
      return current.zygote;
    } catch (error) {
      if (this.#current === current) {
        this.#current = undefined;
        this.#failures++;
      }
      throw error;
    }
  }

  /** A process that is dead, old or large makes room for another; whoever leaves last ends it. */
  #leave(zygote: Zygote): void {
    const serves = this.#current?.zygote === zygote;
    if (zygote.alive) this.#failures = 0;
    else if (serves) this.#failures++;
    if (serves && (!zygote.alive || this.#isWorn(zygote))) this.#current = undefined;
    const users = (this.#users.get(zygote) ?? 1) - 1;
    this.#users.set(zygote, users);
    if (users > 0) return;
    this.#users.delete(zygote);
    if (this.#current?.zygote !== zygote) void zygote.end('it had served its time');
    else this.#idle = setTimeout(() => void this.#rest(), this.#program.idleMs ?? defaults.idleMs).unref();
  }

  #isWorn(zygote: Zygote): boolean {
    return zygote.jobs >= (this.#program.maxJobs ?? defaults.maxJobs) || zygote.growth > maxGrowthBytes;
  }
}
