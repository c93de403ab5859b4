import { describe, expect, it } from 'vitest';
import type { Edit } from './critique.ts';
import { edited, to } from './edited.fixture.ts';

describe.concurrent('golden: critic: an edit changes its placing call and nothing else', () => {
  it.each<[string, string, Edit, string]>([
    [
      'an assignment keeps its left side',
      'a = self.place_at(Dot(), "B2")',
      to('a', 'C4'),
      'a = self.place_at(Dot(), "C4")',
    ],
    [
      'nested brackets and a positional scale',
      'a = self.place_at(VGroup(Dot(), Text("b(2")), "B2", 0.8)',
      to('a', 'D1'),
      'a = self.place_at(VGroup(Dot(), Text("b(2")), "D1", 0.8)',
    ],
    [
      'spaced keywords',
      "a = self.place_at(mobject=Dot(), scale = 2, cell = 'B2')",
      to('a', 'C4'),
      'a = self.place_at(mobject=Dot(), scale = 2, cell = "C4")',
    ],
    [
      'an area',
      'a = self.place_in(Square(), "A1", bottom_right="B2")',
      to('a', ['C3', 'D4']),
      'a = self.place_in(Square(), "C3", bottom_right="D4")',
    ],
    [
      'a point',
      'a = Text("é𝕏").move_to([1, 2, 0])',
      to('a', 'C4'),
      'a = Text("é𝕏").move_to(self.anchor("C4"))',
    ],
    [
      'a cell where an area stood',
      'a = self.place_in(Square(), "A1", "B2")',
      to('a', 'C4'),
      'self.place_at(a, "C4")',
    ],
    [
      'an area where a cell stood',
      'a = self.place_at(Square(), "A1")',
      to('a', ['C4', 'D5']),
      'self.place_in(a, "C4", "D5")',
    ],
    [
      'a neighbour: a new statement',
      'a = Dot().next_to(self.lecture, RIGHT).shift(UP)',
      to('a', 'C4'),
      'self.place_at(a, "C4")',
    ],
    [
      'a call in another',
      'a = self.place_at(Dot(), "B2").shift(UP)',
      to('a', 'C4'),
      'self.place_at(a, "C4")',
    ],
    [
      'a comprehension',
      'a = VGroup(*[Dot().move_to([i, 0, 0]) for i in range(2)])',
      to('a', 'C4'),
      'self.place_at(a, "C4")',
    ],
    ['no placing call at all', 'a = Dot()', to('a', 'C4'), 'self.place_at(a, "C4")'],
    [
      'scale: the number there',
      'a = self.place_at(Dot(), "B2", scale=0.8)',
      { action: 'rescale', object: 'a', factor: 0.5 },
      'a = self.place_at(Dot(), "B2", scale=0.4)',
    ],
    [
      'scale: none there',
      'a = self.place_at(Dot(), "B2")',
      { action: 'rescale', object: 'a', factor: 2 },
      'a = self.place_at(Dot(), "B2", scale=2)',
    ],
    [
      'scale of what is placed otherwise',
      'a = Dot().to_edge(UP)',
      { action: 'rescale', object: 'a', factor: 2 },
      'a.scale(2)',
    ],
    [
      'a colour',
      'a = Dot().to_edge(UP)',
      { action: 'restyle', object: 'a', color: 'GOOD' },
      'a.set_color(GOOD)',
    ],
    ['a part', 'a = VGroup(Dot(), Dot()).arrange()', to('a[1]', 'C4'), 'self.place_at(a[1], "C4")'],
  ])('%s', async (_what, line, edit, expected) => {
    const { changed, refused, rewrites } = await edited(
      ['self.line(1)', line, 'self.add(a)', 'self.wait()'],
      [edit],
    );
    expect([changed, refused, rewrites]).toEqual([[expected], [], []]);
  });

  it('calls of several lines, several calls in a line, comments', async () => {
    const { changed, all } = await edited(
      [
        'self.line(1)',
        'a, b = Dot(), Dot()',
        '# self.place_at(a, "A1")',
        'self.place_at(a, "B2"); self.place_at(b, "B2")',
        'c = self.place_at(',
        '    Square(),',
        '    "B2",  # here',
        ')',
        'self.add(a, b, c)',
      ],
      [to('b', 'C3'), to('c', 'D4', 10), to('a', 'E5', 99)],
    );
    expect(changed).toEqual(['self.place_at(a, "E5"); self.place_at(b, "C3")', '    "D4",  # here']);
    expect(all).toHaveLength(9);
  });

  it('the line decides where an object is placed twice, else the block in which it is seen', async () => {
    const lines = [
      'self.line(1)',
      'a = self.place_at(Dot(), "B2")',
      'self.line(2)',
      'self.play(a.animate.move_to([1, 1, 0]))',
    ];
    expect((await edited(lines, [to('a', 'C3', 7)])).changed).toEqual(['a = self.place_at(Dot(), "C3")']);
    expect((await edited(lines, [to('a', 'C3')])).changed).toEqual([
      'self.play(a.animate.move_to(self.anchor("C3")))',
    ]);
  });

  it('an object without a variable is moved in its line, or rewritten', async () => {
    const one = ['self.line(1)', 'self.play(FadeIn(self.place_at(Text("hi"), "B2")))'];
    expect((await edited(one, [to('Text', 'C3', 7)])).changed).toEqual([
      'self.play(FadeIn(self.place_at(Text("hi"), "C3")))',
    ]);
    const other = ['self.line(1)', 'self.play(FadeIn(Text("hi").to_edge(UP)))'];
    expect((await edited(other, [to('Text', 'C3', 7)])).rewrites).toMatchObject([
      { block: 1, instruction: 'Move Text to the anchor C3.' },
    ]);
  });

  it('what stands in a loop, a helper or an updater is left to a rewrite', async () => {
    const loop = [
      'self.line(1)',
      'for i in range(3):',
      '    a = self.place_at(Dot(), "B2")',
      '    self.add(a)',
    ];
    expect(await edited(loop, [to('a', 'C3')])).toMatchObject({ changed: [], rewrites: [{ block: 1 }] });
    const updater = ['self.line(1)', 'a = always_redraw(lambda: Dot().move_to([1, 0, 0]))', 'self.add(a)'];
    expect(await edited(updater, [to('a', 'C3')])).toMatchObject({ changed: [], rewrites: [{ block: 1 }] });
    const list = [
      'self.line(1)',
      'parts = []',
      'for i in range(3):',
      '    parts.append(Dot())',
      'self.add(*parts)',
    ];
    expect((await edited(list, [to('parts[2]', 'C3')])).all.slice(4)).toEqual([
      'self.place_at(parts[2], "C3")',
      'self.add(*parts)',
    ]);
  });

  it('a pause comes last in its block, but before the stage is cleared', async () => {
    const lines = [
      'self.line(1)',
      'a = Dot()',
      'self.add(a)',
      'self.clear_stage()',
      'self.line(2)',
      'self.wait(1)',
    ];
    const retime = (block: number): Edit => ({ action: 'retime', block, waitS: 1.5 });
    const { all, refused } = await edited(lines, [retime(1), retime(2), retime(3)]);
    expect(all).toEqual([...lines.slice(0, 3), 'self.wait(1.5)', ...lines.slice(3), 'self.wait(1.5)']);
    expect(refused.map(({ reason }) => reason)).toEqual(['there is no block 3']);
  });
});
