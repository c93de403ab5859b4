import type { Reading } from '../store/events.ts';
import { onlyObject } from './fences.ts';
import { letterAt } from './question.ts';

/** Words that mean "I cannot say". */
const abstentions = ['NULL', 'ABSTAIN'];

/**
 * Reads a student's complete reply. The first form that is present decides:
 * 1. the reply is one JSON object, alone or in one fence, with a field `answer`;
 * 2. lines `ANSWER: x`, all of which must agree;
 * 3. the whole reply, trimmed of punctuation, is x;
 * 4. the whole reply is exactly one option's text.
 * x is a letter of the options shown, or `NULL`, `ABSTAIN` or JSON null (abstain). All else is `invalid`; an empty
 * reply is no reading (`null`), for it says nothing about the student.
 */
export function readAnswer(reply: string, options: readonly string[]): Reading | null {
  const text = withoutThinking(reply).trim();
  if (text === '') return null;
  return (
    fromJson(text, options.length) ??
    fromAnswerLines(text, options.length) ??
    choiceOf(text.replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, ''), options.length) ??
    fromOptionText(text, options) ?? { kind: 'invalid' }
  );
}

/** The final text: what stands after the last thinking part. An unfinished thinking part leaves nothing behind it. */
export function withoutThinking(reply: string): string {
  let [kept, from, open] = ['', 0, ''];
  for (const { 0: tag, index, 1: slash, 2: name = '' } of reply.matchAll(/<(\/?)(think|thinking)>/gi)) {
    const closes = slash === '/';
    const end = index + tag.length;
    if (open === '' && !closes) {
      kept += reply.slice(from, index);
      open = name.toLowerCase();
    } else if (open === '') {
      // Its beginning was left out by the server: all before it was thinking.
      [kept, from] = ['', end];
    } else if (closes && name.toLowerCase() === open) [open, from] = ['', end];
  }
  return open === '' ? kept + reply.slice(from) : kept;
}

function choiceOf(value: string, count: number): Reading | null {
  const upper = value.trim().toUpperCase();
  if (abstentions.includes(upper)) return { kind: 'abstain' };
  const isLetter = upper.length === 1 && upper >= 'A' && upper <= letterAt(count - 1);
  return isLetter ? { kind: 'letter', letter: upper } : null;
}

function fromJson(text: string, count: number): Reading | null {
  const parsed = onlyObject(text);
  if (parsed === undefined || !('answer' in parsed)) return null;
  const { answer } = parsed;
  if (answer === null) return { kind: 'abstain' };
  return (typeof answer === 'string' ? choiceOf(answer, count) : null) ?? { kind: 'invalid' };
}

function fromAnswerLines(text: string, count: number): Reading | null {
  const lines = [...text.matchAll(/^[\s*_>#-]*ANSWER[\s*_]*:[\s*_]*(.*)$/gim)].map((m) => m[1] ?? '');
  if (lines.length === 0) return null;
  const readings = lines.map((line) =>
    choiceOf(line.replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, ''), count),
  );
  const first = readings[0] ?? null;
  const agree = first !== null && readings.every((r) => JSON.stringify(r) === JSON.stringify(first));
  return agree ? first : { kind: 'invalid' };
}

function fromOptionText(text: string, options: readonly string[]): Reading | null {
  const flat = (s: string) => s.replace(/\s+/g, ' ').trim();
  const same = options
    .map((option, i) => ({ option, i }))
    .filter(({ option }) => flat(option) === flat(text));
  const only = same[0];
  return same.length === 1 && only !== undefined ? { kind: 'letter', letter: letterAt(only.i) } : null;
}
