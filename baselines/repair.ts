import type { ChatRequest } from '../harness/models/chat.ts';
import type { SceneError } from '../harness/render/renderer.ts';

/** One user message of plain text. */
export function ask(text: string): ChatRequest {
  return { messages: [{ role: 'user', content: [{ type: 'text', text }] }] };
}

/**
 * What a repair request tells the coder: the code of the scope with its line numbers, the located error, and the
 * names defined in the file. Here the scope is the whole file.
 */
export function repairData(input: {
  title: string;
  section: string | null;
  scope: 'section' | 'scene';
  code: string;
  error: SceneError;
}) {
  const lines = input.code.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return {
    task: 'repair',
    topic: { title: input.title },
    section: input.section === null ? null : { id: input.section },
    scope: { kind: input.scope, start: 1, end: lines.length },
    code: lines.map((text, i) => ({ line: i + 1, text })),
    error: {
      type: input.error.type,
      message: input.error.message,
      line: input.error.frames.at(-1)?.line ?? null,
      frames: input.error.frames,
    },
    names: namesIn(input.code),
  };
}

/** Names that the file assigns or defines, for a model that may only use these and Manim's. */
function namesIn(code: string): string[] {
  const found = code.matchAll(/^\s*(?:def\s+(\w+)|class\s+(\w+)|(\w+)\s*=[^=])/gm);
  return [...new Set([...found].map((m) => m[1] ?? m[2] ?? m[3] ?? ''))].filter((name) => name !== '');
}
