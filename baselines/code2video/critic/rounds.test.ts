import { expect, it } from 'vitest';
import { asks, critic, critique, moves, overlapping } from './critic.fixture.ts';

const nothing = critique();
const at = (a: string, b: string) =>
  overlapping
    .replace('Text("alpha"), "B2"', `Text("alpha"), "${a}"`)
    .replace('Text("beta"), "B2"', `Text("beta"), "${b}"`);

it('golden: critic: an edit that helps is kept, and a round that reports nothing is the last', async () => {
  const { outcome, results, renders, purposes, kept } = await critic([critique(moves('D4')), nothing], {
    rounds: 5,
  });
  expect(results).toEqual(['kept', 'nothing_found']);
  expect(outcome).toMatchObject({ folder: 'section_1/round_1', code: at('B2', 'D4'), failures: 0 });
  expect(renders).toEqual(['section_1/round_1']);
  expect(purposes).toEqual(['critique', 'critique']);
  expect(kept('critique.1.json')).toMatchObject({
    result: 'kept',
    applied: [{ action: 'move', object: 'b', to: 'D4' }],
    before: { text_overlap: 1 },
    after: { text_overlap: 0 },
  });
  expect(kept('occupancy.1.json')).toMatchObject([
    { block: 1, elements: [{}, { element: 'a' }, { element: 'b' }] },
  ]);
});

it('golden: critic: a worse edit restores code and video together, and the next round is told', async () => {
  const apart = critique(moves('D4'));
  const { outcome, results, sent, kept } = await critic([apart, critique(moves('B2')), nothing], {
    rounds: 3,
  });
  expect(results).toEqual(['kept', 'rolled_back', 'nothing_found']);
  expect(outcome).toMatchObject({ folder: 'section_1/round_1', code: at('B2', 'D4') });
  expect(sent.map(({ data }) => data.tried)).toEqual([
    undefined,
    undefined,
    [
      {
        result: 'rolled_back',
        reason: expect.stringMatching(/^the penalty rises/),
        edits: [expect.anything()],
      },
    ],
  ]);
  expect(kept('critique.2.json')).toMatchObject({ result: 'rolled_back', after: { text_overlap: 1 } });
});

it('golden: critic: no effective change, no render', async () => {
  const same = await critic([critique(moves('B2'))]);
  expect([same.results, same.renders]).toEqual([['no_edit'], []]);
  expect(same.outcome.rounds[0]?.refused[0]?.reason).toBe('it changes nothing');
  const unknown = await critic([
    critique(moves('G7'), moves('C3', 'ghost'), asks(null), asks({ action: 'fly' })),
  ]);
  expect([unknown.results, unknown.renders]).toEqual([['no_edit'], []]);
  expect(unknown.outcome.rounds[0]?.refused.map(({ reason }) => reason)).toEqual([
    'no anchor "G7" in the grid 6x6',
    'no object "ghost" in the code',
    expect.stringMatching(/^not an edit/),
  ]);
  expect(unknown.outcome.folder).toBe('section_1');
});

it('golden: critic: a failed critic is a recorded failure and never "no issues"', async () => {
  const refusal = { text: critique(), finish: 'refusal' } as const;
  const { outcome, results, purposes, sent } = await critic([
    'All is well.',
    refusal,
    'no',
    critique(moves('D4')),
  ]);
  expect(results).toEqual(['critic_failed', 'kept']);
  expect(purposes).toEqual(['critique', 'critique_correction', 'critique', 'critique_correction']);
  expect(outcome).toMatchObject({ failures: 3, folder: 'section_1/round_2' });
  expect(outcome.rounds[0]?.reason).toBe('the answer is not whole (refusal)');
  expect(sent[1]?.data).toMatchObject({
    task: 'critique',
    answer: 'All is well.',
    problem: expect.stringContaining('no complete JSON'),
  });
});

it('an edited scene that does not check, render or measure is rolled back, and its edits are not run again', async () => {
  const rewrite = asks({ action: 'rewrite', block: 1, instruction: 'better' });
  const coder = (word: string) => `\`\`\`python\nself.line(1)\n${word} = 1\n\`\`\``;
  const of = (word: string) => critic([critique(rewrite), coder(word), critique(rewrite)]);
  const check = await of('BadCheck');
  expect(check.results).toEqual(['does_not_check', 'repeats']);
  expect(check.renders).toEqual([]);
  expect(check.purposes).toEqual(['critique', 'rewrite_block', 'critique']);
  const render = await of('BadRender');
  expect(render.results).toEqual(['does_not_render', 'repeats']);
  expect(render.outcome).toMatchObject({ code: overlapping, folder: 'section_1' });
  expect((await of('BadGeometry')).results).toEqual(['rolled_back', 'repeats']);
  const look = await critic([critique(rewrite), coder('BadLook')]);
  expect(look.results).toEqual(['no_edit']);
  expect(look.outcome.rounds[0]?.refused[0]?.reason).toContain('fails: TypeError');
});

it('the edits of an earlier round are not made again, kept or not: a pause would grow with each round', async () => {
  const pause = critique(asks({ action: 'retime', block: 1, wait_s: 1.5 }));
  const { results, outcome, sent } = await critic([pause, pause], { rounds: 5 });
  expect(results).toEqual(['kept', 'repeats']);
  expect(outcome.code).toBe(`${overlapping}        self.wait(1.5)\n`);
  expect(sent[1]?.data.tried).toBeUndefined();
});

it('a rewrite gets the lines of its block alone, and is asked for twice a round at most', async () => {
  const rewrite = (instruction: string) => asks({ action: 'rewrite', block: 1, instruction });
  const coder = '```python\nself.line(1)\nself.wait(5)\n```';
  const { sent, purposes, outcome } = await critic(
    [critique(rewrite('one'), rewrite('two'), rewrite('three'), moves('D4')), coder, 'no code'],
    { rounds: 1 },
  );
  expect(purposes).toEqual(['critique', 'rewrite_block', 'rewrite_block']);
  expect(sent[1]).toMatchObject({
    role: 'coder',
    prompt: 'code2video/rewrite-block',
    data: {
      task: 'rewrite',
      scope: { kind: 'block', start: 8, end: 12 },
      problem: { instruction: 'one' },
      names: expect.arrayContaining(['a', 'b', 'self.place_at(mobject, cell, scale=1.0)', 'ACCENT']),
    },
  });
  expect(sent[1]?.data.code).toHaveLength(5);
  expect(JSON.stringify(sent[1]?.data.code)).toContain('D4');
  // The words are gone, and with them the overlap: that is worse all the same.
  expect(outcome.rounds[0]).toMatchObject({ result: 'rolled_back', reason: 'no longer shown: "alpha"' });
  expect(outcome.rounds[0]?.refused.map(({ reason }) => reason)).toEqual([
    "the coder's answer (stop) holds no code for the block",
    'more than 2 rewrites in a round',
  ]);
});

it('a rewrite that is cut or refused changes nothing, whatever code it holds', async () => {
  const rewrite = asks({ action: 'rewrite', block: 1, instruction: 'better' });
  const text = '```python\nself.line(1)\nself.wait(5)\n```';
  for (const finish of ['length', 'refusal'] as const) {
    const { outcome } = await critic([critique(rewrite), { text, finish }], { rounds: 1 });
    expect(outcome.rounds[0]).toMatchObject({
      result: 'no_edit',
      refused: [{ reason: `the coder's answer is not whole (${finish})` }],
    });
  }
});

it('a rewrite that takes a lecture line out of its block is refused', async () => {
  const rewrite = asks({ action: 'rewrite', block: 1, instruction: 'better' });
  const { outcome } = await critic([critique(rewrite), '```python\nself.wait(5)\n```'], { rounds: 1 });
  expect(outcome.rounds[0]).toMatchObject({
    result: 'no_edit',
    refused: [{ reason: 'the block as rewritten does not light the lecture lines that it did' }],
  });
});

it('only a critic that sees is sent frames, each with its time before it', async () => {
  const blind = await critic([nothing]);
  expect(blind.sent[0]?.content.map(({ type }) => type)).toEqual(['text']);
  const seeing = await critic([nothing], { sees: true });
  expect(seeing.sent[0]?.content.slice(0, 2)).toEqual([
    { type: 'text', text: 'Frame at 2.0 s:' },
    expect.objectContaining({ type: 'image', source: 'section_1/video.mp4@2.000' }),
  ]);
});

it('a critic that compares can take back what measures no worse; an unreadable comparison is a failure that decides nothing', async () => {
  const back = await critic([critique(moves('D4')), '{"better": "before"}'], { compares: true, rounds: 1 });
  expect(back.results).toEqual(['rolled_back']);
  expect(back.purposes).toEqual(['critique', 'compare']);
  expect(back.outcome.code).toBe(overlapping);
  const odd = await critic([critique(moves('D4')), 'the second', 'well'], { compares: true, rounds: 1 });
  expect([odd.results, odd.outcome.failures]).toEqual([['kept'], 1]);
  expect(odd.purposes).toEqual(['critique', 'compare', 'compare_correction']);
});

it('without rounds nobody is asked', async () => {
  const { sent, done, outcome } = await critic([], { rounds: 0 });
  expect([sent, done, outcome.folder]).toEqual([[], [], 'section_1']);
});
