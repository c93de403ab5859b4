import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import type { Dataset, Topic } from '../schema.ts';
import { balanceKeys } from './balanced.ts';
import { applyCorrections, findCorrections, readCorrections } from './corrections.ts';
import { lengthFair } from './length-fair.ts';
import { applyRewritten, rewrittenFile } from './rewritten.ts';

/** The views of every dataset, and what each is. */
export const views: Readonly<Record<string, string>> = {
  released: 'the files as they are',
  corrected: 'with the corrections, each with its proof',
  balanced: 'corrected, options permuted so that every letter is the key equally often',
  'length-fair':
    'balanced, only questions whose key is not given away by its length; unfit for scores per topic',
  rewritten: 'balanced, distractors written anew to the length of the key by a model and accepted by another',
};

/** The views that can be had of a dataset. */
export function viewsOf(dataset: Dataset): string[] {
  return Object.keys(views).filter((view) => {
    if (view === 'corrected') return findCorrections(dataset) !== null;
    return view !== 'rewritten' || existsSync(join(dataset.folder, rewrittenFile));
  });
}

/** A dataset with the quizzes of a view: same topics, same ids. Throws `no_view` (exit 2). */
export function applyView(dataset: Dataset, view: string): Dataset {
  if (!viewsOf(dataset).includes(view)) throw noView(dataset, view);
  return { ...dataset, view, topics: topicsOf(dataset, view) };
}

function topicsOf(dataset: Dataset, view: string): readonly Topic[] {
  const corrected = () => correct(dataset);
  switch (view) {
    case 'corrected':
      return corrected();
    case 'balanced':
      return balanceKeys(corrected());
    case 'length-fair':
      return balanceKeys(lengthFair(corrected()));
    case 'rewritten':
      return balanceKeys(applyRewritten(dataset.folder, corrected()));
    default:
      return dataset.topics;
  }
}

/** A dataset without corrections is as correct as it came. */
function correct(dataset: Dataset): readonly Topic[] {
  const path = findCorrections(dataset);
  return path === null
    ? dataset.topics
    : applyCorrections(dataset.topics, readCorrections(path, dataset.collection), path);
}

function noView(dataset: Dataset, view: string): MmmcError {
  const hint =
    view === 'rewritten'
      ? 'It is made by models: `mmmc dataset build` with a config whose task is `rewrite`.'
      : `It has: ${viewsOf(dataset).join(', ')}.`;
  return new MmmcError('no_view', `dataset ${dataset.name} has no view ${view}`, {
    exitCode: exitCodes.usage,
    hint,
  });
}
