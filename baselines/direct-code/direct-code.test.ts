import { expect, test } from 'vitest';
import { type ChatReply, unknownUsage } from '../../harness/models/chat.ts';
import type { Studio } from '../method.ts';
import { directCode } from './direct-code.ts';

const lesson = { topicId: 't', title: 'Circles', language: 'en' };
const code =
  '```python\nfrom manim import *\n\nclass DirectScene(Scene):\n    def construct(self):\n        self.wait()\n```';
const cost = { wallMs: 1, cpuMs: 1, queuedMs: 0 };
const error = { kind: 'exception', type: 'NameError', message: 'no', frames: [] } as const;

/** A studio whose coder says these one after another, and whose renderer takes the folders that are named. */
function studio(replies: readonly Partial<ChatReply>[], renders: readonly string[]) {
  const absent = () => Promise.reject(new Error('not asked for'));
  const rendered: string[] = [];
  let at = 0;
  const made: Studio = {
    signal: new AbortController().signal,
    repeat: 0,
    prompt: (name) => name,
    chat: async () => ({
      text: code,
      finish: 'stop',
      usage: unknownUsage,
      servedModel: null,
      ...replies[at++],
    }),
    render: async (_, subfolder) => {
      rendered.push(subfolder);
      return renders.includes(subfolder)
        ? { ok: true, cost, files: { video: 'v', geometry: 'g', durationS: 1 } }
        : { ok: false, cost, error };
    },
    check: async () => ({ ok: true, cost }),
    write: async () => undefined,
    given: () => null,
    sees: () => false,
    inspect: absent,
    video: absent,
    concat: absent,
    accept: absent,
    program: absent,
    look: absent,
    read: absent,
    asset: absent,
    frames: absent,
    geometry: absent,
  };
  return { made, rendered };
}

test('of several samples all are made, the first that renders is the video, and all are counted', async () => {
  const { made, rendered } = studio([], ['sample_2', 'sample_4']);
  const production = await directCode.produce(lesson, { samples: 4 }, made);
  expect(production).toMatchObject({
    status: 'ok',
    video: 'sample_2/video.mp4',
    samples: { tried: 4, passed: 2 },
  });
  expect(production.sections.map(({ id, rendered: ok }) => [id, ok])).toEqual([
    ['sample_1', false],
    ['sample_2', true],
    ['sample_3', false],
    ['sample_4', true],
  ]);
  expect(rendered.toSorted()).toEqual(['sample_1', 'sample_2', 'sample_3', 'sample_4']);
});

test('one sample stands in the folder of the scene, and counts no tries', async () => {
  const production = await directCode.produce(lesson, {}, studio([], ['scene']).made);
  expect(production).toMatchObject({ status: 'ok', video: 'scene/video.mp4' });
  expect(production.samples).toBeUndefined();
});

test.each([
  ['length', 'method_failed', 'cut'],
  ['refusal', 'refused', 'refused'],
  ['content_filter', 'refused', 'refused'],
] as const)('code in a reply that ended with %s is never rendered', async (finish, status, cause) => {
  const { made, rendered } = studio([{ finish }], ['scene']);
  expect(await directCode.produce(lesson, {}, made)).toMatchObject({ status, cause, video: null });
  expect(rendered).toEqual([]);
});

test('a repair that was cut leaves the code as it was', async () => {
  const { made, rendered } = studio([{}, { finish: 'length' }], []);
  const production = await directCode.produce(lesson, { repairs: 1 }, made);
  expect(production).toMatchObject({ status: 'method_failed', cause: 'exception' });
  expect(rendered).toHaveLength(2);
});
