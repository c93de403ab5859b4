import { messageOf } from '../../store/errors.ts';
import { attempt } from './attempt.ts';
import { bwrapLauncher } from './bwrap.ts';
import { CpuPool } from './cpu-pool.ts';
import { keepInputs } from './inputs.ts';
import { giveToJobUser, removeAbandonedFolders } from './job-folder.ts';
import { resolveLimits } from './limits.ts';
import { localLauncher } from './local.ts';
import type { Sandbox, SandboxJob, SandboxLimits, SandboxResult, WarmProgram, WarmSandbox } from './port.ts';
import type { Launcher } from './program.ts';
import { selfTest } from './self-test.ts';
import { WarmPool } from './warm/pool.ts';

export interface SandboxOptions {
  /** Tokens of the CPU pool; as many as cores unless given. */
  cpus?: number;
  /** Run without isolation, because the user said so; every record then says so too. */
  unsafeLocal?: boolean;
  /** Limits of every job, before the job's own. */
  limits?: Partial<SandboxLimits>;
  /** Shown to every job: host path -> path inside, such as the venv with Manim at its own path. */
  readOnly?: Readonly<Record<string, string>>;
}

/**
 * Opens the sandbox of this process, once, and tries it with a program that looks for what must not be there.
 * Throws MmmcError `no_sandbox` (exit 4) with the reason and what mends it when it cannot start.
 */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const readOnly = options.readOnly ?? {};
  const launcher = options.unsafeLocal ? localLauncher(readOnly) : bwrapLauncher(readOnly);
  if (launcher.kind === 'bwrap') await selfTest(launcher);
  await removeAbandonedFolders();
  return new PooledSandbox(launcher, new CpuPool(options.cpus), options.limits);
}

class PooledSandbox implements Sandbox {
  readonly kind;
  readonly #launcher: Launcher;
  readonly #pool: CpuPool;
  readonly #limits: Partial<SandboxLimits> | undefined;

  constructor(launcher: Launcher, pool: CpuPool, limits: Partial<SandboxLimits> | undefined) {
    this.kind = launcher.kind;
    this.#launcher = launcher;
    this.#pool = pool;
    this.#limits = limits;
  }

  run(job: SandboxJob): Promise<SandboxResult> {
    return this.#run(job);
  }

  warm(program: WarmProgram): WarmSandbox | undefined {
    if (this.kind === 'none') return undefined;
    const warm = new WarmPool(program);
    return {
      jobs: warm.files.jobs,
      run: (job) => this.#run({ ...job, readOnly: { ...program.readOnly, ...job.readOnly } }, warm),
      start: () => warm.start(),
      pid: () => warm.pid,
      close: () => warm.close(),
    };
  }

  /** Over the wall limit a job is tried once more with nothing of ours beside it: a busy machine is not its fault. */
  async #run(job: SandboxJob, warm?: WarmPool): Promise<SandboxResult> {
    const asked = performance.now();
    const limits = resolveLimits(this.#limits, job.limits);
    const inputs = await keepInputs(job.folder);
    const coldly = async (whyCold?: string): Promise<Tried> => {
      if (whyCold !== undefined) await inputs.restore();
      const tried = await attempt(this.#launcher, job, limits);
      return { ...tried, worker: 'cold', ...(whyCold !== undefined && warm ? { whyCold } : {}) };
    };
    try {
      await giveToJobUser(job.folder);
      const run = () => (warm ? warmly(warm, job, limits, coldly) : coldly());
      const first = await this.#pool.run(run, { short: job.short ?? false });
      const again = first.verdict.kind === 'killed' && first.verdict.limit === 'wall';
      const last = again ? await this.#pool.alone(() => coldly('the wall limit, tried again')) : first;
      return { ...last, queuedMs: performance.now() - asked - last.wallMs };
    } finally {
      await inputs.forget();
    }
  }
}

type Tried = Omit<SandboxResult, 'queuedMs'>;

/** A warm process that does not start, dies or talks nonsense is no job's fault: the job runs cold. */
async function warmly(
  warm: WarmPool,
  job: SandboxJob,
  limits: SandboxLimits,
  coldly: (why: string) => Promise<Tried>,
): Promise<Tried> {
  try {
    return { ...(await warm.with((launcher) => attempt(launcher, job, limits))), worker: 'warm' };
  } catch (error) {
    job.signal?.throwIfAborted();
    return coldly(messageOf(error));
  }
}
