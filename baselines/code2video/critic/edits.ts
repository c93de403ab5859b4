import type { AnchorMode } from '../settings.ts';
import { bounds, retime } from './adjust.ts';
import { change } from './change.ts';
import { type Edit, type Problem, readEdit, severities } from './critique.ts';
import { findObject, type Scene } from './find-object.ts';
import { conflict, type Splice, spliced } from './source.ts';

/** At most so many edits are made in a round, the worst problems first. */
export const mostEdits = 8;

/** An edit as it is asked for; `problem` is what it is to mend. */
export interface Asked {
  problem: Problem;
  edit: Edit;
}
/** An edit that was not made, and why; `edit` is as the critic wrote it. */
export interface RefusedEdit {
  edit: unknown;
  reason: string;
}
/** An edit that only the coder can make: in the lines of one block. */
export interface Rewrite extends Asked {
  block: number;
  instruction: string;
}

export interface Edited {
  /** The code with all edits made that need no rewrite. */
  code: string;
  applied: Asked[];
  rewrites: Rewrite[];
  refused: RefusedEdit[];
}

type Way =
  | { kind: 'splices'; splices: Splice[] }
  | { kind: 'rewrite'; block: number; instruction: string }
  | { kind: 'refused'; reason: string };

/** Makes the edits of a critique that can be made; each one that cannot is refused with its reason. */
export function applyEdits(problems: readonly Problem[], scene: Scene, mode: AnchorMode): Edited {
  const { code } = scene.source;
  const edited: Edited = { code, applied: [], rewrites: [], refused: [] };
  const splices: Splice[] = [];
  for (const problem of bySeverity(problems)) {
    const read = readEdit(problem.edit);
    if (read === null) continue;
    const refuse = (reason: string) => edited.refused.push({ edit: problem.edit, reason });
    if (!read.ok) {
      refuse(read.reason);
      continue;
    }
    const asked = { problem, edit: read.edit };
    const way = wayOf(read.edit, problem, scene, mode);
    const reason = way.kind === 'refused' ? way.reason : reasonAgainst(asked, way, edited, splices);
    if (reason !== null) refuse(reason);
    else if (way.kind === 'rewrite') edited.rewrites.push({ ...asked, ...way });
    else if (way.kind === 'splices') {
      splices.push(...way.splices);
      edited.applied.push(asked);
    }
  }
  return { ...edited, code: spliced(code, splices) };
}

/** Why an edit that could be made alone is not made beside the others; `null`: it is. */
function reasonAgainst(
  { edit }: Asked,
  way: Exclude<Way, { kind: 'refused' }>,
  { code, applied, rewrites }: Edited,
  others: readonly Splice[],
): string | null {
  const made = [...applied, ...rewrites];
  if (made.length >= mostEdits) return `more than ${mostEdits} edits in a round`;
  if (made.some((other) => isTwin(edit, other.edit))) return 'another edit changes the same place';
  if (way.kind === 'rewrite') return null;
  if (way.splices.some((one) => others.some((other) => conflict(one, other))))
    return 'another edit changes the same place';
  return spliced(code, way.splices) === code ? 'it changes nothing' : null;
}

/** Do two edits change one thing in one way? The later one would undo the earlier. */
function isTwin(a: Edit, b: Edit): boolean {
  if ('object' in a && 'object' in b)
    return a.action === b.action && a.object === b.object && a.line === b.line;
  return a.action === 'retime' && b.action === 'retime' && a.block === b.block;
}

function bySeverity(problems: readonly Problem[]): Problem[] {
  const rank = ({ severity }: Problem) => severities.indexOf(severity);
  return problems.toSorted((a, b) => rank(a) - rank(b));
}

function wayOf(edit: Edit, { timeS }: Problem, scene: Scene, mode: AnchorMode): Way {
  if (edit.action === 'retime') return retimed(edit, scene);
  if (edit.action === 'rewrite') {
    const known = scene.source.facts.blocks.some(({ line }) => line === edit.block);
    return known
      ? { kind: 'rewrite', ...edit }
      : { kind: 'refused', reason: `there is no block ${edit.block}` };
  }
  const found = findObject({ object: edit.object, line: edit.line, timeS }, scene);
  if (found.kind === 'refused') return found;
  const asked = change(edit, found, scene, mode);
  if ('refused' in asked) return { kind: 'refused', reason: asked.refused };
  if (asked.splices !== null) return { kind: 'splices', splices: asked.splices };
  if (found.block === null)
    return { kind: 'refused', reason: 'it stands in no block that could be rewritten' };
  return { kind: 'rewrite', block: found.block, instruction: asked.instruction };
}

function retimed(edit: Extract<Edit, { action: 'retime' }>, { source }: Scene): Way {
  if (!(edit.waitS > bounds.waitS.least && edit.waitS <= bounds.waitS.most))
    return {
      kind: 'refused',
      reason: `a pause of ${edit.waitS} s is not above 0 and at most ${bounds.waitS.most}`,
    };
  const splices = retime(edit, source);
  return splices === null
    ? { kind: 'refused', reason: `there is no block ${edit.block}` }
    : { kind: 'splices', splices };
}
