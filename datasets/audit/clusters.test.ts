import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../harness/testing/folder.ts';
import { topic } from '../topics.fixture.ts';
import { clusterTopics, compareClusters } from './clusters.ts';
import { readRelated } from './related.ts';
import { cosine, pairsAbove, topicVectors } from './similarity.ts';

const topics = [
  topic('Hamming codes', ['What does a parity bit check?', 'Which code corrects one error?']),
  topic('Snell and refraction', ['Why does light bend in glass?']),
  topic('Error correction by Hamming codes', ['How does a parity bit find an error?']),
  topic('Fourier series', ['Which waves sum to a square wave?']),
  topic('Refraction of light', ['How does glass bend light?']),
];

describe('clusters of topics', () => {
  it('join related topics and leave others alone, in the order of the dataset', () => {
    expect(clusterTopics(topics)).toEqual([
      [0, 2],
      [1, 4],
    ]);
  });

  it('are finer with a higher threshold', () => {
    expect(clusterTopics(topics, 0.99)).toEqual([]);
    expect(clusterTopics(topics, 0.0001).length).toBeGreaterThan(0);
  });

  it('are the same whatever runs before, and empty without topics', () => {
    expect(clusterTopics(topics)).toEqual(clusterTopics(topics));
    expect(clusterTopics([])).toEqual([]);
  });

  it('need the mean to reach the threshold: a chain is not one group', () => {
    const chain = [
      topic('alpha beta gamma', []),
      topic('gamma delta epsilon', []),
      topic('epsilon zeta eta', []),
      topic('theta iota kappa', []),
    ];
    const vectors = topicVectors(chain);
    const [first] = vectors;
    const link = cosine(first ?? new Map(), vectors[1] ?? new Map());
    expect(clusterTopics(chain, link * 0.9)).toEqual([[0, 1]]);
    expect(pairsAbove(vectors, link * 0.9)).toHaveLength(2);
  });
});

describe('the comparison with a reference', () => {
  it('counts pairs', () => {
    const result = compareClusters(
      [
        ['a', 'b', 'c'],
        ['d', 'e'],
      ],
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'd'],
      ],
    );
    expect(result).toEqual({ computed: 4, reference: 3, shared: 2, precision: 0.5, recall: 2 / 3 });
  });

  it('has no precision or recall where there are no pairs', () => {
    expect(compareClusters([], [['a']])).toMatchObject({ precision: null, recall: null });
  });
});

describe('listed groups', () => {
  it('are read from the dataset’s own folder', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'related.yaml'), 'collection: test\ngroups:\n  - [a, b]\n');
    expect(await readRelated({ folder: folder.path, collection: 'test' })).toEqual([['a', 'b']]);
    expect(await readRelated({ folder: folder.path, collection: 'other' })).toBeNull();
  });

  it('are absent for other datasets, and an unreadable list is an error', async () => {
    using folder = temporaryFolder();
    expect(await readRelated({ folder: folder.path, collection: '../mmmc' })).toBeNull();
    writeFileSync(join(folder.path, 'related.yaml'), 'groups: 3\n');
    await expect(readRelated({ folder: folder.path, collection: 'test' })).rejects.toThrow('related.yaml');
  });
});
