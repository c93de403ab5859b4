import { beforeAll, describe, expect, it } from 'vitest';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { officialDataFolder } from '../../harness/setup/probe.ts';
import { readReleased } from '../mmmc/released.ts';
import { type Audit, auditDataset, auditToJson } from './report.ts';
import { auditSummary } from './terminal.ts';

describe.skipIf(!requirePrerequisite('official-data'))('the audit of the released MMMC', () => {
  let audit: Audit;
  let cpuS = 0;
  beforeAll(async () => {
    const start = process.cpuUsage();
    const { dataset, anomalies } = await readReleased(officialDataFolder, { lenient: false });
    audit = await auditDataset(dataset, { anomalies });
    const { user, system } = process.cpuUsage(start);
    cpuS = (user + system) / 1e6;
  });
  const count = (kind: string) => audit.anomalies.counts.find((found) => found.kind === kind)?.count;
  const bot = (name: string) => audit.bots.find((found) => found.name === name);

  it('counts 117 topics, 585 questions and the key letters', () => {
    expect(audit).toMatchObject({ topics: 117, questions: 585 });
    const counted = (found: typeof audit.letters) =>
      found.map(({ letter, count }) => `${letter} ${count}`).join(' ');
    expect(counted(audit.letters)).toBe('A 50 B 296 C 230 D 9');
    expect(counted(audit.firstLetters)).toContain('B 80');
    expect(auditToJson(audit)).toMatchObject({ letters: { A: 50, B: 296, C: 230, D: 9 } });
    expect(audit.cues.letterTest).toMatchObject({ df: 3 });
    expect(audit.cues.letterTest?.p).toBeLessThan(1e-12);
  });

  it('finds that the longest option is the key in 455 of 585', () => {
    expect(bot('longest')).toMatchObject({ right: 455, n: 585 });
    expect(bot('longest')?.interval?.low).toBeCloseTo(0.742, 3);
    expect(bot('always-B')?.right).toBe(296);
    expect(audit.cues).toMatchObject({ keyLongest: 475, keyStrictlyLongest: 441 });
    expect(audit.cues.longestPerfect).toHaveLength(40);
    expect(audit.cues.meanKeyLength).toBeCloseTo(68.7, 1);
    expect(audit.cues.meanDistractorLength).toBeCloseTo(43, 1);
  });

  it('finds 75 topics with B and C only and 8 with one letter', () => {
    expect(audit.cues.twoLetterTopics[0]).toEqual({ letters: 'BC', count: 75 });
    expect(
      audit.cues.oneLetterTopics
        .map(({ letter }) => letter)
        .sort()
        .join(''),
    ).toBe('AABBBBBB');
  });

  it('finds the text anomalies', () => {
    expect(count('literal_escape')).toBe(14);
    expect(count('doubled_backslash')).toBe(5);
    expect(count('no_question_mark')).toBe(9);
    expect(count('equal_options')).toBe(0);
    expect(count('outside_source')).toBe(79);
    expect(audit.anomalies.outsideSources).toEqual(
      expect.arrayContaining([
        { pattern: 'the video', count: 12 },
        { pattern: 'the syllabus', count: 10 },
        { pattern: 'the lesson', count: 3 },
        { pattern: 'an animation', count: 5 },
      ]),
    );
    expect(audit.anomalies.mixesNotations).toBe(true);
    expect(
      new Set(audit.anomalies.list.filter(({ kind }) => kind === 'literal_escape').map((f) => f.topic)).size,
    ).toBe(9);
  });

  it('finds exactly one near-duplicate pair', () => {
    expect(
      audit.duplicates.pairs.map(({ a, b, exact }) => [a.topic, a.question, b.topic, b.question, exact]),
    ).toEqual([['change-of-basis', 1, 'span-linear-combinations-linear-dependence-and-bases', 1, false]]);
    expect(audit.duplicates.titles).toEqual([]);
  });

  it('finds most of the related topics that a reader listed', () => {
    const { comparison } = audit.clusters;
    expect(comparison).toMatchObject({ computed: 40, reference: 33, shared: 29 });
    expect(comparison?.precision).toBeCloseTo(0.725, 3);
    expect(comparison?.recall).toBeCloseTo(0.879, 3);
    expect(audit.clusters.distinct).toBe(85);
  });

  it('fails six gates, fits a screen and takes a blink', () => {
    expect(audit.gates.filter(({ ok }) => !ok)).toHaveLength(6);
    expect(auditSummary(audit).split('\n').length).toBeLessThanOrEqual(40);
    expect(cpuS).toBeLessThan(1.5);
  });
});
