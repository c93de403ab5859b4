import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { json, outline, plan, section, storyboard } from './planner.fixture.ts';

describe('a lesson is planned', () => {
  test('in two calls where nothing is wrong, each stage kept as a file', async () => {
    const { plan: made, purposes, files } = await plan([json(outline()), json(storyboard())]);
    expect(made).toMatchObject({
      ok: true,
      storyboard: { sections: [{ id: 'section_1', durationS: 20 }, {}, {}] },
    });
    expect(purposes).toEqual(['outline', 'storyboard']);
    expect([...files.keys()]).toEqual(['outline.json', 'storyboard.json', 'contract.json']);
    expect(files.get('contract.json')).toMatchObject({
      outline: { corrected: false, broken: [] },
      storyboard: { corrected: false, broken: [] },
    });
  });

  test('golden: names of sections are made safe and unique before anything is written', async () => {
    const odd = ['sec-1', '../../x', 'section 3', 'section_3', ''].map((id, i) => ({
      ...section(id),
      title: `T${i}`,
    }));
    const board = { sections: odd };
    const { plan: made, files } = await plan([json(outline(5)), json(board), json(board)]);
    const ids = made.ok ? made.storyboard.sections.map(({ id }) => id) : [];
    expect(ids).toEqual(['section_1', 'section_2', 'section_3', 'section_4', 'section_5']);
    expect(JSON.stringify([...files.keys()])).not.toContain('..');
    const broken = JSON.stringify(files.get('contract.json'));
    expect(broken).toContain('"ids_in_order","found":"../../x"');
  });

  test('golden: eleven sections keep the order of the plan', async () => {
    const { plan: made } = await plan([json(outline(10)), json(storyboard(11)), json(storyboard(11))]);
    const titles = made.ok ? made.storyboard.sections.map(({ title }) => title) : [];
    expect(titles).toEqual(Array.from({ length: 11 }, (_, i) => `About section_${i + 1}`));
  });
});

describe('golden: JSON recovery', () => {
  const good = outline();
  const text = JSON.stringify(good, null, 1);
  test.each([
    ['a json fence', `\`\`\`json\n${text}\n\`\`\``],
    ['a JSON fence', `Here it is.\n\n\`\`\`JSON\n${text}\n\`\`\`\nGood luck!`],
    ['a fence without a tag', `\`\`\`\n${text}\n\`\`\``],
    ['nothing around', text],
    ['prose around, with braces', `Certainly, for {rings}! ${text} I hope this {helps}.`],
    [
      'a fence inside a string',
      `\`\`\`json\n${JSON.stringify({ ...good, note: 'use ```python\nx\n```' })}\n\`\`\``,
    ],
  ])('reads %s', async (_form, reply) => {
    const { plan: made, purposes } = await plan([reply, json(storyboard())]);
    expect(made.ok).toBe(true);
    expect(purposes).toEqual(['outline', 'storyboard']);
  });

  test('a cut answer costs one more request and is kept nowhere', async () => {
    const cut = { text: `\`\`\`json\n${text.slice(0, 200)}`, finish: 'length' as const };
    const { plan: made, purposes, files } = await plan([cut, cut]);
    expect(made).toMatchObject({ ok: false, stage: 'outline', refused: false });
    expect(purposes).toEqual(['outline', 'outline_correction']);
    expect([...files.keys()]).toEqual(['contract.json']);
  });

  test('an outline without its audience costs one more request', async () => {
    const { target_audience: _, ...rest } = good;
    const { purposes, plan: made } = await plan([json(rest), json(good), json(storyboard())]);
    expect(purposes).toEqual(['outline', 'outline_correction', 'storyboard']);
    expect(made.ok).toBe(true);
  });
});

test.each(['refusal', 'content_filter'] as const)(
  'a planner that ends with %s is said to refuse',
  async (finish) => {
    const no = { text: 'I cannot help with that.', finish };
    for (const replies of [
      [no, no],
      [no, 'I still do not want to.'],
      ['Hm.', no],
    ]) {
      const { plan: made } = await plan(replies);
      expect(made).toMatchObject({ ok: false, stage: 'outline', refused: true });
    }
  },
);

test('a plan in an answer that is cut or refused is not taken for whole', async () => {
  for (const finish of ['length', 'other', 'refusal', 'content_filter'] as const) {
    const odd = { text: `${json(outline())}\nNo, better:`, finish };
    const { plan: made, requests, purposes } = await plan([odd, json(outline(4)), json(storyboard(4))]);
    expect(purposes).toEqual(['outline', 'outline_correction', 'storyboard']);
    expect(requests[1]?.data.problem).toBe(`the answer is not whole (${finish})`);
    expect(made.ok && made.storyboard.sections.length).toBe(4);
    expect((await plan([odd, odd])).plan.ok).toBe(false);
  }
});

test('whatever a planner says, it is asked four times at most', async () => {
  const reply = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constant(json(outline())),
    fc.constant(json(storyboard())),
    fc
      .record({
        sections: fc.array(
          fc.record({
            id: fc.anything(),
            title: fc.string(),
            lecture_lines: fc.array(fc.string()),
            animations: fc.array(fc.string()),
          }),
        ),
      })
      .map(json),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(reply, { minLength: 4, maxLength: 4 }), async (replies) => {
      const { requests } = await plan(replies);
      expect(requests.length).toBeLessThanOrEqual(4);
    }),
    { numRuns: 300 },
  );
});

describe('the picture of the topic', () => {
  const referenceImage = { mediaType: 'image/png', bytes: new Uint8Array([1, 2]), sha256: 'abc' } as const;
  const images = (requests: Awaited<ReturnType<typeof plan>>['requests']) =>
    requests.map(({ request, data }) => [
      request.messages[0]?.content.filter((part) => part.type === 'image').length,
      data.referenceImage,
    ]);

  test('is truly attached to every planning call, corrections included', async () => {
    const { requests, files } = await plan(['nothing', json(outline()), json(storyboard())], {
      lesson: { referenceImage },
    });
    expect(images(requests)).toEqual([
      [1, true],
      [1, true],
      [1, true],
    ]);
    expect(files.get('contract.json')).toMatchObject({ picture: { sent: true, sha256: 'abc' } });
  });

  test.each([
    ['switched off', { lesson: { referenceImage }, settings: { externalDatabase: { references: false } } }],
    ['takes no pictures', { lesson: { referenceImage }, sees: false }],
    ['no picture', {}],
  ])('is not, and the folder says why: %s', async (why, options) => {
    const { requests, files } = await plan([json(outline()), json(storyboard())], options);
    expect(images(requests)).toEqual([
      [0, false],
      [0, false],
    ]);
    expect(files.get('contract.json')).toMatchObject({
      picture: { sent: false, why: expect.stringContaining(why) },
    });
  });
});

describe('a stage that a person edited', () => {
  test('is gone on from, without a call for the stages before it', async () => {
    const edited = JSON.stringify(storyboard(2));
    const { plan: made, purposes } = await plan([], { given: { storyboard: edited } });
    expect(made).toMatchObject({ ok: true });
    expect(purposes).toEqual([]);
    const board = await plan([json(storyboard())], { given: { outline: JSON.stringify(outline()) } });
    expect(board.purposes).toEqual(['storyboard']);
  });

  test('is not sent to anybody for correction when it is no plan', async () => {
    const { plan: made, purposes } = await plan([], { given: { storyboard: 'not yet' } });
    expect(made).toMatchObject({ ok: false, stage: 'storyboard', refused: false });
    expect(purposes).toEqual([]);
  });
});
