import type { SceneFacts } from '../../../harness/render/inspection.ts';
import type { SceneError } from '../../../harness/render/renderer.ts';
import { repairData } from '../../repair.ts';
import { namesFor } from '../names.ts';
import { failingLine, linesOf } from './scopes.ts';
import type { RefineTask, Scope } from './types.ts';

/** A code that failed, with what is known of it. */
export interface FailedCode {
  code: string;
  error: SceneError;
  facts: SceneFacts;
}

const longestMessage = 2000;
const mostFrames = 8;

/** Line and block scope: only the lines of the scope travel, with the error and the names that they may use. */
export function scopeRequest(failed: FailedCode, scope: Scope, task: RefineTask) {
  return {
    task: 'repair',
    topic: { title: task.title },
    section: { id: task.section.id },
    anchors: task.anchors,
    scope: { ...scope },
    code: numbered(failed.code).slice(scope.start - 1, scope.end),
    error: errorOf(failed),
    names: namesFor(failed.facts, scope, task.reference),
  };
}

/** Section scope: the request for the section's code, with the code that failed and its error. */
export function regenerateRequest(failed: FailedCode, task: RefineTask) {
  return {
    task: 'section_code',
    topic: { title: task.title, language: task.language },
    section: task.section,
    className: task.className,
    anchors: task.anchors,
    code: numbered(failed.code),
    error: errorOf(failed),
  };
}

/** Whole-file debugging (paper Table 3): the file with its error, and nothing of the scopes. */
export function fileRequest(failed: FailedCode, task: RefineTask) {
  const { code, error } = failed;
  return {
    ...repairData({ title: task.title, section: task.section.id, scope: 'section', code, error }),
    anchors: task.anchors,
    error: errorOf(failed),
  };
}

function numbered(code: string) {
  return linesOf(code).map((text, i) => ({ line: i + 1, text }));
}

function errorOf({ code, error }: FailedCode) {
  return {
    type: error.type,
    message: error.message.slice(0, longestMessage),
    line: failingLine(code, error),
    frames: error.frames.slice(-mostFrames).map((frame) => ({ ...frame })),
  };
}
