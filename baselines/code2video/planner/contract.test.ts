import { describe, expect, test } from 'vitest';
import { lengthOf } from './contract.ts';
import { json, outline, plan, section, storyboard } from './planner.fixture.ts';

const robot = { name: 'robot', purpose: '' };

describe('golden: the storyboard contract', () => {
  test('sends what is broken back once, named by section, line and rule', async () => {
    const long = { sections: [section('section_1', 3, 14), ...storyboard().sections.slice(1)] };
    const { purposes, requests, files } = await plan([json(outline()), json(long), json(storyboard())]);
    expect(purposes).toEqual(['outline', 'storyboard', 'storyboard_correction']);
    expect(requests[2]?.data.problem).toContain('section_1, line 2: words_per_line is 14, allowed 10');
    expect(requests[2]?.data.answer).toContain('lecture_lines');
    expect(files.get('contract.json')).toMatchObject({ storyboard: { corrected: true, broken: [] } });
  });

  test('records by how much it is broken when the planner does not mend it, and goes on', async () => {
    const long = json({ sections: [section('section_1', 3, 14), ...storyboard().sections.slice(1)] });
    const { plan: made, files } = await plan([json(outline()), long, long]);
    expect(made.ok).toBe(true);
    expect(files.get('contract.json')).toMatchObject({
      storyboard: {
        corrected: true,
        broken: [1, 2, 3].map((line) => ({
          rule: 'words_per_line',
          section: 'section_1',
          line,
          found: 14,
          allowed: 10,
        })),
      },
    });
  });

  test('keeps the better of two answers: a usable one is not thrown away for one that is not', async () => {
    const long = json({ sections: [section('section_1', 3, 14), ...storyboard().sections.slice(1)] });
    const { plan: made } = await plan([json(outline()), long, 'Sorry, I lost it.']);
    expect(made.ok).toBe(true);
  });

  test.each([
    [
      'more than three key sections',
      { sections: [4, 5, 4, 5].map((n, i) => section(`section_${i + 1}`, n)) },
      'key_sections',
    ],
    [
      'two lecture lines',
      { sections: [section('section_1', 2), ...storyboard(4).sections.slice(1)] },
      'lecture_lines',
    ],
    [
      'a colour that is none',
      { sections: storyboard(4).sections.map((s) => ({ ...s, animations: ['#FFD', 'b', 'c'] })) },
      'colour_code',
    ],
    [
      'a section of an hour',
      { sections: storyboard(4).sections.map((s) => ({ ...s, duration_s: 3000 })) },
      'duration_s',
    ],
    ['fewer sections than the outline', storyboard(3), 'as_many_sections'],
    [
      'more icons than a lesson may have',
      {
        sections: storyboard(4).sections.map((s) => ({
          ...s,
          assets: ['a', 'b', 'c'].map((name) => ({ name })),
        })),
      },
      'assets',
    ],
  ])('names %s', async (_what, board, rule) => {
    const { requests, plan: made } = await plan([json(outline(4)), json(board), json(board)]);
    expect(requests[2]?.data.problem).toContain(rule);
    expect(made.ok).toBe(true);
  });

  test('never erases a section for its icons: only those over the limit are left out', async () => {
    const board = {
      sections: storyboard(4).sections.map((s) => ({
        ...s,
        assets: ['a', 'b', 'c'].map((name) => ({ name })),
      })),
    };
    const { plan: made } = await plan([json(outline(4)), json(board), json(board)]);
    const sections = made.ok ? made.storyboard.sections : [];
    expect(sections.map(({ assets = [] }) => assets.length)).toEqual([2, 2, 0, 0]);
    expect(sections.every(({ animations }) => animations.length === 3)).toBe(true);
  });

  test.each([
    [
      'icons',
      { assets: [{ name: 'x'.repeat(41) }, { name: '' }, 7, 'robot'] },
      'asset_name',
      { assets: [robot] },
    ],
    ['an icon without a list', { assets: 'robot' }, null, { assets: [robot] }],
    ['no list of icons', { assets: null }, null, {}],
    ['no duration', { duration_s: null }, null, {}],
    ['a duration in words', { duration_s: 'long' }, 'duration_s', {}],
    ['a duration with its unit', { duration_s: '20 s' }, null, { durationS: 20 }],
    ['a duration below zero', { duration_s: -3 }, 'duration_s', {}],
    ['no id', { id: null }, 'ids_in_order', {}],
  ])('is not lost for a hint that is odd: %s', async (_what, odd, rule, kept) => {
    const [first, ...others] = storyboard().sections.map(({ duration_s: _, ...rest }) => rest);
    const board = json({ sections: [{ ...first, ...odd }, ...others] });
    const { plan: made, requests } = await plan([json(outline()), board, board]);
    const { id, title, lecture_lines: lectureLines, animations } = section('section_1');
    expect(made.ok && made.storyboard.sections[0]).toEqual({ id, title, lectureLines, animations, ...kept });
    if (rule === null) expect(requests).toHaveLength(2);
    else expect(requests[2]?.data.problem).toContain(rule);
  });

  test('brings sections back into the order of the outline, and says that they were not', async () => {
    const board = json({ sections: [2, 3, 1].map((n) => section(`section_${n}`)) });
    const { plan: made, requests } = await plan([json(outline()), board, board]);
    const sections = made.ok ? made.storyboard.sections : [];
    expect(sections.map(({ id, title }) => `${title} is ${id}`)).toEqual(
      [1, 2, 3].map((n) => `About section_${n} is section_${n}`),
    );
    expect(requests[2]?.data.problem).toContain('ids_in_order');
    const byHand = await plan([], { given: { storyboard: board } });
    expect(byHand.plan.ok && byHand.plan.storyboard.sections[0]?.title).toBe('About section_2');
  });

  test('does not lose sections to a correction that has fewer faults', async () => {
    const long = { sections: Array.from({ length: 4 }, (_, i) => section(`section_${i + 1}`, 3, 14)) };
    const { plan: made } = await plan([json(outline(4)), json(long), json(storyboard(1))]);
    expect(made.ok && made.storyboard.sections).toHaveLength(4);
  });

  test.each([
    ['ten words and numbers, with signs', 'The area is 4 · (a + b), so well-known here now', 0],
    ['eleven', 'One two three four five six seven eight nine ten eleven', 1],
    ['eleven with dashes for spaces', 'One—two—three—four—five/six seven eight nine ten eleven', 1],
    ['Korean, which has spaces', '하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 열하나', 1],
    ['24 Thai characters with their marks', 'น้ำ'.repeat(8).concat('ที่'.repeat(8)), 0],
    ['25 Japanese characters', 'かな漢字カタ'.repeat(4).concat('。'), 1],
  ])('measures a line of %s', (_what, line, broken) => {
    expect(lengthOf(line, 'section_1', 1)).toHaveLength(broken);
  });

  test('counts characters where words are not set apart', async () => {
    const line = '这一行文字实在是太长了根本不可能放进画面左边的那一栏里面去';
    const board = {
      sections: storyboard().sections.map((s) => ({ ...s, lecture_lines: [line, '短', '也短'] })),
    };
    const { requests } = await plan([json(outline()), json(board), json(board)]);
    expect(requests[2]?.data.problem).toContain('section_1, line 1: characters_per_line is 29, allowed 24');
  });

  test.each([
    [
      'an animation is missing',
      { sections: [{ ...section('section_1'), animations: ['one'] }] },
      /one animation for each/,
    ],
    ['500 sections', storyboard(500), /more than 12 sections/],
    ['no section', { sections: [] }, /no sections/],
    [
      'a lecture line of a hundred lines',
      { sections: [{ ...section('section_1'), lecture_lines: ['x\n'.repeat(400), 'b', 'c'] }] },
      /too big|300/i,
    ],
  ])('is no plan at all when %s', async (_what, board, problem) => {
    const { plan: made, purposes, files } = await plan([json(outline()), json(board), json(board)]);
    expect(made).toMatchObject({ ok: false, stage: 'storyboard', problem: expect.stringMatching(problem) });
    expect(purposes).toHaveLength(3);
    expect(files.has('storyboard.json')).toBe(false);
    expect(files.has('contract.json')).toBe(true);
  });
});
