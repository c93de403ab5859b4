import type { Placement, SceneFacts } from '../../../harness/render/inspection.ts';

/** Methods that say where a thing stands; the others only say how large it is. */
const positioning =
  /^(place_at|place_in|move_to|next_to|shift|to_edge|to_corner|align_to|center|arrange|arrange_in_grid|set_x|set_y)$/;
export const isPositioning = ({ method }: Placement): boolean => positioning.test(method);

/** `labels` of `labels[0]` and `labels`, `self.graph` of `self.graph[2]`. */
export function rootOf(object: string): string {
  return /^(?:self\.)?\w+/.exec(object)?.[0] ?? object;
}

/** Does a placing call move this object: it itself, a group that it is a part of, or what is assigned to it? */
function places(placement: Placement, object: string): boolean {
  if (placement.root === null) return placement.assigned === object;
  const moved = placement.object.text.replace(/\.animate\b[\s\S]*$/, '');
  if (moved === object || object.startsWith(`${moved}[`)) return true;
  // A chain such as `labels.copy().scale(2)` moves what is assigned, else what it begins with.
  const isChain = !/^(self\.)?\w+(\[[^\]]*\])*$/.test(moved);
  return isChain && (placement.assigned ?? placement.root) === object;
}

/** The calls that place an object, in the order of the file. */
export function placementsFor(object: string, { placements }: SceneFacts): Placement[] {
  return placements.filter((placement) => places(placement, object));
}

/** The calls that place an object without a variable: a new one whose source holds its text. */
export function inlinePlacements(text: string, { placements }: SceneFacts): Placement[] {
  const quoted = [JSON.stringify(text), `'${text}'`];
  return placements.filter(
    ({ root, assigned, object }) =>
      root === null && assigned === null && quoted.some((words) => object.text.includes(words)),
  );
}

/** What `construct` can call by name. */
const visible: readonly string[] = ['construct', 'self', '<module>'];

/**
 * Line where the file first binds the variable that an object's name begins with, for `construct` where it does so there:
 * a helper may have one of the same name. `null`: it binds none such.
 */
export function definitionLine(object: string, { names }: SceneFacts): number | null {
  const bound = names.filter(({ name }) => name === rootOf(object));
  return (bound.find(({ scope }) => visible.includes(scope)) ?? bound[0])?.line ?? null;
}
