import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../metric.ts';
import { orderNames, orderOf } from './orders.ts';
import { otherTopics } from './other-topic.ts';
import { settingsSchema } from './settings.ts';
import { planTeachQuiz } from './slots.ts';

const settings = (own: object = {}) => settingsSchema.parse({ students: ['s'], ...own });
const ids = Array.from({ length: 12 }, (_, i) => `t${i}`);
/** Twelve topics, the first three of one cluster, and two methods. */
const input = (protocol: PlanInput['protocol']): PlanInput => ({
  protocol,
  topics: ids.map((id, i) => ({ id, slug: id, quiz: [1, 2, 3], cluster: i < 3 ? 't0' : id })),
  cells: ids.flatMap((topicId) =>
    ['a', 'b'].map((methodId) => ({ id: `${methodId}-${topicId}`, methodId, topicId, repeat: 0 })),
  ),
});

describe('orders of options', () => {
  const question = { id: 'question-1', options: ['w', 'x', 'y', 'z'] };

  test('over as many orders as options each option stands once in each place', () => {
    const orders = orderNames(4).map((name) => orderOf(name, question) ?? []);
    for (const place of [0, 1, 2, 3])
      expect(orders.map((order) => order[place]).sort()).toEqual([0, 1, 2, 3]);
  });

  test('are the same each time, differ between questions, and leave the file’s own alone', () => {
    expect(orderOf('seed-1', question)).toEqual(orderOf('seed-1', question));
    const first = ids.map((id) => orderOf('seed-1', { ...question, id })?.join());
    expect(new Set(first).size).toBeGreaterThan(4);
    expect(orderOf('file', question)).toBeNull();
  });

  test('over many questions the right option stands about as often at each letter', () => {
    const places = Array.from({ length: 2000 }, (_, i) =>
      orderOf('seed-1', { ...question, id: `q${i}` })?.indexOf(0),
    );
    for (const place of [0, 1, 2, 3]) {
      const count = places.filter((one) => one === place).length;
      expect(count).toBeGreaterThan(430);
      expect(count).toBeLessThan(570);
    }
  });
});

describe('another topic’s video', () => {
  const clusterOf = (topic: string) => (['t0', 't1', 't2'].includes(topic) ? 't0' : topic);

  test('is one of the same method, outside the cluster, each used once', () => {
    const cells = input('strict').cells.filter(({ methodId }) => methodId === 'a');
    const others = otherTopics(cells, clusterOf);
    expect(others.size).toBe(12);
    expect(new Set(others.values()).size).toBe(12);
    for (const [topic, cell] of others) {
      expect(cell).toMatch(/^a-/);
      expect(clusterOf(cell.slice(2))).not.toBe(clusterOf(topic));
    }
  });

  test('a cluster that is larger than all the rest leaves some without one', () => {
    const cells = input('strict').cells.filter(({ topicId }) => ['t0', 't1', 't2', 't5'].includes(topicId));
    expect(otherTopics(cells.slice(0, 8), clusterOf).size).toBe(2);
  });
});

describe('the plan', () => {
  test('takes arms without a method’s video once for all methods', () => {
    const slots = planTeachQuiz(input('strict'), settings());
    const count = (arm: string) => slots.filter((slot) => slot.arm === arm).length;
    for (const arm of ['baseline', 'unlearned', 'no_video', 'blank', 'title_card', 'options_only'])
      expect(count(arm)).toBe(12 * 2);
    expect(count('video')).toBe(24 * 2);
    expect(count('other_topic')).toBe(24 * 2);
  });

  test('asks the control arms with the very template of the video arm', () => {
    const slots = planTeachQuiz(input('strict'), settings({ arms: ['no_video', 'blank', 'text_only'] }));
    const prompts = slots
      .filter(({ arm }) => !['baseline', 'unlearned'].includes(arm ?? ''))
      .map(({ prompt }) => prompt);
    expect(new Set(prompts)).toEqual(new Set(['teachquiz/strict/evidence']));
    expect(slots.find(({ arm }) => arm === 'blank')).toMatchObject({
      cellId: null,
      shows: { control: 'blank' },
    });
    expect(slots.find(({ arm }) => arm === 'text_only')?.shows).toEqual({ part: 'text' });
  });

  test('under the paper’s protocol has its three arms in the file’s order, and those of table 5 by name', () => {
    const plain = planTeachQuiz(input('paper'), settings());
    expect(new Set(plain.map(({ arm }) => arm))).toEqual(new Set(['baseline', 'unlearned', 'video']));
    expect(new Set(plain.map(({ order }) => order))).toEqual(new Set(['file']));
    const table5 = planTeachQuiz(
      input('paper'),
      settings({ arms: ['text_only', 'animation_only', 'other_topic'] }),
    );
    expect(table5.filter(({ arm }) => arm === 'text_only')[0]?.prompt).toBe('teachquiz/video');
  });

  test('by both protocols is the one beside the other, each in its own orders', () => {
    const both = planTeachQuiz(input('both'), settings());
    const strict = planTeachQuiz(input('strict'), settings());
    const paper = planTeachQuiz(input('paper'), settings());
    expect(both).toEqual([...strict, ...paper]);
    expect(new Set(both.map((slot) => JSON.stringify(slot))).size).toBe(both.length);
  });

  test.each([{ arms: ['blank'] }, { orders: 2 }, { ask: 'all_at_once' }])(
    'refuses %j under the paper’s protocol, saying what to write',
    (own) => {
      expect(() => planTeachQuiz(input('paper'), settings(own))).toThrow(/protocol paper/);
    },
  );

  test('asks all questions of a topic at once where the config says so, and the forgetting check by level', () => {
    const slots = planTeachQuiz(input('strict'), settings({ ask: 'all_at_once', forgettingCheck: 3 }));
    expect(
      slots.filter(({ arm }) => arm === 'video').every(({ prompt }) => prompt.endsWith('evidence-all')),
    ).toBe(true);
    expect(slots.filter(({ arm }) => arm === 'forgetting')).toHaveLength(36);
  });
});
