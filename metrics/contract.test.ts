import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ChatReply } from '../harness/models/chat.ts';
import { unknownUsage } from '../harness/models/chat.ts';
import type { Answer, MeasureStudio } from './metric.ts';
import { loadMetric, metricNames } from './registry.ts';

/** Settings with which each metric works, beside its defaults. */
const settings: Readonly<Record<string, unknown>> = {
  teachquiz: { students: ['s1', 's2'] },
  aesthetics: { judges: ['j1', 'j2'], repeats: 2 },
};
/** A reply that serves. */
const good: Readonly<Record<string, string>> = {
  teachquiz: '{"answer":"B"}',
  aesthetics:
    '{"element_layout": 10, "attractiveness": 10, "logic_flow": 10, "visual_consistency": 10, "accuracy_depth": 10}',
};

const topics = [
  { id: 't1', slug: 's1', quiz: [1, 2], cluster: 't1' },
  { id: 't2', slug: 's2', quiz: [1, 2], cluster: 't2' },
];
const cells = [
  { id: 'c1', methodId: 'm', topicId: 't1', repeat: 0 },
  { id: 'c2', methodId: 'm', topicId: 't2', repeat: 0 },
];
const plans = (['paper', 'strict'] as const).map((protocol) => ({ protocol, topics, cells }));
const topic = {
  id: 't1',
  slug: 's1',
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
  const judged: Parameters<MeasureStudio['judge']>[0][] = [];
  const observed: Parameters<MeasureStudio['observe']>[0][] = [];
  const asked: string[] = [];
  const made: MeasureStudio = {
    prompt: (name, values) => `${name} ${Object.values(values).join(' ')}`,
    ask: async (_role, request, _purpose, usable) => {
      asked.push(JSON.stringify(request));
      if (answer.ok) usable(answer.reply);
      return answer;
    },
    record: (reading) => recorded.push(reading),
    judge: (judgement) => judged.push(judgement),
    observe: (seen) => observed.push(seen),
    look: () => Promise.reject(new Error('no video is shown')),
    screens: () => Promise.reject(new Error('no video is shown')),
    geometry: async () => null,
  };
  return { made, recorded, judged, observed, asked };
}

const asksModel = ({ endpoint }: { endpoint: string }) => endpoint !== '';

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
    for (const plan of plans) {
      const planned = metric.slots(plan, own).map((slot) => JSON.stringify(slot));
      expect(new Set(planned).size).toBe(planned.length);
    }
    const endpoints = metric.endpoints(own).map((use) => use.endpoint);
    for (const slot of plans.flatMap((plan) => metric.slots(plan, own))) {
      expect(slot.metric).toBe(name);
      // A metric that asks no model names none.
      expect(['', ...endpoints]).toContain(slot.endpoint);
      expect(['', ...metric.prompts]).toContain(slot.prompt);
    }
  });

  test('estimates what it will ask, and keeps a reading of every question, or one judgement', async () => {
    const { metric, settings: own } = await load();
    for (const slot of plans.flatMap((plan) => metric.slots(plan, own)).filter(asksModel)) {
      const { made, recorded, judged, asked } = studio(says(good[name] ?? ''));
      const input = { topic, video: null, second: null, measurement: 'm' };
      const outcome = await metric.measure({ id: 's', ...slot }, input, made, own);
      expect(outcome.status).toBe('ok');
      const estimated = Object.values(metric.estimate({ id: 's', ...slot }, topic)).reduce(
        (a, b) => a + b,
        0,
      );
      expect(asked).toHaveLength(estimated);
      const isQuiz = name === 'teachquiz';
      expect(recorded).toHaveLength(isQuiz ? topic.quiz.length : 0);
      expect(judged).toHaveLength(isQuiz ? 0 : 1);
      expect(judged.every(({ verdicts, reply }) => verdicts !== null && reply === 'hash')).toBe(true);
      expect(recorded.every((r) => r.reading?.kind === 'letter' && r.reply === 'hash')).toBe(true);
    }
  });

  test('a failed call is a failure of ours, an empty or cut reply no judgement: neither is a wrong answer', async () => {
    const { metric, settings: own } = await load();
    const slot = metric.slots({ protocol: 'strict', topics, cells }, own).find(asksModel);
    if (!slot) return;
    const cases: [Answer, string][] = [
      [{ ok: false, failure: 'network', message: 'down' }, 'infra_error'],
      [says(''), 'judge_error'],
      [says(good[name] ?? '', 'length'), 'judge_error'],
      [says('', 'refusal'), 'judge_error'],
    ];
    for (const [answer, status] of cases) {
      const { made, recorded, judged } = studio(answer);
      const outcome = await metric.measure(
        { id: 's', ...slot },
        { topic, video: null, second: null, measurement: 'm' },
        made,
        own,
      );
      expect(outcome.status).toBe(status);
      expect(recorded.every((r) => r.reading === null)).toBe(true);
      expect(judged.every(({ verdicts }) => verdicts === null)).toBe(true);
    }
  });

  test('scores nothing without evidence, and does not fail', async () => {
    const { metric } = await load();
    const tables = metric.score({ methods: [], topics: [], cells: [], measurements: [] });
    for (const table of tables) expect(table.rows).toEqual([]);
  });
});
