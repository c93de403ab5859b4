import { createHash } from 'node:crypto';
import type { OfflineChatModel } from './chat-route.ts';
import { findQuestions, isNumbered } from './question.ts';
import { answerFrom } from './reader-match.ts';

/** Reads the text of one picture (JPEG or PNG), lines from top to bottom. */
export type ReadFrame = (picture: Uint8Array) => Promise<string>;

/**
 * The reader is a student that knows nothing: it reads the pictures of a request by OCR and answers its question from what
 * it read, or abstains. Without pictures it abstains. It answers `{"answer":"B","evidence":"the line it read"}` or
 * `{"answer":null}`, and questions asked together in one list of such answers with their numbers.
 */
export function createReader(ocr: ReadFrame): OfflineChatModel {
  const read = readOnce(ocr);
  return async ({ texts, images }, signal) => {
    const text = texts.join('\n');
    const questions = findQuestions(text);
    const frames = questions.length === 0 ? [] : await Promise.all(images.map(read));
    signal.throwIfAborted();
    const answers = questions.map((question) => {
      const reading = frames.length === 0 ? null : answerFrom(question, frames);
      return reading === null ? { answer: null } : { answer: reading.letter, evidence: reading.evidence };
    });
    if (!isNumbered(text)) return JSON.stringify(answers.at(-1) ?? { answer: null });
    return JSON.stringify({ answers: answers.map((one, i) => ({ question: i + 1, ...one })) });
  };
}

/** Reads each picture once, known by its bytes, readings under way included: a video is read once for all its questions. */
export function readOnce(ocr: ReadFrame): ReadFrame {
  const readings = new Map<string, Promise<string>>();
  return (picture) => {
    const key = createHash('sha256').update(picture).digest('hex');
    const known = readings.get(key);
    if (known !== undefined) return known;
    const reading = ocr(picture);
    readings.set(key, reading);
    // A failure is told to everyone who waits for it, and forgotten: the next request tries again.
    reading.catch(() => readings.delete(key));
    return reading;
  };
}
