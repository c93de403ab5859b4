import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { GivenVideo } from '../../baselines/given.ts';
import { isIntact } from '../store/artifacts.ts';
import { MmmcError } from '../store/errors.ts';

/** Copies a video that somebody gave into the bundle, unless it is there. Throws `missing_media`, or `changed_media` where it is another one now. */
export async function copyGiven({ file, sha256 }: GivenVideo, target: string): Promise<void> {
  if (isIntact(target, sha256)) return;
  if (!existsSync(file))
    throw new MmmcError('missing_media', `${basename(file)} is not there any more`, {
      hint: 'Put it back, or import it again, and start the run again.',
    });
  await copyFile(file, target);
  if (isIntact(target, sha256)) return;
  throw new MmmcError('changed_media', `${basename(file)} is another file than when the run was planned`, {
    hint: 'Put it back or import it again, and start the run again: it plans anew.',
  });
}
