import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../harness/store/hash.ts';
import { temporaryFolder } from '../../harness/testing/folder.ts';
import { contentHash } from '../identity.ts';
import { dataset, question, topic } from '../topics.fixture.ts';
import { auditDataset, auditSchema, auditToJson } from './report.ts';
import { auditSummary } from './terminal.ts';

const quiz = [question('t', 'What does the video show?'), question('t', 'What is \\u03c0?')];
const small = dataset([
  topic('Circles', [], { quiz, durationS: 100 }),
  topic('Lines', ['What is a line?'], { durationS: 50, category: null }),
  topic('Nothing', []),
]);

describe('an audit', () => {
  it('fits its schema and counts topics, questions, categories, durations and languages', async () => {
    const audit = await auditDataset(small);
    expect(() => auditSchema.parse(audit)).not.toThrow();
    expect(audit).toMatchObject({ dataset: 'test', view: 'released', version: '1', topics: 3, questions: 3 });
    expect(audit.categories).toEqual([
      { category: 'Calculus', topics: 2, questions: 2 },
      { category: null, topics: 1, questions: 1 },
    ]);
    expect(audit.durations).toMatchObject({ topics: 2, totalS: 150, meanS: 75, minS: 50, maxS: 100 });
    expect(audit.languages).toEqual([{ language: 'en', topics: 3 }]);
    expect(audit.options).toMatchObject({ perQuestion: [{ options: 4, questions: 3 }], chance: 0.25 });
  });

  it('lists every anomaly with its place, those of the import too', async () => {
    const met = [{ kind: 'missing_image', where: 'images.json:3', message: 'no such file' }];
    const again = { kind: 'literal_escape', where: 'quiz.json:9', message: 'counted by the audit itself' };
    const { anomalies } = await auditDataset(small, { anomalies: [...met, again] });
    expect(anomalies.list.map(({ kind, where }) => `${kind}: ${where}`)).toEqual([
      'outside_source: circles question 1',
      'literal_escape: circles question 2',
      'empty_quiz: nothing',
      'missing_image: images.json:3',
    ]);
    expect(anomalies.outsideSources).toContainEqual({ pattern: 'the video', count: 1 });
    expect(anomalies.counts).toContainEqual({
      kind: 'equal_options',
      count: 0,
      rule: expect.any(String),
      informative: false,
    });
  });

  it('is JSON with letters and kinds by name', async () => {
    const json = JSON.parse(JSON.stringify(auditToJson(await auditDataset(small))));
    expect(json.letters).toEqual({ A: 0, B: 3, C: 0, D: 0 });
    expect(json.first_letters).toEqual({ A: 0, B: 2, C: 0, D: 0 });
    expect(json.anomalies.counts).toMatchObject({ literal_escape: 1, outside_source: 1, equal_options: 0 });
    expect(json.cues.key_shortest).toBe(3);
    expect(Object.keys(json)).toEqual(
      expect.arrayContaining(['topics', 'questions', 'bots', 'clusters', 'duplicates', 'gates', 'media']),
    );
  });

  it('lists known problems, and whether this view still has them', async () => {
    const [first, second] = quiz;
    const [circles] = small.topics;
    if (!first || !second || !circles) throw new Error('no question');
    const common = { topic: circles.id, kind: 'wrong_key', wrong: 'B is wrong', evidence: 'count them' };
    const corrections = [
      { ...common, question: first.id, expects: contentHash(first) },
      { ...common, question: second.id, expects: '0'.repeat(16) },
      { ...common, question: 'question-000000000000' },
    ];
    const audit = await auditDataset(small, { corrections });
    expect(audit.corrections.map(({ topic, question, present }) => [topic, question, present])).toEqual([
      ['circles', 1, true],
      ['circles', 2, false],
      ['circles', null, null],
    ]);
  });

  it('compares the clusters with the groups that a person listed', async () => {
    using folder = temporaryFolder();
    const topics = [topic('Hamming codes'), topic('Codes of Hamming'), topic('Fourier waves')];
    const groups = JSON.stringify([topics.slice(0, 2).map(({ id }) => id)]);
    writeFileSync(join(folder.path, 'related.yaml'), `collection: test\ngroups: ${groups}\n`);
    const { clusters } = await auditDataset(dataset(topics, { folder: folder.path }));
    expect(clusters.groups.map((group) => group.map(({ slug }) => slug))).toEqual([
      ['hamming-codes', 'codes-of-hamming'],
    ]);
    expect(clusters).toMatchObject({ distinct: 2, comparison: { precision: 1, recall: 1 } });
  });

  it('works for a dataset without topics', async () => {
    const audit = await auditDataset(dataset([]));
    expect(audit).toMatchObject({ topics: 0, questions: 0, letters: [] });
    expect(auditSummary(audit)).toContain('0 topics, 0 questions');
  });
});

describe('the media of an audit', () => {
  it('are read: missing, changed and wrongly named files are told', async () => {
    using folder = temporaryFolder();
    const media = (path: string, content: string) => ({
      path,
      sha256: sha256(content),
      bytes: 1,
      type: 'image/png',
    });
    for (const [name, content] of [
      ['good.png', 'g'],
      ['changed.png', 'other'],
      ['lie.jpg', 'l'],
    ] as const)
      writeFileSync(join(folder.path, name), content);
    const images = [
      media('good.png', 'g'),
      media('changed.png', 'c'),
      media('lie.jpg', 'l'),
      media('gone.png', 'x'),
      media('folder.png', 'f'),
    ];
    mkdirSync(join(folder.path, 'folder.png'));
    const topics = images.map((referenceImage, i) => topic(`T${i}`, ['Why?'], { referenceImage }));
    const inFolder = dataset(topics, { folder: folder.path });
    const audit = await auditDataset(inFolder);
    expect(audit.media).toEqual({ images: 5, videos: 0, bytes: 5, types: [{ type: 'image/png', files: 5 }] });
    const found = audit.anomalies.list.map(({ kind, topic }) => `${topic} ${kind}`);
    const kinds = ['t1 changed_media', 't2 lying_extension', 't3 missing_media', 't4 unreadable_media'];
    expect(found).toEqual(kinds);
    expect((await auditDataset(inFolder, { media: false })).anomalies.list).toEqual([]);
  });
});

describe('the summary', () => {
  it('fits a screen and names what failed', async () => {
    const lines = auditSummary(await auditDataset(small)).split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(110);
    const text = lines.join('\n');
    expect(text).toMatch(/key letters +A 0 {2}B 3/);
    expect(text).toMatch(/outside source +1 /);
    expect(text).toMatch(/gates: 3 of 8 failed/);
  });

  it('keeps its columns apart when a range ends at 100 %', async () => {
    const quiz = [question('t', 'Which?', ['a', 'the longest'], 1)];
    expect(auditSummary(await auditDataset(dataset([topic('One', [], { quiz })])))).toMatch(
      /to 100\.0 +100\.0 %/,
    );
  });

  it('says that all gates are passed', async () => {
    expect(auditSummary(await auditDataset(dataset([topic('Lines')])))).toContain('gates: all 8 passed');
  });
});
