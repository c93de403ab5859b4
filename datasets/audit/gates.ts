import type { BotResult } from './bots.ts';
import type { DuplicatePair } from './duplicates.ts';

/** A bar that a dataset has to pass before scores on it mean knowledge. */
export interface Gate {
  gate: string;
  /** A share or a count; `null` when there was nothing to measure. */
  value: number | null;
  /** The highest value that passes. */
  limit: number;
  ok: boolean;
  /** One sentence. */
  why: string;
}

/** From so many questions on, shares are judged. */
export const enough = 20;

/** Limits for questions of four options; with fewer options they grow as chance does. */
const shareLimits = { letter: 0.4, longest: 0.35, cue: 0.4 } as const;

/** What the gates look at. */
export interface Measured {
  questions: number;
  /** Mean of 1 / options. */
  chance: number;
  letters: readonly { letter: string; count: number }[];
  bots: readonly BotResult[];
  counts: ReadonlyMap<string, number>;
  duplicates: readonly DuplicatePair[];
}

/** All gates, passed or not. */
export function gatesOf(measured: Measured): Gate[] {
  return [letterGate(measured), longestGate(measured), cueGate(measured), ...countGates(measured)];
}

function share(measured: Measured, gate: string, value: number | null, limit: number, what: string): Gate {
  const allowed = Math.max(limit, limit * (measured.chance / 0.25));
  const few = measured.questions < enough;
  const ok = few || value === null || value <= allowed;
  return {
    gate,
    value,
    limit: allowed,
    ok,
    why: few ? `${what}; not judged below ${enough} questions` : what,
  };
}

function letterGate(measured: Measured): Gate {
  const most = measured.letters.toSorted((a, b) => b.count - a.count)[0];
  const value = most === undefined || measured.questions === 0 ? null : most.count / measured.questions;
  return share(
    measured,
    'key_letters',
    value,
    shareLimits.letter,
    `${most?.letter ?? 'no letter'} is the key most often`,
  );
}

function longestGate(measured: Measured): Gate {
  const longest = measured.bots.find(({ name }) => name === 'longest');
  const why = 'a bot that picks the longest option is right so often';
  return share(measured, 'longest_option', longest?.accuracy ?? null, shareLimits.longest, why);
}

function cueGate(measured: Measured): Gate {
  const bots = measured.bots.filter(({ readsCue }) => readsCue);
  const best = bots.toSorted((a, b) => (b.interval?.low ?? 0) - (a.interval?.low ?? 0))[0];
  const why = `${best?.name ?? 'no bot'} is the best bot that reads form; lower end of its range`;
  return share(measured, 'form_bots', best?.interval?.low ?? null, shareLimits.cue, why);
}

function countGates({ counts, duplicates }: Measured): Gate[] {
  const of = (kind: string) => counts.get(kind) ?? 0;
  const none = (gate: string, value: number, why: string): Gate => ({
    gate,
    value,
    limit: 0,
    ok: value === 0,
    why,
  });
  return [
    none(
      'escapes',
      of('literal_escape') + of('doubled_backslash'),
      'questions hold undecoded escapes or doubled backslashes',
    ),
    none('equal_options', of('equal_options'), 'questions have options that say the same'),
    none('duplicates', duplicates.length, 'pairs of questions ask the same, or nearly'),
    none('outside_sources', of('outside_source'), 'stems point at a lesson that the student does not have'),
    none('empty_quizzes', of('empty_quiz'), 'topics have no question'),
  ];
}
