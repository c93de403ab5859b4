import { countWords, looksLike } from './language.ts';
import type { Problem } from './shop.ts';

/** Fewest and most words of a topic (the paper's mean is 6.28). */
const words = { fewest: 2, most: 12 } as const;

/** Most characters of a topic. */
const longest = 200;

const partNames =
  'chapter|part|episode|lesson|section|lecture|unit|video|intro|introduction|outro|overview|summary|conclusion|conclusions|recap|review|next steps|q ?& ?a|questions|untitled|bonus|trailer|credits|thanks|preview|ending|opening|wrap[- ]?up|final thoughts|closing remarks|motivation|the|a|and|to';

/** Nothing but names of parts, numbers and signs: “Chapter 3”, “Intro”, “Part II: overview”. */
const onlyParts = new RegExp(`^(?:(?:${partNames}|[ivx]+)\\b|[\\s\\p{P}\\p{S}\\d])+$`, 'iu');

/** The number of a part, or signs that set a title off: “Ep. 4”, “Gradients | Chapter 2, deep learning”. */
const numbered = /\b(?:chapter|part|episode|ep\.?|lesson|lecture|section|unit)\s*#?\d+\b|\s[|]\s|#\d/i;

/** Points at the video instead of naming a subject. */
const pointing = /\b(?:this|the|our|my)\s+(?:video|chapter|lesson|lecture|series|channel|episode|clip)\b/i;

/**
 * What is wrong with a learning topic by itself, if anything: its length (2 to 12 words), its language, or that it is a
 * title instead of a subject. A title is: a question; nothing but names of parts and numbers; a numbered part of a series;
 * words that point at the video; an exclamation.
 */
export function topicProblem(topic: string, language: string): Problem | null {
  if (topic.length > longest)
    return { cause: 'topic_length', message: `it has ${topic.length} characters, more than ${longest}` };
  const count = countWords(topic, language);
  if (onlyParts.test(topic)) return title('it names a part of a video, not a subject');
  if (/[?？]\s*$/.test(topic)) return title('it is a question, not the name of a subject');
  if (/[!！]\s*$/.test(topic)) return title('it is an exclamation, not the name of a subject');
  if (numbered.test(topic)) return title('it carries the number or the separators of a title');
  if (pointing.test(topic)) return title('it points at the video instead of naming the subject');
  if (count < words.fewest || count > words.most)
    return { cause: 'topic_length', message: `it has ${count} words instead of 2 to 12` };
  if (!looksLike(topic, language))
    return { cause: 'topic_language', message: `it is not written in the language ${language}` };
  return null;
}

function title(message: string): Problem {
  return { cause: 'topic_is_title', message };
}

/** Topics with equal keys are one topic: case, marks, punctuation, spaces and English articles do not count. */
export function topicKey(topic: string): string {
  const plain = topic.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const found = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return found.filter((word) => !['a', 'an', 'the'].includes(word)).join(' ');
}

/** A topic as it is kept: one line, without quotes around it or a full stop behind it. */
export function tidyTopic(topic: string): string {
  return topic
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^["“”'‘’]+|["“”'‘’]+$/g, '')
    .replace(/\.$/, '')
    .trim();
}
