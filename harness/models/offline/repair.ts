import { type Change, codeLines, occurrences, smallestChange } from './drafts.ts';
import type { Flaw, Mistake } from './lessons.ts';
import type { Evidence } from './task.ts';

type CodeLine = NonNullable<Evidence['code']>[number];

/** One way to go on from a version of a mistake: what it looks like in the code, its error, and the change. */
interface Version {
  error: string;
  change: Change;
}

/**
 * Mends one mistake in the lines that were sent, and returns the lines of the scope; `null` when what was sent does not
 * suffice: no error, no failing line, no scope, or none of the mistakes in it.
 * A mistake is known by its bad lines in the code that was sent, by the type of its error, and by the failing line, which must
 * be one of them; an error without a line is known by its type.
 */
export function mend(mistakes: readonly Mistake[], evidence: Evidence): string[] | null {
  const { error, code, scope } = evidence;
  if (!error || !code || !scope) return null;
  const failing = error.line ?? null;
  if (failing !== null && !code.some(({ line }) => line === failing)) return null;
  const inScope = code.filter(({ line }) => line >= scope.start && line <= scope.end);
  if (inScope.length !== scope.end - scope.start + 1) return null;
  const versions = mistakes.flatMap(versionsOf).filter((version) => sameType(version.error, error.type));
  for (const { change } of versions) {
    const start = locate(inScope, change, failing);
    if (start === undefined) continue;
    const texts = inScope.map(({ text }) => text);
    texts.splice(start, change.bad.length, ...change.good);
    return texts;
  }
  return null;
}

/**
 * Mends the first flaw of a block that a critic wants to be written anew, and returns the lines of the scope; `null` when
 * there is none in it.
 */
export function improve(flaws: readonly Flaw[], { code, scope }: Evidence): string[] | null {
  if (!code || !scope) return null;
  const inScope = code.filter(({ line }) => line >= scope.start && line <= scope.end);
  if (inScope.length !== scope.end - scope.start + 1) return null;
  const texts = inScope.map(({ text }) => text.trimEnd());
  for (const flaw of flaws) {
    const [bad, good] = [codeLines(flaw.bad), codeLines(flaw.good)];
    const [start] = occurrences(texts, bad);
    if (start !== undefined) return texts.toSpliced(start, bad.length, ...good);
  }
  return null;
}

/** Where the change's bad lines stand in the scope such that the failing line is one of the mistake's. */
function locate(scope: readonly CodeLine[], change: Change, failing: number | null): number | undefined {
  const texts = scope.map(({ text }) => text.trimEnd());
  return occurrences(texts, change.bad).find((start) => {
    const first = scope[start]?.line;
    if (failing === null || first === undefined) return failing === null;
    return failing >= first - change.before && failing < first + change.bad.length + change.after;
  });
}

/** A mistake has one version, mended by its good lines. A stuck one goes from each attempt to the next, for ever. */
function versionsOf(mistake: Mistake): Version[] {
  const first = { error: mistake.error, bad: codeLines(mistake.bad) };
  if (!mistake.stuck) {
    return [{ error: first.error, change: smallestChange(first.bad, codeLines(mistake.good)) }];
  }
  const attempts = mistake.attempts.map((attempt) =>
    typeof attempt === 'string'
      ? { error: mistake.error, bad: codeLines(attempt) }
      : { error: attempt.error, bad: codeLines(attempt.bad) },
  );
  return [first, ...attempts].flatMap((version, index) => {
    const next = attempts[index] ?? attempts[0];
    return next === undefined
      ? []
      : [{ error: version.error, change: { bad: version.bad, good: next.bad, before: 0, after: 0 } }];
  });
}

/** Exception types are compared by letters alone, so that `NoAnimation` is the renderer's `no_animation`. */
function sameType(a: string, b: string): boolean {
  const letters = (type: string) => type.replaceAll('_', '').toLowerCase();
  return letters(a) === letters(b);
}
