import { describe, expect, test } from 'vitest';
import { unknownUsage } from '../../harness/models/chat.ts';
import { lessonPlan, scene } from '../../harness/testing/scripted-lesson.ts';
import type { CallTag, Lesson, Studio } from '../method.ts';
import { code2video } from './code2video.ts';
import { anchorModes } from './settings.ts';

const facts = {
  className: 'S',
  names: [],
  blocks: [],
  statements: [],
  functions: [],
  placements: [],
  imports: [],
};
const cost = { wallMs: 0, cpuMs: 0, queuedMs: 0 };
type Box = [number, number, number, number];
const frame: Box = [-7.11, -4, 7.11, 4];
const box: Box = [1, 1, 2, 2];
const dot = { id: 1, name: 'dot', class: 'Dot', box, opacity: 1 };
const sample = { timeS: 1, animation: 0, phase: 'end' as const, frame, objects: [dot] };
const geometry = { codeSha256: '', truncated: false, problems: [], samples: [sample] };

interface Call {
  role: string;
  tag: CallTag;
  data: Record<string, unknown>;
  reference: string;
  images: number;
}

/** Makes a lesson of three sections, one of which wants an icon, and keeps all that the method did. */
async function make(settings: Record<string, unknown>, lesson: Partial<Lesson> = {}) {
  const calls: Call[] = [];
  const done: string[] = [];
  let last = { data: {}, reference: '' };
  const plan = lessonPlan(3);
  const board = {
    sections: plan.sections.map((s, i) => (i === 0 ? { ...s, assets: [{ name: 'robot' }] } : s)),
  };
  const studio: Studio = {
    prompt: (name, data, values = {}) => {
      last = { data: { prompt: name, ...data }, reference: values.reference ?? '' };
      return name;
    },
    chat: async (role, request, tag) => {
      const images = request.messages
        .flatMap(({ content }) => content)
        .filter((part) => part.type === 'image');
      calls.push({ role, tag, ...last, images: images.length });
      const text = {
        outline: JSON.stringify(plan),
        storyboard: JSON.stringify(board),
        critique: '{"problems": []}',
      }[tag.purpose];
      const section = Number(tag.section?.split('_')[1] ?? 1);
      return { text: text ?? scene(section), finish: 'stop', usage: unknownUsage, servedModel: null };
    },
    inspect: async () => ({ ok: true, ...facts, cost }),
    check: async () => ({ ok: true, cost }),
    render: async ({ className }) => {
      done.push(`begin ${className}`);
      await new Promise((resolve) => setImmediate(resolve));
      done.push(`end ${className}`);
      return { ok: true, files: { video: 'v', geometry: 'g', durationS: 1 }, cost };
    },
    asset: async (source, query) => {
      done.push(`asset ${source} ${query}`);
      return null;
    },
    accept: async () => ({ ok: true, durationS: 1 }),
    program: async () => ({ failed: 'exit 1: no', calls: 0, wallS: 1 }),
    look: async () => ({ ok: true, durationS: 1 }),
    read: async () => null,
    concat: async () => ({ ok: true, durationS: 3 }),
    video: () => Promise.reject(new Error('no video model here')),
    sees: () => true,
    frames: async () => [],
    geometry: async () => geometry,
    write: async () => undefined,
    given: () => null,
    repeat: 0,
    signal: new AbortController().signal,
  };
  const topic = { topicId: 'topic-1', title: 'Slopes', language: 'en', ...lesson };
  const production = await code2video.produce(topic, settings, studio);
  const purposes = calls.map(({ tag }) => tag.purpose);
  return {
    production,
    calls,
    done,
    purposes,
    coder: calls.find(({ tag }) => tag.purpose === 'section_code'),
  };
}

const rolesFor = (settings: Record<string, unknown>) => code2video.uses?.(settings);

test('the whole method: two planning calls, one for each section, one look of the critic at each', async () => {
  const { production, purposes } = await make({});
  expect(production.status).toBe('ok');
  expect(purposes.toSorted()).toEqual([
    ...['critique', 'critique', 'critique', 'outline'],
    ...['section_code', 'section_code', 'section_code', 'storyboard'],
  ]);
  expect(rolesFor({})).toEqual(['planner', 'coder', 'critic']);
});

test('without a planner the coder writes the whole lesson as one scene, and no planner is needed', async () => {
  const { purposes, calls, production } = await make({ planner: false });
  expect(purposes).toEqual(['section_code', 'critique']);
  expect(calls[0]?.data).toMatchObject({ prompt: 'code2video/lesson-code', task: 'scene_code' });
  expect(production.sections).toHaveLength(1);
  expect(rolesFor({ planner: false })).toEqual(['coder', 'critic']);
});

test('without references no picture is attached', async () => {
  const referenceImage = { mediaType: 'image/png', bytes: new Uint8Array([1]), sha256: 'a' } as const;
  const images = async (references: boolean) =>
    (await make({ externalDatabase: { references } }, { referenceImage })).calls.map((call) => call.images);
  expect((await images(true)).slice(0, 2)).toEqual([1, 1]);
  expect((await images(false)).slice(0, 2)).toEqual([0, 0]);
});

test('without assets no icon is looked for; else in the source that is named', async () => {
  const found = async (assets: string) =>
    (await make({ externalDatabase: { assets } })).done.filter((line) => line.startsWith('asset'));
  expect(await found('none')).toEqual([]);
  expect(await found('iconify-json')).toEqual(['asset iconify-json robot']);
  expect(await found('iconfinder')).toEqual(['asset iconfinder robot']);
});

describe('anchors', () => {
  test.each(anchorModes)('%s: coder and critic are told of these, and of no others', async (anchors) => {
    const { coder, calls } = await make({ anchors });
    const grid = /^(\d)x\d$/.exec(anchors)?.[1];
    expect(/columns 1 to (\d)/.exec(coder?.reference ?? '')?.[1]).toBe(grid);
    expect(coder?.reference.includes('place_at')).toBe(grid !== undefined);
    expect(coder?.reference.includes('one anchor, its centre')).toBe(anchors === 'centre');
    expect(coder?.reference.includes('Choose the places yourself')).toBe(anchors === 'self');
    const shown = calls.find(({ tag }) => tag.purpose === 'critique')?.data.anchors;
    expect(shown).toEqual(anchors === 'none' ? null : expect.objectContaining({ mode: anchors }));
  });
});

test('without a critic nobody is asked for a critique, and no critic is needed', async () => {
  const { purposes } = await make({ critic: { rounds: 0 } });
  expect(purposes).not.toContain('critique');
  expect(rolesFor({ critic: { rounds: 0 } })).toEqual(['planner', 'coder']);
});

test('sections are made side by side, or one after the other', async () => {
  const order = async (parallel: boolean) =>
    (await make({ parallel, critic: { rounds: 0 } })).done
      .filter((line) => /^(begin|end)/.test(line))
      .join(', ');
  expect(await order(true)).toMatch(/^begin \w+, begin \w+, begin/);
  expect(await order(false)).toMatch(/^begin \w+, end \w+, begin \w+, end \w+, begin/);
});
