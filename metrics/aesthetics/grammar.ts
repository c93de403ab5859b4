import { z } from 'zod';
import { onlyObject } from '../../harness/quiz/fences.ts';
import { withoutThinking } from '../../harness/quiz/grammar.ts';
import type { Verdicts } from '../../harness/store/events.ts';
import { fromDisk } from '../../harness/store/keys.ts';
import { type Rubric, writtenName } from './rubrics.ts';

/** Verdicts by dimension: score as asked for, reason, the moment in seconds that it rests on. */
export type JudgementReading = { ok: true; judgement: Verdicts } | { ok: false; problem: string };
type Verdict = Verdicts[string];

const verdictSchema = z.object({
  score: z.unknown(),
  reason: z.string().default(''),
  timeS: z.number().nonnegative().nullish(),
});

const record = z.record(z.string(), z.unknown());

/**
 * Reads a judge's complete reply: one JSON object, alone or in one fence, with every dimension of the rubric. A score is a JSON number, or a
 * string `n` or `n/20` (the rubric's most), within its bounds; it stands alone or as `score` of an object. All else is no judgement: nothing is
 * repaired, rounded or guessed.
 */
export function readJudgement(reply: string, rubric: Rubric): JudgementReading {
  const said = onlyObject(withoutThinking(reply).trim());
  if (said === undefined) return { ok: false, problem: 'the answer is not one JSON object' };
  const object = record.parse(fromDisk(said));
  const judgement: Verdicts = {};
  for (const dimension of rubric.dimensions) {
    const verdict = verdictOf(object[dimension], rubric);
    if (typeof verdict === 'string') return { ok: false, problem: `${writtenName(dimension)}: ${verdict}` };
    judgement[dimension] = verdict;
  }
  return { ok: true, judgement };
}

/** A verdict, or what is wrong with it. */
function verdictOf(said: unknown, rubric: Rubric): Verdict | string {
  if (said === undefined) return 'it is missing';
  const parsed = verdictSchema.safeParse(said);
  const {
    score: given,
    reason,
    timeS,
  } = parsed.success ? parsed.data : { score: said, reason: '', timeS: null };
  const score = scoreOf(given, rubric);
  if (score === null) return `${JSON.stringify(given)} is no score from ${rubric.least} to ${rubric.most}`;
  return { score, reason, timeS: timeS ?? null };
}

function scoreOf(given: unknown, { least, most }: Rubric): number | null {
  const parts = typeof given === 'string' ? /^(\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(given.trim()) : null;
  const text = parts?.[2] === undefined || Number(parts[2]) === most ? parts?.[1] : undefined;
  const value = typeof given === 'number' ? given : text === undefined ? Number.NaN : Number(text);
  return value >= least && value <= most ? value : null;
}
