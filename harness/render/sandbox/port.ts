/**
 * The port to the sandbox: run one program on hostile input, inside limits, and say how it ended.
 * Every run takes one token of the CPU pool, so checks, renders, LaTeX, OCR and ffmpeg share the cores.
 */

/** Limits of one run. CPU seconds are summed over the process tree; wall is a loose backstop (5x). */
export interface SandboxLimits {
  cpuSeconds: number;
  wallSeconds: number;
  /** Proportional set size of the process tree, bytes. */
  memoryBytes: number;
  /** All files in the job's folder, bytes and count. */
  folderBytes: number;
  folderFiles: number;
  /** One file, bytes. */
  fileBytes: number;
  /** stdout and stderr together, bytes; the first 64 KiB of each are kept. */
  outputBytes: number;
}

export interface SandboxJob {
  /**
   * Program and arguments. The working directory is the job's folder: name files in it by relative paths only
   * (without isolation it has no fixed path), and other files by the places that `readOnly` gives them.
   */
  argv: readonly string[];
  /**
   * The folder that the program may write to, fresh from `withJobFolder`, with nothing in it but plain input files:
   * they are kept, and put back if the run is tried again.
   */
  folder: string;
  /** Further host files or folders to show read-only, which every user can reach: host path -> path inside. */
  readOnly?: Readonly<Record<string, string>>;
  /** Added to the fixed environment; nothing of the harness's own environment ever enters. */
  env?: Readonly<Record<string, string>>;
  limits?: Partial<SandboxLimits>;
  /** It will take a second or so: it goes before longer jobs that wait. */
  short?: boolean;
  signal?: AbortSignal;
}

/** The program's own end (`exit`), or the limit that we ended it for. */
export type SandboxVerdict =
  | { kind: 'exit'; code: number }
  | { kind: 'killed'; limit: 'cpu' | 'wall' | 'memory' | 'output' | 'folder_bytes' | 'folder_files' };

/** All figures but `queuedMs` are those of the last try. */
export interface SandboxResult {
  verdict: SandboxVerdict;
  stdout: Buffer;
  stderr: Buffer;
  /** Time the program ran, without queueing for the CPU pool. */
  wallMs: number;
  /** CPU time of the whole tree, read every 50 ms: a little less than it was. */
  cpuMs: number;
  /** All the time before the last try began. */
  queuedMs: number;
  peakMemoryBytes: number;
  /** `warm` when it was forked from a warm process, see `Sandbox.warm`. */
  worker: 'warm' | 'cold';
  /** Why a job for a warm process ran in a cold one. */
  whyCold?: string;
}

/** A program of ours that stays in memory, and from which jobs are forked. */
export interface WarmProgram {
  /** Python interpreter; its jobs are Python scripts run by the same one. */
  python: string;
  /** Modules that are imported before the first job. */
  modules: readonly string[];
  /** Shown to all its jobs, host path -> path inside, such as a venv. */
  readOnly?: Readonly<Record<string, string>>;
  /** Places at which `readOnly` of a job may show a folder. */
  places?: readonly string[];
  /** It ends after this many jobs (200), after this time without one (60 s), and when it has grown by 64 MiB. */
  maxJobs?: number;
  idleMs?: number;
}

/**
 * Runs jobs as `Sandbox.run` does and isolated as well, but forked from a warm process. `argv` is the program's
 * interpreter, its options and a script; `folder`, and what `readOnly` shows beyond the program's own, come from
 * `withJobFolder(use, jobs)`. Where the warm process does not start or misbehaves, a job runs cold.
 */
export interface WarmSandbox extends Pick<Sandbox, 'run'> {
  /** The folder that job folders lie in. */
  readonly jobs: string;
  /** Starts the warm process before there is a job for it; a failure is left to the job that meets it. */
  start(): void;
  /** Pid on the host of the warm process, while there is one. */
  pid(): number | undefined;
  /** Ends the warm process and removes its folders; no job may follow. Without it they go with this process. */
  close(): Promise<void>;
}

export interface Sandbox {
  /** `none` only after `--unsafe-local`; recorded in every production. */
  readonly kind: 'bwrap' | 'none';
  /**
   * Runs one program. Resolves whenever the program started, however it ended; throws MmmcError
   * `sandbox_failed` when it could not be started (a failure of ours), and the signal's reason on abort.
   */
  run(job: SandboxJob): Promise<SandboxResult>;
  /** Jobs forked from a warm process; undefined without isolation. Nothing is started before the first job. */
  warm(program: WarmProgram): WarmSandbox | undefined;
}

/** `exit 0`, `exit 137`, `killed:cpu`. */
export function describeVerdict(verdict: SandboxVerdict): string {
  return verdict.kind === 'exit' ? `exit ${verdict.code}` : `killed:${verdict.limit}`;
}
