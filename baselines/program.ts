import type { Role } from '../harness/models/chat.ts';

/** A program of others that makes a video; the studio runs it. */
export interface Program {
  argv: readonly string[];
  /** Input files by name, in the folder that it runs in. */
  files: Readonly<Record<string, string | Uint8Array>>;
  /** Names of our environment that it may see, without the sandbox; none that may hold a key. */
  environment: readonly string[];
  /** Added to its environment. */
  set: Readonly<Record<string, string>>;
  /** Names of models that it may ask for -> the role that answers. */
  models: Readonly<Record<string, Role>>;
  sandboxed: boolean;
  /** Folders that it is shown in the sandbox, read-only, at their own place. */
  show: readonly string[];
  timeoutS: number;
  /** Files that are copied into the cell's folder afterwards, those that there are. */
  keep: readonly string[];
}

/** How it ended. */
export interface ProgramEnd {
  /** Why it failed, with the end of what it said; `null` when it ended with 0. */
  failed: string | null;
  /** Calls that the metering proxy answered. */
  calls: number;
  wallS: number;
}
