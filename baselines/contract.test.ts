import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unknownUsage } from '../harness/models/chat.ts';
import type { Span } from '../harness/store/estimate-schema.ts';
import type { Lesson, Studio } from './method.ts';
import { loadMethod, methodNames } from './registry.ts';

const lesson: Lesson = { topicId: 'topic-1', title: 'A topic', language: 'en' };
const noFacts = {
  className: null,
  names: [],
  blocks: [],
  statements: [],
  functions: [],
  placements: [],
  imports: [],
};
const cost = { wallMs: 1, cpuMs: 1, queuedMs: 0 };

/** A studio whose models all say the same, and whose renderer accepts everything. */
function studio(reply: { text: string; finish: 'stop' | 'refusal' }, overrides: Partial<Studio> = {}) {
  const prompts: string[] = [];
  const made: Studio = {
    signal: new AbortController().signal,
    repeat: 0,
    prompt: (name, data) => {
      prompts.push(name);
      return `${name}\n${JSON.stringify(data)}`;
    },
    chat: async () => ({ ...reply, usage: unknownUsage, servedModel: null }),
    video: async () => ({ ok: false, refused: reply.finish === 'refusal', reason: 'nothing came' }),
    inspect: async () => ({ ok: true, cost, ...noFacts }),
    check: async () => ({ ok: true, cost }),
    render: async () => ({ ok: true, cost, files: { video: 'v', geometry: 'g', durationS: 1 } }),
    accept: async () => ({ ok: true, durationS: 1 }),
    program: async () => ({ failed: 'exit 1: no', calls: 0, wallS: 1 }),
    look: async () => ({ ok: true, durationS: 1 }),
    read: async () => null,
    concat: async () => ({ ok: true, durationS: 1 }),
    write: async () => undefined,
    given: () => null,
    asset: async () => null,
    sees: () => false,
    frames: async () => [],
    geometry: async () => null,
    ...overrides,
  };
  return { made, prompts };
}

/** Settings that a method cannot do without. */
const needed: Record<string, unknown> = {
  imported: { from: 'imports/x' },
  command: { run: ['agent'] },
};
/** Methods that ask no model: they take what exists. */
const givens = ['human', 'imported'];

test.each(givens)(
  'method %s takes the video that it is given; a damaged file is an error, not a score',
  async (name) => {
    const method = await loadMethod(name);
    const { made } = studio({ text: '', finish: 'stop' });
    const settings = needed[name] ?? {};
    const given = { file: 'v.mp4', sha256: 'x' };
    expect(await method?.produce({ ...lesson, given }, settings, made)).toMatchObject({ status: 'ok' });
    const odd = studio(
      { text: '', finish: 'stop' },
      { accept: async () => ({ ok: false, reason: 'no picture' }) },
    );
    await expect(method?.produce({ ...lesson, given }, settings, odd.made)).rejects.toThrow(
      /v\.mp4: no picture/,
    );
  },
);

describe.each(methodNames)('method %s', (name) => {
  const load = async () => {
    const method = await loadMethod(name);
    if (!method) throw new Error(`no method ${name}`);
    return method;
  };

  test('is registered under its own name, has a version, and declares prompts that exist', async () => {
    const method = await load();
    expect(method.name).toBe(name);
    expect(method.version).not.toBe('');
    for (const prompt of method.prompts)
      expect(existsSync(join(import.meta.dirname, '../configs/prompts', `${prompt}.md`))).toBe(true);
  });

  test('has usable default settings, refuses unknown ones, and estimates calls for its roles only', async () => {
    const method = await load();
    const settings = method.settings.parse(needed[name] ?? {});
    expect(method.settings.safeParse({ noSuchSetting: 1 }).success).toBe(false);
    const { calls, renders } = method.estimate(settings);
    expect(Object.keys(calls).toSorted()).toEqual([...method.roles].toSorted());
    const ends = (value: number | Span) =>
      typeof value === 'number' ? [value, value] : [value.low, value.high];
    for (const value of [renders, ...Object.values(calls)])
      expect(ends(value)).toEqual(ends(value).toSorted((a, b) => a - b));
    expect(Math.max(...ends(renders)) > 0).toBe(method.renders);
  });
});

describe.each(methodNames.filter((name) => ![...givens, 'command'].includes(name)))(
  'method %s, with models',
  (name) => {
    const load = async () => {
      const method = await loadMethod(name);
      if (!method) throw new Error(`no method ${name}`);
      return method;
    };

    test('takes nonsense and refusals as its own failure, with a cause, and does not throw', async () => {
      const method = await load();
      for (const finish of ['stop', 'refusal'] as const) {
        const { made } = studio({ text: finish === 'stop' ? 'I would rather talk about cats.' : '', finish });
        const production = await method.produce(lesson, {}, made);
        expect(production.status).toBe(finish === 'stop' ? 'method_failed' : 'refused');
        expect(production.cause).toBeTruthy();
        expect(production.video).toBeNull();
      }
    });

    test('uses only prompts that it declared', async () => {
      const method = await load();
      const { made, prompts } = studio({ text: 'no', finish: 'stop' });
      await method.produce(lesson, {}, made);
      expect(prompts.length).toBeGreaterThan(0);
      expect(method.prompts).toEqual(expect.arrayContaining(prompts));
    });

    test('lets failures of ours through, so that they are never counted against it', async () => {
      const method = await load();
      const fail = () => Promise.reject(new Error('the network is down'));
      const { made } = studio({ text: '', finish: 'stop' }, { chat: fail, video: fail });
      await expect(method.produce(lesson, {}, made)).rejects.toThrow('the network is down');
    });
  },
);
