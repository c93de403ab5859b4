import { contrastRatio, dimmed, ground, leastContrast } from '../../../harness/media/layout/contrast.ts';
import { sceneColors } from '../reference.ts';
import type { AnchorMode } from '../settings.ts';
import { bounds, colorOf, rescale, restyle } from './adjust.ts';
import type { Edit } from './critique.ts';
import type { FoundObject, Scene } from './find-object.ts';
import { move } from './move.ts';
import type { Splice } from './source.ts';
import { type Target, targetOf } from './stage.ts';

type Change = { refused: string } | { splices: Splice[] | null; instruction: string };

/** An edit of an object as splices; where these are `null`, the instruction says it to the coder. */
export function change(
  edit: Extract<Edit, { object: string }>,
  found: FoundObject,
  { source }: Scene,
  mode: AnchorMode,
): Change {
  if (edit.action === 'move') {
    const to = targetOf(edit.to, mode);
    if ('refused' in to) return to;
    return { splices: move(found, to, source), instruction: `Move ${edit.object} to ${sayTarget(to)}.` };
  }
  if (edit.action === 'rescale') {
    const { least, most } = bounds.factor;
    if (!(edit.factor >= least && edit.factor <= most))
      return { refused: `the factor is not ${least} to ${most}` };
    return {
      splices: rescale(found, edit.factor, source),
      instruction: `Scale ${edit.object} by ${edit.factor}.`,
    };
  }
  const { color, opacity } = edit;
  if (color === undefined && opacity === undefined) return { refused: 'neither colour nor opacity is given' };
  if (color !== undefined && colorOf(color) === null)
    return { refused: 'not a colour of the lesson or #rrggbb' };
  if (color !== undefined && isTooDark(color))
    return { refused: `too dark for the ground: the contrast is less than ${leastContrast}:1` };
  if (opacity !== undefined && !(opacity >= dimmed && opacity <= 1))
    return { refused: `the opacity is not ${dimmed} to 1` };
  const look = [color && `colour ${color}`, opacity !== undefined && `opacity ${opacity}`];
  const instruction = `Give ${edit.object} ${look.filter(Boolean).join(' and ')}.`;
  return { splices: restyle(found, edit, source), instruction };
}

/** What cannot be told from the ground is hidden, which mends nothing. */
function isTooDark(color: string): boolean {
  const code = sceneColors().find(({ name }) => name === color)?.code ?? color;
  const ratio = contrastRatio(code, ground);
  return ratio !== null && ratio < leastContrast;
}

function sayTarget(to: Target): string {
  if (to.kind === 'cell') return `the anchor ${to.cell}`;
  return to.kind === 'area' ? `the area ${to.topLeft}-${to.bottomRight}` : `the point (${to.x}, ${to.y})`;
}
