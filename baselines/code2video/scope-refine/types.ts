import type { Incomplete } from '../../../harness/models/whole-reply.ts';
import type { SceneError } from '../../../harness/render/renderer.ts';
import type { AnchorMode, DebugMode } from '../settings.ts';

/** From the narrowest to the widest (paper section 4.2). */
export const scopeKinds = ['line', 'block', 'section'] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** The lines that a repair may change: from 1, both ends included. */
export interface Scope {
  kind: ScopeKind;
  start: number;
  end: number;
}

/** One section's code and what may be spent on it. */
export interface RefineTask {
  title: string;
  language: string;
  /** The section as the request for its first code had it; written again from this. */
  section: { id: string };
  /** What kind of anchors the code is written for. */
  anchors: AnchorMode;
  /** What the coder is told of `teaching_scene` when it writes the whole section. */
  reference: string;
  /** Folder of the section in the production. */
  subfolder: string;
  className: string;
  /** Trusted modules the scene imports, by file name. */
  modules: Readonly<Record<string, string>>;
  /** The scene file in a reply, fit to be written; `null` where there is none. */
  prepare(reply: string): string | null;
  debug: DebugMode;
  /** Tries at line scope, for each error. */
  k1: number;
  /** Tries at block scope, for each error. */
  k2: number;
  /** Times the section is written again with the failing code and the error shown, for each error. */
  regenerations: number;
  /** Requests for repairs of the section, of whatever kind. */
  repairs: number;
  /** The text of the request for `retry`: the one for the first code, told nothing of the error. */
  askAgain(): string;
}

/** What became of a reply. */
export type TryResult =
  /** It renders. */
  | 'mended'
  /** Another error, which the patch did not bring: it lies elsewhere, or the whole section is new. */
  | 'other_error'
  /** The same error, in lines of the patch. */
  | 'same_error'
  /** Another error, in lines of the patch. */
  | 'own_error'
  | 'no_code'
  /** The reply is not whole, so that nothing of it is used. */
  | Incomplete
  | 'unchanged'
  | 'does_not_parse'
  /** The patch took `construct` out of its class. */
  | 'loses_construct'
  /** The patch left out a call of `self.line`, or has one that belongs to another block. */
  | 'changes_blocks'
  /** Code that failed before: it is not run again. */
  | 'repeats_failure';

/** One repair request of a section, as `tries.jsonl` keeps it. */
export interface Try {
  /** From 1. */
  number: number;
  scope: Scope;
  /** The error that was to be mended; `line` is `null` where none is known. */
  failed: { kind: string; type: string; message: string; line: number | null };
  result: TryResult;
  /** The scope of the next try; `null` where it was the last. */
  next: ScopeKind | null;
}

export interface RefineOutcome {
  /** Did any of the codes pass the fast check? */
  checked: boolean;
  rendered: boolean;
  /** Repair requests made. */
  repairs: number;
  /** The code that rendered, else the last one that ran. */
  code: string;
  error: SceneError | null;
  tries: readonly Try[];
  repairsByScope: Readonly<Record<ScopeKind, number>>;
}
