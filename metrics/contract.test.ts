import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ChatReply } from '../harness/models/chat.ts';
import { unknownUsage } from '../harness/models/chat.ts';
import type { Answer, MeasureStudio } from './metric.ts';
import { loadMetric, metricNames } from './registry.ts';

/** Settings with which each metric works, beside its defaults. */
const settings: Readonly<Record<string, unknown>> = { teachquiz: { students: ['s1', 's2'] } };

const topics = [
  { id: 't1', quiz: [1, 2] },
  { id: 't2', quiz: [1, 2] },
];
const cells = [
  { id: 'c1', topicId: 't1', repeat: 0 },
  { id: 'c2', topicId: 't2', repeat: 0 },
];
const topic = {
  id: 't1',
  title: 'A topic',
  quiz: ['a', 'b'].map((id) => ({
    id,
    stem: `What is ${id}?`,
    options: ['one', 'two', 'three'],
    key: 1,
    tags: [],
  })),
};

/** A studio whose model always answers the same, and which remembers what was recorded. */
function studio(answer: Answer) {
  const recorded: Parameters<MeasureStudio['record']>[0][] = [];
  const asked: string[] = [];
  const made: MeasureStudio = {
    prompt: (name, values) => `${name} ${Object.values(values).join(' ')}`,
    ask: async (_role, request, _purpose, usable) => {
      asked.push(JSON.stringify(request));
      if (answer.ok) usable(answer.reply);
      return answer;
    },
    record: (reading) => recorded.push(reading),
  };
  return { made, recorded, asked };
}

const says = (text: string, finish: ChatReply['finish'] = 'stop'): Answer => ({
  ok: true,
  text: 'hash',
  reply: { text, finish, usage: unknownUsage, servedModel: null },
});

describe.each(metricNames)('metric %s', (name) => {
  const load = async () => {
    const metric = await loadMetric(name);
    if (!metric) throw new Error(`no metric ${name}`);
    return { metric, settings: metric.settings.parse(settings[name] ?? {}) };
  };

  test('is registered under its own name, has a version, prompts that exist, and refuses unknown settings', async () => {
    const { metric } = await load();
    expect(metric.name).toBe(name);
    expect(metric.version).not.toBe('');
    for (const prompt of metric.prompts)
      expect(existsSync(join(import.meta.dirname, '../configs/prompts', `${prompt}.md`))).toBe(true);
    expect(metric.settings.safeParse({ noSuchSetting: 1 }).success).toBe(false);
  });

  test('plans slots that differ from one another, of endpoints and prompts that it declared', async () => {
    const { metric, settings: own } = await load();
    const slots = metric.slots({ topics, cells }, own);
    expect(new Set(slots.map((slot) => JSON.stringify(slot))).size).toBe(slots.length);
    const endpoints = metric.endpoints(own).map((use) => use.endpoint);
    for (const slot of slots) {
      expect(slot.metric).toBe(name);
      expect(endpoints).toContain(slot.endpoint);
      expect(metric.prompts).toContain(slot.prompt);
    }
  });

  test('estimates what it will ask, and keeps a reading of every question', async () => {
    const { metric, settings: own } = await load();
    for (const slot of metric.slots({ topics, cells }, own)) {
      const { made, recorded, asked } = studio(says('{"answer":"B"}'));
      const input = { topic, video: null, measurement: 'm' };
      const outcome = await metric.measure({ id: 's', ...slot }, input, made);
      expect(outcome.status).toBe('ok');
      const estimated = Object.values(metric.estimate({ id: 's', ...slot }, topic)).reduce(
        (a, b) => a + b,
        0,
      );
      expect(asked).toHaveLength(estimated);
      expect(recorded).toHaveLength(topic.quiz.length);
      expect(recorded.every((r) => r.reading?.kind === 'letter' && r.reply === 'hash')).toBe(true);
    }
  });

  test('a failed call is a failure of ours, an empty or cut reply no judgement: neither is a wrong answer', async () => {
    const { metric, settings: own } = await load();
    const [slot] = metric.slots({ topics, cells }, own);
    if (!slot) return;
    const cases: [Answer, string][] = [
      [{ ok: false, failure: 'network', message: 'down' }, 'infra_error'],
      [says(''), 'judge_error'],
      [says('{"answer":"B"}', 'length'), 'judge_error'],
      [says('', 'refusal'), 'judge_error'],
    ];
    for (const [answer, status] of cases) {
      const { made, recorded } = studio(answer);
      const outcome = await metric.measure(
        { id: 's', ...slot },
        { topic, video: null, measurement: 'm' },
        made,
      );
      expect(outcome.status).toBe(status);
      expect(recorded.every((r) => r.reading === null)).toBe(true);
    }
  });

  test('scores nothing without evidence, and does not fail', async () => {
    const { metric } = await load();
    const tables = metric.score({ methods: [], topics: [], cells: [], measurements: [] });
    for (const table of tables) expect(table.rows).toEqual([]);
  });
});
