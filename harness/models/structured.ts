import { z } from 'zod';
import { fromDisk } from '../store/keys.ts';
import type { ChatMessage, ChatReply, ChatRequest, ReplySchema } from './chat.ts';
import { extractJson } from './extract-json.ts';
import { incompleteness } from './whole-reply.ts';

/** A reply as read: a value (`flaws`: what to mend in it, said to the model), or why there is none. */
export type Reading<T> = { ok: true; value: T; flaws?: string } | { ok: false; problem: string };

/** A value, or why there is none; `asked` counts the requests, 1 or 2. */
export type Structured<T> =
  | { ok: true; value: T; asked: 1 | 2 }
  | { ok: false; problem: string; refused: boolean; asked: 1 | 2 };

export interface StructuredAsk<T> {
  /** Sends one request: the first, then the correction. */
  send(request: ChatRequest, asked: 1 | 2): Promise<ChatReply>;
  request: ChatRequest;
  schema: ReplySchema;
  read(reply: ChatReply): Reading<T>;
  /** The request that asks again, where it is not the first one with the answer and its problem behind it. */
  correct?(problem: string, answer: string): ChatRequest;
  /** Is it worth asking again after a reply that cannot be used? It is when absent. */
  asksAgain?(reply: ChatReply): boolean;
  /** Of two usable answers, is the second at least as good? It is taken when absent. */
  isBetter?(second: T, first: T): boolean;
}

/** What is shown of an answer that is to be mended, characters. */
const longestShown = 20_000;

/**
 * Asks for JSON of a known form: the one place for it. The form is sent along, for endpoints that enforce it, and the reply
 * is read all the same. One that cannot be used, or has flaws, is shown to the model once, with what is wrong with it; then
 * the better answer counts. Throws what `send` throws.
 */
export async function askStructured<T>(ask: StructuredAsk<T>): Promise<Structured<T>> {
  const { schema } = ask;
  const reply = await ask.send({ ...ask.request, schema }, 1);
  const first = readWhole(reply, ask);
  if (first.ok && first.flaws === undefined) return { ok: true, value: first.value, asked: 1 };
  if (!first.ok && ask.asksAgain?.(reply) === false)
    return { ok: false, problem: first.problem, refused: incompleteness(reply) === 'refused', asked: 1 };
  const problem = first.ok ? (first.flaws ?? '') : first.problem;
  const answer = reply.text.slice(0, longestShown);
  const correction = ask.correct?.(problem, answer) ?? correctionOf(ask.request, problem, answer);
  const again = await ask.send({ ...correction, schema }, 2);
  const kept = better(readWhole(again, ask), first, ask.isBetter);
  if (kept.ok) return { ok: true, value: kept.value, asked: 2 };
  // Where nothing could be used, one refusal says why.
  const refused = [reply, again].some((one) => incompleteness(one) === 'refused');
  return { ok: false, problem: kept.problem, refused, asked: 2 };
}

/** JSON in a reply that is not whole is none: it may be a draft that the rest would have taken back. */
function readWhole<T>(reply: ChatReply, { read }: StructuredAsk<T>): Reading<T> {
  if (incompleteness(reply) === null) return read(reply);
  return { ok: false, problem: `the answer is not whole (${reply.finish})` };
}

function better<T>(
  second: Reading<T>,
  first: Reading<T>,
  isBetter: StructuredAsk<T>['isBetter'],
): Reading<T> {
  if (!second.ok) return first.ok ? first : second;
  return first.ok && isBetter?.(second.value, first.value) === false ? first : second;
}

/** The first request, the answer to it, and what is wrong with that. */
function correctionOf(request: ChatRequest, problem: string, answer: string): ChatRequest {
  const said = (role: ChatMessage['role'], text: string): ChatMessage => ({
    role,
    content: [{ type: 'text', text }],
  });
  // A model that said nothing is not quoted: servers refuse an empty message.
  const quoted = answer.trim() === '' ? [] : [said('assistant', answer)];
  const words = `This answer cannot be used: ${problem}\n\nGive the whole answer again, as one JSON object in the form asked for and nothing else.`;
  return { ...request, messages: [...request.messages, ...quoted, said('user', words)] };
}

/** The JSON of a text, in a fence or bare, as a value of the schema; keys in snake_case become camelCase. */
export function readJson<T>(text: string, schema: z.ZodType<T>): Reading<T> {
  const json = extractJson(text);
  if (json === undefined) return { ok: false, problem: 'the answer holds no complete JSON object' };
  return readForm(fromDisk(json), schema);
}

/**
 * A value as one of the schema. A `null` where the schema knows none counts as absent: forms that servers enforce have no
 * other word for it.
 */
export function readForm<T>(value: unknown, schema: z.ZodType<T>): Reading<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const again = schema.safeParse(withoutNulls(value));
  if (again.success) return { ok: true, value: again.data };
  return { ok: false, problem: inItsWords(parsed.error) };
}

/** What is wrong, with keys as the model wrote them. */
function inItsWords({ issues }: z.ZodError): string {
  const key = (part: PropertyKey) =>
    typeof part === 'string' ? part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : part;
  return z.prettifyError({ issues: issues.map(({ path, message }) => ({ message, path: path.map(key) })) });
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNulls(inner)]));
}
