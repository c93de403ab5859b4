import type { Placement } from '../../../harness/render/inspection.ts';
import type { FoundObject } from './find-object.ts';
import type { Source, Splice } from './source.ts';
import type { Target } from './stage.ts';
import { isDirect, isSingle, statementFor } from './where.ts';

/**
 * Puts an object elsewhere: in the call that places it, of which all else stays (brackets, scale, what is assigned), or
 * by a new statement behind it. `null` where only a rewrite can.
 */
export function move(found: FoundObject, to: Target, source: Source): Splice[] | null {
  const { placement } = found;
  const inPlace = placement === null ? null : replaced(placement, to, source);
  if (inPlace !== null) return inPlace;
  // What moves there by itself would undo a statement before it, and one behind it would be seen as a jump.
  if (found.kind === 'inline' || placement?.animated) return null;
  return statementFor(placed(found.name, to), found, source);
}

/** The statement that puts an object there. */
function placed(object: string, to: Target): string {
  if (to.kind === 'cell') return `self.place_at(${object}, "${to.cell}")`;
  if (to.kind === 'area') return `self.place_in(${object}, "${to.topLeft}", "${to.bottomRight}")`;
  return `${object}.move_to(${point(to)})`;
}

const point = ({ x, y }: { x: number; y: number }) => `[${x}, ${y}, 0]`;

function replaced(placement: Placement, to: Target, source: Source): Splice[] | null {
  if (!isSingle(placement.line, source) || !isDirect(placement, source)) return null;
  switch (placement.method) {
    case 'move_to':
      return newPoint(placement, to, source);
    case 'place_at':
      return to.kind === 'cell' ? newCells(placement, ['cell'], [to.cell], source) : null;
    case 'place_in':
      return to.kind === 'area'
        ? newCells(placement, ['top_left', 'bottom_right'], [to.topLeft, to.bottomRight], source)
        : null;
    default:
      return null;
  }
}

function newPoint({ arguments: given }: Placement, to: Target, source: Source): Splice[] | null {
  const [target, ...more] = given;
  const isPlain = [null, 'point_or_mobject'].includes(target?.name ?? null) && more.length === 0;
  if (target === undefined || !isPlain || to.kind === 'area') return null;
  const { start, end } = source.range(target);
  return [{ start, end, text: to.kind === 'cell' ? `self.anchor("${to.cell}")` : point(to) }];
}

/** Only cells that are literals: whatever else stands there is left alone. */
function newCells(placement: Placement, names: string[], cells: string[], source: Source): Splice[] | null {
  const { arguments: given } = placement;
  const positional = given
    .filter(({ name }) => name === null)
    .slice(given.some(({ name }) => name === 'mobject') ? 0 : 1);
  const splices = names.flatMap((wanted, i) => {
    const argument = given.find(({ name }) => name === wanted) ?? positional[i];
    if (argument === undefined || !/^(["'])[A-Za-z]\d\1$/.test(argument.text)) return [];
    const { start, end } = source.range(argument);
    return [{ start, end, text: `"${cells[i]}"` }];
  });
  return splices.length === names.length ? splices : null;
}
