import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { fromDisk } from '../../harness/store/keys.ts';
import { contentHash } from '../identity.ts';
import { type Question, questionTags, type Topic } from '../schema.ts';
import { lengthRatio } from './length-fair.ts';

/** Where a dataset's folder keeps distractors that models wrote. */
export const rewrittenFile = 'rewritten.jsonl';

/** One question whose distractors were written anew; stem and right option are as they were. */
export const rewrittenSchema = z.strictObject({
  question: z.string(),
  /** Hash of the content that was rewritten; other content is left alone. */
  expects: z.string(),
  /** All options in the order of before, the right one unchanged. */
  options: z.array(z.string().min(1)).min(2),
  builder: z.string(),
  reviewer: z.string(),
});
export type Rewritten = z.infer<typeof rewrittenSchema>;

/**
 * The topics with the rewritten questions in place of theirs. A question that was not rewritten stays when its key is no
 * longer than its longest distractor; one that still has the cue stays out. Throws `bad_dataset` (exit 2) with file and line.
 */
export function applyRewritten(folder: string, topics: readonly Topic[]): readonly Topic[] {
  const path = join(folder, rewrittenFile);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const byId = new Map(
    lines.map((line, i) => {
      const rewritten = readLine(`${path}:${i + 1}`, line);
      return [rewritten.question, rewritten];
    }),
  );
  return topics.map((topic) => ({
    ...topic,
    quiz: topic.quiz.flatMap((question) => {
      const rewritten = byId.get(question.id);
      if (rewritten && fits(question, rewritten)) return [replace(question, rewritten)];
      return lengthRatio(question) <= 1 ? [question] : [];
    }),
  }));
}

function readLine(where: string, line: string): Rewritten {
  try {
    return rewrittenSchema.parse(fromDisk(JSON.parse(line)));
  } catch (cause) {
    throw new MmmcError('bad_dataset', `${where} is no rewritten question`, {
      exitCode: exitCodes.usage,
      hint: 'Build the view again.',
      cause,
    });
  }
}

function fits(question: Question, rewritten: Rewritten): boolean {
  return (
    rewritten.expects === contentHash(question) &&
    rewritten.options.length === question.options.length &&
    rewritten.options[question.key] === question.options[question.key]
  );
}

function replace(question: Question, { options, builder, reviewer }: Rewritten): Question {
  return {
    ...question,
    options,
    tags: [...question.tags, questionTags.rewritten],
    source: `distractors by ${builder}, accepted by ${reviewer}`,
  };
}
