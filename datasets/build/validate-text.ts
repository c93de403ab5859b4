import { lengthCue, overlapPick } from '../audit/bots.ts';
import { sourceReferences } from '../audit/outside-source.ts';
import { textRules } from '../audit/text.ts';
import { letters, type Question } from '../schema.ts';
import { looksLike } from './language.ts';
import type { Refusal } from './types.ts';

/** Why a question is refused, in a word and in a sentence for builder and reader. */
export interface Refused {
  refusal: Refusal;
  reason: string;
}

/** The key may be at most so many times as long as the longest distractor, at least so many times the shortest. */
export const lengthBounds = { longest: 1.3, shortest: 0.5, slack: 3 } as const;

/** Rules of the audit that show broken text. */
const broken = ['literal_escape', 'doubled_backslash', 'invisible_character', 'equal_options'];

/** What the text of one question shows by itself, cheapest first; no model is asked. */
export function textProblem(question: Question, language: string): Refused | null {
  const found = textRules.filter(({ kind, find }) => broken.includes(kind) && find(question) !== null);
  if (found[0] !== undefined)
    return { refusal: 'wrong_schema', reason: `broken text: ${found.map(({ rule }) => rule).join(', ')}` };
  if (!looksLike([question.stem, ...question.options].join(' '), language))
    return { refusal: 'wrong_language', reason: `it is not written in the language ${language}` };
  const references = sourceReferences(question.stem);
  if (references.length > 0)
    return {
      refusal: 'refers_to_source',
      reason: `its stem points at a lesson (${references.join(', ')}), which a student may not have`,
    };
  return null;
}

/**
 * Does length give the key away? It does when the key has more than 1.3 times the characters of the longest distractor,
 * or fewer than half of the shortest one's; up to three characters of difference are no cue.
 */
export function lengthProblem(question: Question): Refused | null {
  const { options, key } = question;
  const distractors = options.filter((_, i) => i !== key).map(({ length }) => length);
  const length = options[key]?.length ?? 0;
  const [least, most] = [Math.min(...distractors), Math.max(...distractors)];
  const said = `the right option has ${length} characters, the others ${least} to ${most}`;
  if (lengthCue(question) > lengthBounds.longest && length - most > lengthBounds.slack)
    return { refusal: 'length_cue', reason: said };
  if (length < lengthBounds.shortest * least && least - length > lengthBounds.slack)
    return { refusal: 'length_cue', reason: said };
  return null;
}

/** Does repeating the stem's words give the key away? */
export function overlapProblem(question: Question): Refused | null {
  if (overlapPick(question) !== question.key) return null;
  return {
    refusal: 'answerable_without_video',
    reason: `only the right option (${letters[question.key]}) repeats most words of the stem`,
  };
}
