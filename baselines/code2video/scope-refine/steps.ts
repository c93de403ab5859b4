import type { Studio } from '../../method.ts';
import { applyPatch, type Patched } from './patch.ts';
import { type FailedCode, fileRequest, regenerateRequest, scopeRequest } from './requests.ts';
import { linesOf, scopesOf } from './scopes.ts';
import { type RefineTask, type Scope, type ScopeKind, scopeKinds, type TryResult } from './types.ts';

/** Where an error stands on the ladder: the narrowest scope still open to it, and the tries made there. */
export interface Rung {
  kind: ScopeKind;
  used: number;
}

export const lowestRung: Rung = { kind: 'line', used: 0 };

/** The next request of a section: what it asks, and how its reply is read. */
export interface Step {
  /** What is to be mended. */
  failed: FailedCode;
  rung: Rung;
  scope: Scope;
  /** Purpose of the call in the ledger. */
  purpose: 'repair_line' | 'repair_block' | 'regenerate' | 'retry' | 'debug_file';
  /** Does the reply stand for some of the lines only? */
  isPatch: boolean;
  request(): string;
  read(reply: string): Patched | null;
}

/** The next step for a code that failed; `null` when there is none, and the section is given up. */
export function nextStep(failed: FailedCode, rung: Rung, task: RefineTask, studio: Studio): Step | null {
  const whole = { failed, rung, scope: wholeOf(failed.code), isPatch: false, read: wholeFile(task) };
  switch (task.debug) {
    case 'none':
      return null;
    case 'retry':
      return { ...whole, purpose: 'retry', request: task.askAgain };
    case 'file': {
      const request = () => studio.prompt('code2video/debug-file', fileRequest(failed, task));
      return { ...whole, purpose: 'debug_file', request };
    }
    case 'scope':
      return nextScope(failed, rung, task, studio);
  }
}

function nextScope(failed: FailedCode, rung: Rung, task: RefineTask, studio: Studio): Step | null {
  const limits = { line: task.k1, block: task.k2, section: task.regenerations };
  const scopes = scopesOf(failed.code, failed.error, failed.facts);
  const usedAt = (kind: ScopeKind) => (kind === rung.kind ? rung.used : 0);
  const scope = scopes.find(({ kind }) => !isNarrower(kind, rung.kind) && usedAt(kind) < limits[kind]);
  if (scope === undefined) return null;
  const at = { failed, rung: { kind: scope.kind, used: usedAt(scope.kind) }, scope };
  if (scope.kind === 'section') {
    const request = () =>
      studio.prompt('code2video/regenerate', regenerateRequest(failed, task), { reference: task.reference });
    return { ...at, purpose: 'regenerate', isPatch: false, request, read: wholeFile(task) };
  }
  const { kind } = scope;
  return {
    ...at,
    purpose: `repair_${kind}`,
    isPatch: true,
    request: () => studio.prompt(`code2video/repair-${kind}`, scopeRequest(failed, scope, task)),
    read: (reply) => applyPatch(failed.code, scope, reply, task.className),
  };
}

/**
 * Where the standing error stands after a try: another error begins at the bottom, the same one has used a try, as has one
 * that lies in the patch's own lines, and what cannot help (no whole reply, no code, no change, a known failure, no parse) leaves its scope at once. The widest scope is not left.
 */
export function rungAfter(rung: Rung, result: TryResult): Rung {
  if (result === 'other_error' || result === 'mended') return lowestRung;
  const wider = scopeKinds[scopeKinds.indexOf(rung.kind) + 1];
  if (result === 'same_error' || result === 'own_error' || wider === undefined)
    return { ...rung, used: rung.used + 1 };
  return { kind: wider, used: 0 };
}

const isNarrower = (a: ScopeKind, b: ScopeKind) => scopeKinds.indexOf(a) < scopeKinds.indexOf(b);

const wholeOf = (code: string): Scope => ({ kind: 'section', start: 1, end: linesOf(code).length });

function wholeFile(task: RefineTask): (reply: string) => Patched | null {
  return (reply) => {
    const code = task.prepare(reply);
    return code === null ? null : { code, start: 1, end: linesOf(code).length };
  };
}
