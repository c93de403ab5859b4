import { describe, expect, test } from 'vitest';
import { unknownUsage } from '../../harness/models/chat.ts';
import type { VideoWish } from '../../harness/models/video.ts';
import type { CallTag, Studio } from '../method.ts';
import { pixelSpace } from './pixel-space.ts';

const lesson = { topicId: 'topic-1', title: 'Rings', language: 'en' };
const shots = (count: number) =>
  JSON.stringify({
    shots: Array.from({ length: count }, (_, i) => ({ title: `S${i}`, prompt: `shot ${i}` })),
  });
const bad = (reason: string) => ({ ok: false as const, refused: false, reason });

/** Produces with a planner that answers in turn and a generator that answers by the prompt. */
async function produce(
  settings: object,
  replies: readonly string[] = [],
  generate: (prompt: string) => Awaited<ReturnType<Studio['video']>> = () => ({ ok: true, durationS: 5 }),
  repeat = 0,
) {
  const wishes: (VideoWish & { tag: CallTag; target: string })[] = [];
  const asked: { data: Record<string, unknown>; purpose: string }[] = [];
  let joined: readonly string[] = [];
  let data: Record<string, unknown> = {};
  const absent = () => {
    throw new Error('pixel space has no use for this');
  };
  const studio: Studio = {
    prompt: (name, given) => {
      data = given;
      return name;
    },
    chat: async (_role, _request, { purpose }) => {
      asked.push({ data, purpose });
      const text = replies[asked.length - 1];
      if (text === undefined) throw new Error('a call too many');
      return { text, finish: text === '' ? 'refusal' : 'stop', usage: unknownUsage, servedModel: null };
    },
    video: async (wish, target, tag) => {
      wishes.push({ ...wish, target, tag });
      return generate(wish.prompt);
    },
    accept: async () => ({ ok: true, durationS: 1 }),
    program: async () => ({ failed: 'exit 1: no', calls: 0, wallS: 1 }),
    look: async () => ({ ok: true, durationS: 1 }),
    read: async () => null,
    concat: async (parts) => {
      joined = parts;
      return { ok: true, durationS: 5 * parts.length };
    },
    write: async () => undefined,
    ...{
      given: () => null,
      sees: () => false,
      asset: absent,
      inspect: absent,
      check: absent,
      render: absent,
    },
    ...{ frames: absent, geometry: absent, repeat, signal: new AbortController().signal },
  };
  const production = await pixelSpace.produce(lesson, pixelSpace.settings.parse(settings), studio);
  return { production, wishes, asked, joined };
}

describe('golden: a lesson in one clip, as in the paper', () => {
  test('asks for one clip in the size and length that are set, with a seed of its own for each repeat', async () => {
    const { production, wishes, asked } = await produce({ seconds: 4, fps: 24, seed: 3 }, [], undefined, 2);
    expect(production).toMatchObject({ status: 'ok', video: 'video.mp4' });
    expect(wishes).toMatchObject([{ prompt: 'pixel-space/video', seconds: 4, fps: 24, seed: 5 }]);
    expect(asked).toEqual([]);
    expect(pixelSpace.uses?.(pixelSpace.settings.parse({}))).toEqual(['video-generator']);
  });

  test('takes a file that is none, and a refusal, as its own failure with the cause', async () => {
    const wrong = await produce({}, [], () => bad('it is not an mp4 that can be read'));
    expect(wrong.production).toMatchObject({ status: 'method_failed', cause: 'no_video', video: null });
    expect(wrong.production.message).toContain('it is not an mp4');
    const refused = await produce({}, [], () => ({ ok: false, refused: true, reason: 'safety' }));
    expect(refused.production).toMatchObject({ status: 'refused' });
  });

  test('refuses a width without a height', () => {
    expect(pixelSpace.settings.safeParse({ width: 640 }).success).toBe(false);
    expect(pixelSpace.settings.safeParse({ width: 640, height: 360 }).success).toBe(true);
  });
});

describe('a lesson in shots', () => {
  test('has a planner write each shot, and joins the clips in the order of the plan', async () => {
    const { production, wishes, asked, joined } = await produce({ shots: 3 }, [shots(3)]);
    expect(asked).toMatchObject([{ data: { task: 'shots', shots: 3 }, purpose: 'shots' }]);
    expect(wishes.map(({ prompt, tag }) => [prompt, tag.section])).toEqual([
      ['shot 0', 'shot_1'],
      ['shot 1', 'shot_2'],
      ['shot 2', 'shot_3'],
    ]);
    expect(joined).toEqual(['shot_1.mp4', 'shot_2.mp4', 'shot_3.mp4']);
    expect(production).toMatchObject({ status: 'ok', sections: [{ title: 'S0', rendered: true }, {}, {}] });
    expect(pixelSpace.uses?.(pixelSpace.settings.parse({ shots: 3 }))).toContain('planner');
  });

  test('is partial when a shot fails, and says which and why', async () => {
    const { production, joined } = await produce({ shots: 3 }, [shots(3)], (prompt) =>
      prompt === 'shot 1' ? bad('it is empty') : { ok: true, durationS: 5 },
    );
    expect(joined).toEqual(['shot_1.mp4', 'shot_3.mp4']);
    expect(production).toMatchObject({
      status: 'partial',
      cause: 'shots_missing',
      message: 'shot_2: it is empty',
    });
  });

  test('is its own failure when no shot can be used', async () => {
    const { production } = await produce({ shots: 2 }, [shots(2)], () => bad('it is empty'));
    expect(production).toMatchObject({ status: 'method_failed', cause: 'no_video', video: null });
    expect(production.sections).toHaveLength(2);
  });

  test('shows the planner once what is wrong with its plan, and then gives up', async () => {
    const mended = await produce({ shots: 2 }, [shots(3), shots(2)]);
    expect(mended.asked.map(({ purpose }) => purpose)).toEqual(['shots', 'shots_correction']);
    expect(mended.production.status).toBe('ok');
    const useless = await produce({ shots: 2 }, ['no', 'no']);
    expect(useless.production).toMatchObject({ status: 'method_failed', cause: 'plan_unusable' });
    expect((await produce({ shots: 2 }, ['', ''])).production.status).toBe('refused');
    expect(useless.wishes).toEqual([]);
  });

  test('passes on a failure of ours when all shots have ended', async () => {
    let ended = 0;
    const work = produce({ shots: 3 }, [shots(3)], (prompt) => {
      ended++;
      if (prompt === 'shot 0') throw new Error('the network is down');
      return { ok: true, durationS: 5 };
    });
    await expect(work).rejects.toThrow('the network is down');
    expect(ended).toBe(3);
  });
});
