import type { Audit } from './audit-schema.ts';

const percent = (share: number | null) => (share === null ? '-' : `${(share * 100).toFixed(1)} %`);

/** Kinds of anomalies that are shown; the audit has them all. */
const shownKinds = 7;

/** The audit at a glance, at most 40 lines of at most 110 characters, without colour; each count with its rule. */
export function auditSummary(audit: Audit): string {
  return [
    ...head(audit),
    ...bots(audit),
    ...cues(audit),
    ...text(audit),
    ...related(audit),
    ...gates(audit),
  ].join('\n');
}

function line(label: string, value: string, rule = ''): string {
  const start = `  ${label.padEnd(22)}${value.padEnd(rule === '' ? 0 : 18)}`;
  const room = 110 - start.length;
  return (start + (rule.length > room ? `${rule.slice(0, room - 1)}…` : rule)).trimEnd();
}

function head({ dataset, view, version, topics, questions, letters, cues, firstLetters }: Audit): string[] {
  const counted = (found: Audit['letters']) =>
    found.map(({ letter, count }) => `${letter} ${count}`).join('  ');
  return [
    `${dataset}@${view} ${version}: ${topics} topics, ${questions} questions`,
    line('key letters', counted(letters), `  ${testWords(cues.letterTest)}`),
    line('  first question', counted(firstLetters), `  ${testWords(cues.firstLetterTest)}`),
  ];
}

function testWords(test: Audit['cues']['letterTest']): string {
  if (test === null) return '';
  const p = test.p < 0.0001 ? 'p < 0.0001' : `p = ${test.p.toFixed(4)}`;
  return `against equal shares: chi-square ${test.statistic.toFixed(1)}, df ${test.df}, ${p}`;
}

function bots(audit: Audit): string[] {
  const chance = `chance ${percent(audit.options.chance)}`;
  const header = `bots (${chance})${' '.repeat(24)}`.slice(0, 24);
  return [
    `${header}right   accuracy  95 % range    key longest / not / mean  picks`,
    ...audit.bots.map(({ name, rule, right, accuracy, interval, keyLongest, keyNotLongest, stratified }) => {
      const range =
        interval === null ? '-' : `${(interval.low * 100).toFixed(1)} to ${(interval.high * 100).toFixed(1)}`;
      const strata = [keyLongest.accuracy, keyNotLongest.accuracy, stratified];
      return [
        `  ${name.padEnd(22)}`,
        String(right).padStart(5),
        percent(accuracy).padStart(11),
        `  ${range.padEnd(14)}`,
        strata.map((share) => percent(share).padStart(7)).join(' /'),
        `  ${rule}`,
      ].join('');
    }),
  ];
}

function cues({ cues, questions }: Audit): string[] {
  const length = (mean: number | null) => (mean === null ? '-' : mean.toFixed(1));
  const pair = cues.twoLetterTopics[0];
  const pairs = pair === undefined ? '' : `; ${pair.count} use only ${[...pair.letters].join(' or ')}`;
  return [
    line(
      'key longest',
      `${cues.keyLongest} of ${questions}`,
      `ties counted; ${cues.keyStrictlyLongest} strictly`,
    ),
    line('key shortest', `${cues.keyShortest} of ${questions}`, 'ties counted'),
    line(
      'mean length',
      `${length(cues.meanKeyLength)} / ${length(cues.meanDistractorLength)}`,
      'characters of key / of distractors',
    ),
    line(
      'longest wins all',
      `${cues.longestPerfect.length} topics`,
      'every question falls to the longest option',
    ),
    line('one key letter', `${cues.oneLetterTopics.length} topics`, `the same for every question${pairs}`),
  ];
}

function text({ anomalies, corrections }: Audit): string[] {
  const found = anomalies.counts.filter(({ count }) => count > 0);
  const sources = anomalies.outsideSources.filter(({ count }) => count > 0);
  const standing = corrections.filter(({ present }) => present !== false);
  const most = sources.toSorted((a, b) => b.count - a.count).slice(0, 4);
  return [
    `anomalies${found.length === 0 ? ': none' : ''}`,
    ...found
      .slice(0, 10)
      .map(({ kind, count, rule, informative }) =>
        line(kind.replaceAll('_', ' '), String(count), informative ? `${rule} (no defect)` : rule),
      ),
    ...(found.length > shownKinds
      ? [line('more kinds', String(found.length - shownKinds), 'see the whole audit')]
      : []),
    ...(most.length === 0
      ? []
      : [`    of these stems: ${most.map(({ pattern, count }) => `${pattern} ${count}`).join('; ')}; …`]),
    ...(standing.length === 0
      ? []
      : [
          line('known problems', String(standing.length), 'corrections, with proof, that apply to this view'),
        ]),
  ];
}

function related({ clusters, duplicates, topics }: Audit): string[] {
  const { comparison } = clusters;
  const agreement =
    comparison === null
      ? ''
      : `; of listed pairs: precision ${percent(comparison.precision)}, recall ${percent(comparison.recall)}`;
  return [
    line(
      'near-duplicates',
      `${duplicates.pairs.length} ${duplicates.pairs.length === 1 ? 'pair' : 'pairs'}`,
      duplicates.rule,
    ),
    line(
      'related topics',
      `${clusters.groups.length} groups`,
      `${clusters.distinct} of ${topics} distinct${agreement}`,
    ),
  ];
}

function gates({ gates }: Audit): string[] {
  const failed = gates.filter(({ ok }) => !ok);
  const number = (value: number | null, limit: number) => (limit === 0 ? String(value) : percent(value));
  if (failed.length === 0) return [`gates: all ${gates.length} passed`];
  return [
    `gates: ${failed.length} of ${gates.length} failed`,
    ...failed.map(({ gate, value, limit, why }) =>
      line(
        gate.replaceAll('_', ' '),
        `${number(value, limit)}, limit ${limit === 0 ? 0 : Math.round(limit * 100)}`,
        why,
      ),
    ),
  ];
}
