import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { exitCodes, MmmcError, messageOf } from '../../harness/store/errors.ts';
import type { Dataset } from '../schema.ts';

const relatedSchema = z.object({ collection: z.string(), groups: z.array(z.array(z.string())) });

/**
 * Groups of related topics (ids) that a person listed: `related.yaml` in the dataset's own folder, else ours for its
 * collection; `null` when there are none. Throws `bad_related` (exit 2).
 */
export async function readRelated(
  dataset: Pick<Dataset, 'folder' | 'collection'>,
): Promise<string[][] | null> {
  const ours = /^[\w-]+$/.test(dataset.collection)
    ? [join(import.meta.dirname, '..', dataset.collection, 'related.yaml')]
    : [];
  const path = [join(dataset.folder, 'related.yaml'), ...ours].find(existsSync);
  if (path === undefined) return null;
  // Loaded when there is a file only: most audits need no YAML.
  const { parse } = await import('yaml');
  try {
    const { collection, groups } = relatedSchema.parse(parse(readFileSync(path, 'utf8')));
    return collection === dataset.collection ? groups : null;
  } catch (cause) {
    throw new MmmcError('bad_related', `${path}: ${messageOf(cause)}`, {
      exitCode: exitCodes.usage,
      hint: 'It holds `collection:` and `groups:`, a list of lists of topic ids.',
      cause,
    });
  }
}
