import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { fromDisk } from '../../harness/store/keys.ts';
import { parseJson } from '../../harness/store/parse-json.ts';
import { reportedSchema } from '../given.ts';

/** One imported video: a line of manifest.jsonl. */
export const importedSchema = z.strictObject({
  /** Id of the topic, and its title for people. */
  topicId: z.string(),
  title: z.string(),
  /** File name in the folder. */
  file: z.string().regex(/^[\w-][\w.-]*$/),
  sha256: z.string(),
  /** What it was called where it came from. */
  source: z.string(),
  /** How the topic was found, and whether a person has said so. */
  matched: z.enum(['id', 'slug', 'title', 'likeness', 'told']),
  /** It was encoded anew: it came in another container. */
  converted: z.boolean(),
  /** The code it was made by, in the folder. */
  code: z.string().optional(),
  reported: reportedSchema.optional(),
});
export type Imported = z.infer<typeof importedSchema>;

export const manifestName = 'manifest.jsonl';

/** Reads the manifest of an imported folder. Throws `no_import` (exit 2) where there is none, or a line is not one of it. */
export function readManifest(folder: string): Imported[] {
  const path = join(folder, manifestName);
  if (!existsSync(path))
    throw problem(`${folder} holds no imported videos`, 'Make it with mmmc import <folder or csv>.');
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line, i) => {
    const parsed = importedSchema.safeParse(fromDisk(parseJson(line)));
    if (parsed.success) return parsed.data;
    throw problem(
      `${path}:${i + 1} is no imported video: ${z.prettifyError(parsed.error)}`,
      'Import the videos again.',
    );
  });
}

function problem(message: string, hint: string): MmmcError {
  return new MmmcError('no_import', message, { hint, exitCode: exitCodes.usage });
}
