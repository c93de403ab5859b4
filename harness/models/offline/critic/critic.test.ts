import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sharedArea } from '../../../media/layout/box.ts';
import { answerAsCritic } from './critic.ts';

type Box = [number, number, number, number];
const element = (name: string, box: Box, more: Record<string, unknown> = {}) => ({
  element: name,
  line: 12,
  place: 'stage',
  kind: 'text',
  box,
  text: name,
  text_px: 20,
  seen: [1],
  ...more,
});
const cells = [...'ABCDEF'].flatMap((row, i) =>
  [1, 2, 3, 4, 5, 6].map((column) => ({ cell: `${row}${column}`, x: column - 0.5, y: 2.2 - i })),
);
const bounds = {
  stage: { left: 0, bottom: -3.3, right: 6, top: 2.7 },
  frame: { left: -7.11, bottom: -4, right: 7.11, top: 4 },
};

const replySchema = z.object({
  problems: z.array(
    z.object({
      kind: z.string(),
      object: z.string(),
      with: z.string().optional(),
      severity: z.string(),
      edit: z.looseObject({ action: z.string() }).nullable(),
    }),
  ),
});

async function criticise(elements: unknown[], more: Record<string, unknown> = {}) {
  const request = {
    task: 'critique',
    anchors: { mode: '6x6', cells },
    ...bounds,
    occupancy: { moments: [{ moment: 1, time_s: 3, block: 1 }], elements },
    ...more,
  };
  const reply = await answerAsCritic(`Look.\n\n\`\`\`json\n${JSON.stringify(request)}\n\`\`\``);
  return replySchema.parse(JSON.parse(/```json\n([\s\S]*)\n```/.exec(reply)?.[1] ?? '')).problems;
}

describe('the offline critic finds in the table it is sent', () => {
  test('nothing where things stand apart', async () => {
    expect(await criticise([element('a', [1, 1, 2, 1.4]), element('b', [3, 1, 4, 1.4])])).toEqual([]);
  });

  test('a text over another, and moves the smaller one to the nearest free cell', async () => {
    const found = await criticise([element('big', [1, 1, 3, 1.4]), element('small', [2, 1.1, 2.8, 1.5])]);
    expect(found).toMatchObject([
      {
        kind: 'overlap',
        object: 'small',
        with: 'big',
        edit: { action: 'move', object: 'small', line: 12, to: 'A3' },
      },
    ]);
  });

  test('no overlap of a label in its figure, of a part with its whole, or with a curve', async () => {
    const box = element('box', [1, 0, 4, 2], { kind: 'solid', text: undefined, text_px: undefined });
    const curve = element('curve', [0, 0, 6, 2], { kind: 'open', text: undefined, text_px: undefined });
    expect(
      await criticise([box, curve, element('label', [2, 0.5, 3, 1]), element('box[0]', [3.5, 0, 4.5, 1])]),
    ).toEqual([]);
  });

  test('what covers a lecture line, leaves the frame, or is too small', async () => {
    const line = element('self.lecture[0]', [-6, 1, -2, 1.4], { place: 'lecture', line: null });
    const found = await criticise([
      line,
      element('over', [-3, 1, -1, 1.4]),
      element('gone', [6.5, 0, 8.5, 0.4]),
      element('tiny', [1, 0, 2, 0.1], { text_px: 8 }),
    ]);
    expect(found.map(({ kind, object, edit }) => [kind, object, edit?.action])).toEqual([
      ['off_screen', 'gone', 'move'],
      ['too_small', 'tiny', 'rescale'],
      ['covered_line', 'over', 'move'],
    ]);
    expect(found[1]?.edit).toMatchObject({ factor: 2 });
  });
});

describe('its proposals', () => {
  const pair = [element('big', [1, 1, 3, 1.4]), element('small', [2, 1.1, 2.8, 1.5])];

  test('do not repeat what was tried', async () => {
    const [first] = await criticise(pair);
    const [second] = await criticise(pair, {
      tried: [{ result: 'rolled_back', reason: '', edits: [first?.edit] }],
    });
    expect(second?.edit).toMatchObject({ action: 'move' });
    expect(second?.edit).not.toEqual(first?.edit);
  });

  test('keep to the anchors there are', async () => {
    const self = await criticise(pair, { anchors: { mode: 'self', cells: [] } });
    expect(self[0]?.edit).toMatchObject({
      action: 'move',
      to: { x: expect.any(Number), y: expect.any(Number) },
    });
    const centre = await criticise(pair, {
      anchors: { mode: 'centre', cells: [{ cell: 'centre', x: 3, y: -0.3 }] },
    });
    expect(centre[0]?.edit).toMatchObject({ action: 'move', to: 'centre' });
    const none = await criticise(pair, { anchors: null });
    expect(none[0]?.edit?.action).toBe('rescale');
  });

  test('ask for a block to be written anew where no line is known', async () => {
    const lost = pair.map((one) => ({ ...one, line: null }));
    expect((await criticise(lost))[0]?.edit).toMatchObject({ action: 'rewrite', block: 1 });
  });

  test('name only cells that exist, and places that are free in the block, whatever the table', async () => {
    const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    // Words and figures of ordinary sizes, on the stage and around it, so that many have a place to go to.
    const box = fc
      .tuple(between(-2, 8), between(-5, 5), between(0.1, 1.2), between(0.1, 0.8))
      .map(
        ([x, y, halfWidth, halfHeight]): Box => [
          x - halfWidth,
          y - halfHeight,
          x + halfWidth,
          y + halfHeight,
        ],
      );
    const random = fc.record({
      box,
      kind: fc.constantFrom('text', 'solid', 'loose', 'open'),
      place: fc.constantFrom('stage', 'lecture', 'title'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(random, { maxLength: 12 }), async (all) => {
        const elements = all.map(({ box, ...more }, i) => element(`e${i}x`, box, more));
        for (const { edit } of await criticise(elements)) {
          if (edit?.action !== 'move') continue;
          const cell = cells.find((one) => one.cell === edit.to);
          const moved = elements.find(({ element }) => element === edit.object);
          if (cell === undefined || moved === undefined)
            throw new Error(`no such move: ${JSON.stringify(edit)}`);
          const [left, bottom, right, top] = moved.box;
          const [halfWidth, halfHeight] = [(right - left) / 2, (top - bottom) / 2];
          const there: Box = [
            cell.x - halfWidth,
            cell.y - halfHeight,
            cell.x + halfWidth,
            cell.y + halfHeight,
          ];
          const inTheWay = elements.filter(
            (other) =>
              other !== moved && /text|solid/.test(`${other.kind}`) && sharedArea(there, other.box) > 0,
          );
          expect(inTheWay).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('a message without a table is refused, never answered with praise', async () => {
  await expect(answerAsCritic('How do you like it?')).rejects.toMatchObject({ status: 422 });
  await expect(answerAsCritic('```json\n{"task": "critique"}\n```')).rejects.toMatchObject({ status: 422 });
});
