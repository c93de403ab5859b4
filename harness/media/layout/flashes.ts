/** Brightness of the whole picture, 0 to 255, so many times a second. */
export interface Light {
  levels: ArrayLike<number>;
  rate: number;
}

/** Brightness that goes up and down by so much flashes: a quarter of the picture by 32 levels. */
const leastSwing = 8;
/** What goes up and down more slowly is a change of scene and back. */
const flashS = 0.5;
/** Levels that count as the same. */
const noise = 2;

/** A time at which the brightness is highest or lowest before it turns; first and last index at that level. */
interface Turn {
  level: number;
  first: number;
  last: number;
}

/**
 * Times at which the picture as a whole gets brighter and darker again, or the other way round, in half a second; the way
 * back is not counted again as the next one's beginning. WCAG 2.2, success criterion 2.3.1, allows three a second.
 */
export function countFlashes(light: Light): number {
  const turns = turnsOf(light.levels);
  let count = 0;
  for (let i = 0; i + 2 < turns.length; i++) {
    const [from, to] = [turns[i], turns[i + 2]];
    if (from === undefined || to === undefined || to.first - from.last > flashS * light.rate) continue;
    count++;
    i++;
  }
  return count;
}

/** Where a series turns by `leastSwing` or more, its two ends among them. */
function turnsOf(levels: ArrayLike<number>): Turn[] {
  const turns: Turn[] = [];
  let turn: Turn = { level: levels[0] ?? 0, first: 0, last: 0 };
  /** 1 while it gets brighter, -1 while it gets darker, 0 while it has done neither. */
  let way = 0;
  for (let i = 1; i < levels.length; i++) {
    const level = levels[i] ?? 0;
    const rise = level - turn.level;
    if (Math.abs(rise) <= noise) turn.last = i;
    else if (rise * way > 0) turn = { level, first: i, last: i };
    else if (Math.abs(rise) >= leastSwing) {
      turns.push(turn);
      way = Math.sign(rise);
      turn = { level, first: i, last: i };
    }
  }
  return [...turns, turn];
}
