import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { type Draft, openBuildingShelf, plannedRefusals, type UnitReplies } from './building.ts';

const shelf = openBuildingShelf();
const videos = await shelf.all();
const units = videos.flatMap((video) => video.units);
const planned = (drafts: readonly Draft[]) => drafts.filter((draft) => draft.planned !== undefined);
const goodOf = ({ rounds }: UnitReplies) => rounds.flat().filter((draft) => draft.planned === undefined);
const good = units.flatMap(goodOf);

describe('the replies of builder and reviewer', () => {
  it('cover twelve videos, two of which teach nothing, and at least twenty units', () => {
    expect(videos).toHaveLength(12);
    expect(videos.filter(({ verdict }) => !verdict.instructional)).toHaveLength(2);
    expect(units.length).toBeGreaterThanOrEqual(20);
    expect(new Set(videos.map(({ video }) => video)).size).toBe(12);
  });

  it('hold every planned mistake in a first round, where validators must find it', () => {
    const first = units.flatMap(({ rounds }) => planned(rounds[0] ?? []));
    expect([...new Set(first.map((draft) => draft.planned))].sort()).toEqual([...plannedRefusals].sort());
  });

  it('mend each mistake in the next round, three good questions a unit, but for one question that never passes', () => {
    for (const { rounds, title } of units) {
      expect(rounds[0], title).toHaveLength(3);
      for (const [round, drafts] of rounds.slice(1).entries()) {
        expect(drafts, title).toHaveLength(planned(rounds[round] ?? []).length);
      }
    }
    const lacking = units.filter((unit) => goodOf(unit).length !== 3);
    expect(lacking.map((unit) => [unit.title, goodOf(unit).length, unit.rounds.length])).toEqual([
      ['How fast sound travels', 2, 3],
    ]);
  });

  it('hold a topic that is a title, one that is unreadable, one that is too long, and a category off the list', () => {
    const again = units.filter(({ topics }) => topics.length > 1).map(({ topics }) => topics[0]);
    expect(again).toContain('Chapter 2');
    expect(again.filter((topic) => typeof topic !== 'string')).toHaveLength(1);
    expect(again).toHaveLength(3);
    const categories = new Set(units.map((unit) => unit.categories.at(-1)));
    expect(categories.size).toBeGreaterThanOrEqual(5);
    const off = units.filter((unit) => unit.categories.length > 1).map((unit) => unit.categories[0]);
    expect(off).toEqual(['Games of chance']);
    expect(categories).not.toContain('Games of chance');
  });

  it('give good questions four options, one key among them, no letter above 40 %, one option to defend', () => {
    const keys = good.map(({ reply, defensible }) => {
      expect(new Set(reply.options).size, reply.stem).toBe(4);
      expect(defensible, reply.stem).toBe(undefined);
      expect(reply.key, reply.stem).toMatch(/^[A-D]$/);
      return reply.key;
    });
    for (const letter of ['A', 'B', 'C', 'D']) {
      expect(keys.filter((key) => key === letter).length / keys.length, letter).toBeLessThanOrEqual(0.4);
    }
    const unique = good.filter(({ reply: { options = [], key = '' } }) => {
      const right = options['ABCD'.indexOf(key)]?.length ?? 0;
      return options.filter(({ length }) => length >= right).length === 1;
    });
    expect(unique.length / good.length).toBeLessThanOrEqual(0.35);
  });

  it('tell every draft of a question from every other, so that the reviewer knows which one it is asked', async () => {
    for (const draft of units.flatMap(({ rounds }) => rounds.flat())) {
      const { stem, options } = draft.reply;
      if (stem !== undefined && options !== undefined) expect(await shelf.draft(stem, options)).toBe(draft);
    }
  });

  it('say which file breaks the schema', async () => {
    using folder = temporaryFolder();
    await writeFile(join(folder.path, 'broken.yaml'), 'video: X\nverdict: maybe\nunits: []\n');
    await expect(openBuildingShelf(folder.path).all()).rejects.toThrow(/broken\.yaml[\s\S]*verdict/);
  });
});
