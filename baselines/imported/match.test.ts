import { describe, expect, it } from 'vitest';
import { pairUp } from './import.ts';
import { matchTopic } from './match.ts';

const topics = [
  { id: 'topic_1', slug: 'binary-search', title: 'Why binary search is fast', aliases: ['Binary_Search'] },
  { id: 'topic_2', slug: 'euler', title: 'Formule d’Euler: à quoi sert-elle ?', aliases: [] },
  { id: 'topic_3', slug: 'bayes', title: 'ベイズの定理', aliases: [] },
  { id: 'topic_5', slug: 'loop', title: '∮', aliases: [] },
  { id: 'topic_4', slug: 'linear-maps', title: 'Linear maps and matrices', aliases: [] },
];
const found = (name: string) => {
  const match = matchTopic(name, topics);
  return match && [match.topic.slug, match.matched];
};

describe('the topic of a video', () => {
  it.each([
    ['topic_2', ['euler', 'id']],
    ['linear-maps', ['linear-maps', 'slug']],
    ['why BINARY search is fast!', ['binary-search', 'title']],
    ['binary search', ['binary-search', 'title']],
    ['ベイズの定理', ['bayes', 'title']],
    ['formule d_euler a quoi sert elle', ['euler', 'title']],
    ['012 Linear maps and matrixes final', ['linear-maps', 'likeness']],
    ['cooking with gas', null],
    ['', null],
    ['∮', ['loop', 'title']],
    ['∫', null],
  ])('%j is %j', (name, expected) => {
    expect(found(name)).toEqual(expected);
  });

  it('is none where two have one title, until it is named by id', () => {
    const twins = ['t1', 't2'].map((id) => ({ id, slug: `limits-${id}`, title: 'Limits', aliases: [] }));
    expect(matchTopic('limits', twins)).toBeNull();
    expect(matchTopic('t2', twins)).toMatchObject({ topic: { id: 't2' }, matched: 'id' });
  });

  it('is none where two are equally alike', () => {
    const twins = [1, 2].map((n) => ({
      id: `t${n}`,
      slug: `waves-${n}`,
      title: `Waves, part ${n}`,
      aliases: [],
    }));
    expect(matchTopic('waves part', twins)).toBeNull();
  });
});

describe('pairing', () => {
  const offer = (name: string) => ({ file: `/v/${name}.mp4`, source: `${name}.mp4`, name });

  it('takes what a person says, lists what fits nothing, and leaves out what is told to be left out', () => {
    const told = new Map([
      ['a.mp4', 'euler'],
      ['bayes.mp4', ''],
    ]);
    const pairs = pairUp(['a', 'bayes', 'nothing at all'].map(offer), topics, told);
    expect(pairs.map(({ match }) => match && [match.topic.slug, match.matched])).toEqual([
      ['euler', 'told'],
      null,
      null,
    ]);
  });

  it('refuses two videos for one topic, an unknown topic, and an unknown video', () => {
    const pair =
      (names: string[], told: [string, string][] = []) =>
      () =>
        pairUp(names.map(offer), topics, new Map(told));
    expect(pair(['bayes', 'ベイズの定理'])).toThrow(/two videos are for topic bayes: bayes\.mp4/);
    expect(pair(['a'], [['a.mp4', 'no-such']])).toThrow(/there is no topic no-such/);
    expect(pair(['a'], [['b.mp4', 'bayes']])).toThrow(/there is no video b\.mp4/);
  });
});
