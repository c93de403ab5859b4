import type { z } from 'zod';
import type { ChatReply } from '../../harness/models/chat.ts';
import { fromDisk } from '../../harness/store/keys.ts';
import { parseJson } from '../../harness/store/parse-json.ts';

/** A reply as read: a value of the schema, or in one sentence for the model why it is none. */
export type ReadReply<T> = { ok: true; value: T } | { ok: false; problem: string };

const fence = /^\s*```(?:json)?[^\S\n]*\n([\s\S]*?)\n?[^\S\n]*```\s*$/i;

/**
 * Reads a reply as one JSON object, alone or in one fence with nothing beside it; keys in snake_case become camelCase.
 * A reply that was cut or refused is unreadable whatever it holds.
 */
export function readReply<T>(reply: ChatReply, schema: z.ZodType<T>): ReadReply<T> {
  if (reply.finish === 'length') return problem('the answer was cut off before its end');
  if (reply.finish !== 'stop') return problem('the answer was not completed');
  const text = fence.exec(reply.text)?.[1] ?? reply.text;
  const parsed = parseJson(text.trim());
  if (parsed === undefined) return problem('the answer is not one JSON object and nothing else');
  const checked = schema.safeParse(fromDisk(parsed));
  return checked.success ? { ok: true, value: checked.data } : problem(describe(checked.error));
}

function problem(text: string): { ok: false; problem: string } {
  return { ok: false, problem: text };
}

function describe(error: z.ZodError): string {
  const issues = error.issues.slice(0, 5).map(({ path, message }) => {
    const at = path.map(String).join('.');
    return at === '' ? message : `${at}: ${message}`;
  });
  return issues.join('; ');
}
