import type { Reading } from '../store/events.ts';
import { onlyObject } from './fences.ts';
import { readAnswer, withoutThinking } from './grammar.ts';

/**
 * Reads a complete reply to questions that were asked together, one reading for each; `null` where the reply is empty. The first
 * form that is present decides:
 * 1. one JSON object, alone or in one fence: `{"answers": [{"question": 1, "answer": "B"}, …]}` or `{"1": "B", …}`;
 * 2. lines `1: B`, `1. B` or `1) B`.
 * Each answer is read as one asked singly (grammar.ts). A question that is named twice with different answers, or not at all, is
 * `invalid`, and so is every one of a reply in another form.
 */
export function readAnswers(
  reply: string,
  questions: readonly { options: readonly string[] }[],
): readonly Reading[] | null {
  const text = withoutThinking(reply).trim();
  if (text === '') return null;
  const given = fromJson(text) ?? fromLines(text);
  return questions.map(({ options }, i) => {
    const answers = given.filter(({ number }) => number === i + 1);
    const readings = answers.map(({ answer }) => readOne(answer, options));
    const [first] = readings;
    const agree = readings.every((reading) => JSON.stringify(reading) === JSON.stringify(first));
    return first !== undefined && agree ? first : { kind: 'invalid' };
  });
}

interface Given {
  number: number;
  answer: unknown;
}

function readOne(answer: unknown, options: readonly string[]): Reading {
  if (answer === null) return { kind: 'abstain' };
  // Letters and words of abstention only: an option's text is read where a whole reply is one.
  return typeof answer === 'string' && answer.trim() !== ''
    ? (readAnswer(JSON.stringify({ answer }), options) ?? { kind: 'invalid' })
    : { kind: 'invalid' };
}

function fromJson(text: string): Given[] | null {
  const object = onlyObject(text);
  if (object === undefined) return null;
  const listed = 'answers' in object ? object.answers : Object.entries(object);
  return Array.isArray(listed) ? listed.flatMap(given) : null;
}

/** An entry of the list, or a property whose name is a number. */
function given(entry: unknown): Given[] {
  if (Array.isArray(entry))
    return /^\d+$/.test(String(entry[0])) ? [{ number: Number(entry[0]), answer: entry[1] }] : [];
  if (entry === null || typeof entry !== 'object' || !('question' in entry) || !('answer' in entry))
    return [];
  return [{ number: Number(entry.question), answer: entry.answer }];
}

function fromLines(text: string): Given[] {
  const lines = text.matchAll(/^[\s*_#>-]*(\d+)\s*[:.)]\s*[("'*_]*([A-Za-z]+)[)"'*_.]*\s*$/gm);
  return [...lines].map(([, number, answer]) => ({ number: Number(number), answer }));
}
