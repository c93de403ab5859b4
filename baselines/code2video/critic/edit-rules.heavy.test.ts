import { expect, it } from 'vitest';
import type { Edit } from './critique.ts';
import { edited, to } from './edited.fixture.ts';

it('golden: critic: an edit that cannot be meant is refused, with its reason, before anything runs', async () => {
  const cases: [Edit, string][] = [
    [to('ghost', 'C3'), 'no object "ghost" in the code'],
    [to('a); import os; (a', 'C3'), 'no object "a); import os; (a" in the code'],
    [to('self', 'C3'), 'the scene itself is no object'],
    [to('self.title', 'C3'), 'title and lecture lines keep their places'],
    [to('a', 'G7'), 'no anchor "G7" in the grid 6x6'],
    [to('a', ['A1', 'A0']), 'no anchor "A0" in the grid 6x6'],
    [to('a', { x: 1, y: 1 }), 'no anchor {"x":1,"y":1} in the grid 6x6'],
    [{ action: 'rescale', object: 'a', factor: 9 }, 'the factor is not 0.2 to 3'],
    [{ action: 'restyle', object: 'a', color: 'red")' }, 'not a colour of the lesson or #rrggbb'],
    [{ action: 'restyle', object: 'a', opacity: 7 }, 'the opacity is not 0.3 to 1'],
    [{ action: 'restyle', object: 'a', opacity: 0 }, 'the opacity is not 0.3 to 1'],
    ...['#000000', '#202020', 'BACKGROUND'].map((color): [Edit, string] => [
      { action: 'restyle', object: 'a', color },
      'too dark for the ground: the contrast is less than 3:1',
    ]),
    [{ action: 'restyle', object: 'a' }, 'neither colour nor opacity is given'],
    [{ action: 'retime', block: 1, waitS: 99 }, 'a pause of 99 s is not above 0 and at most 10'],
    [{ action: 'rewrite', block: 7, instruction: 'x' }, 'there is no block 7'],
  ];
  const lines = ['self.line(1)', 'a = self.place_at(Dot(), "B2")', 'self.add(a)'];
  const { refused, changed } = await edited(
    lines,
    cases.map(([edit]) => edit),
  );
  expect(refused.map(({ reason }) => reason)).toEqual(cases.map(([, reason]) => reason));
  expect(changed).toEqual([]);
});

it('two edits of one place, and the ninth of a round, are refused', async () => {
  const lines = [
    'self.line(1)',
    ...Array.from('abcdefghi', (name) => `${name} = self.place_at(Dot(), "B2")`),
    'self.wait(1)',
  ];
  const twice = await edited(lines, [to('a', 'C3'), to('a', 'C4')]);
  expect(twice.refused).toMatchObject([{ reason: 'another edit changes the same place' }]);
  const many = await edited(
    lines,
    Array.from('abcdefghi', (name) => to(name, 'C3')),
  );
  expect([many.applied.length, many.refused]).toMatchObject([
    8,
    [{ reason: 'more than 8 edits in a round' }],
  ]);
});

it('a mode without a grid moves things to points', async () => {
  const lines = ['self.line(1)', 'a = Dot().move_to([1, 1, 0])', 'b = Dot().to_edge(UP)', 'self.add(a, b)'];
  const { changed } = await edited(lines, [to('a', { x: 2.5, y: -1 }), to('b', { x: 1, y: 2 })], 'self');
  expect(changed).toEqual(['a = Dot().move_to([2.5, -1, 0])', 'b.move_to([1, 2, 0])']);
});

it('a variable of a helper is not taken for one of the same name in construct', async () => {
  const lines = [
    'self.line(1)',
    'dot = Dot()',
    'self.play(UpdateFromAlphaFunc(dot, lambda m, a: m.set_opacity(a)))',
    'a = Dot()',
    'self.play(FadeIn(a))',
  ];
  const { all } = await edited(lines, [to('a', 'C3')]);
  expect(all.slice(-3)).toEqual(['a = Dot()', 'self.place_at(a, "C3")', 'self.play(FadeIn(a))']);
});
