import { text } from '../columns.ts';
import type { Table } from '../table.ts';
import { type Flag, rules } from './flags.ts';

/** What is to be said against a report's figures; none is said too. */
export function flagTable(flags: readonly Flag[]): Table[] {
  return [
    {
      id: 'flags',
      title: 'Validity flags',
      caption:
        flags.length === 0
          ? 'No rule found anything against these figures. The rules and their thresholds stand in docs/validity.md.'
          : 'What is to be said against these figures. Severe: they must not be believed before it is explained. Warning: read them with it. Note: know it. The rules, and how often they are wrong, stand in docs/validity.md.',
      columns: [
        text('severity', 'Severity'),
        text('rule', 'Rule'),
        text('evidence', 'Evidence'),
        text('threshold', 'Threshold', 'as the config sets it under `validity`'),
        text('remedy', 'What to do'),
      ],
      rows: flags.map(({ rule, about, evidence, threshold }) => ({
        methodId: null,
        label: about,
        figures: {
          severity: { value: rules[rule].severity, n: null },
          rule: { value: rules[rule].words, n: null },
          evidence: { value: evidence, n: null },
          threshold: { value: String(threshold), n: null },
          remedy: { value: rules[rule].remedy, n: null },
        },
      })),
    },
  ];
}

/** The severe ones, a sentence each: they stand above all tables. */
export function severeRemarks(flags: readonly Flag[]): string[] {
  return flags
    .filter(({ rule }) => rules[rule].severity === 'severe')
    .map(({ rule, about, evidence }) => `${about} ${rules[rule].words}: ${evidence}.`);
}
