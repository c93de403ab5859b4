import { copyFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../../harness/store/bundle.ts';
import { bundleUnwritable } from '../../harness/store/errors.ts';
import type { Dataset } from '../schema.ts';
import { correctionsFile } from '../views/corrections.ts';
import { rewrittenFile } from '../views/rewritten.ts';

const relatedFile = 'related.yaml';

/**
 * Puts the files beside a stored dataset that its views are made of into the folder `out`, where quizzes of it were
 * stored: of the released quizzes all of them, of a view a list of corrections that is empty, since what is stored there
 * has them behind it. Throws `bundle_unwritable` (exit 5).
 */
export function storeCompanions(from: Pick<Dataset, 'folder' | 'view' | 'collection'>, out: string): void {
  if (resolve(from.folder) === resolve(out)) return;
  const whole = from.view === 'released';
  const names = whole ? [correctionsFile, rewrittenFile, relatedFile] : [relatedFile];
  for (const name of names) copy(join(from.folder, name), join(out, name));
  if (!whole)
    writeWhole(
      join(out, correctionsFile),
      `# Stored from the view ${from.view}: nothing is left to correct.\ncollection: ${JSON.stringify(from.collection)}\ncorrections: []\n`,
    );
}

function copy(source: string, target: string): void {
  if (!existsSync(source)) return;
  try {
    copyFileSync(source, target);
  } catch (cause) {
    throw bundleUnwritable(target, cause);
  }
}

/** The name under which a view's quizzes are stored: a report must not call them released. */
export function storedName({ name, view }: Pick<Dataset, 'name' | 'view'>): string {
  return view === 'released' ? name : `${name}-${view}`;
}
