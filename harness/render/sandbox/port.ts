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
}

export interface Sandbox {
  /** `none` only after `--unsafe-local`; recorded in every production. */
  readonly kind: 'bwrap' | 'none';
  /**
   * Runs one program. Resolves whenever the program started, however it ended; throws MmmcError
   * `sandbox_failed` when it could not be started (a failure of ours), and the signal's reason on abort.
   */
  run(job: SandboxJob): Promise<SandboxResult>;
}

/** `exit 0`, `exit 137`, `killed:cpu`. */
export function describeVerdict(verdict: SandboxVerdict): string {
  return verdict.kind === 'exit' ? `exit ${verdict.code}` : `killed:${verdict.limit}`;
}
