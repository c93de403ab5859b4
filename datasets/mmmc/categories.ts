import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { YamlFile } from '../../harness/store/yaml-file.ts';

const schema = z.object({ categories: z.record(z.string(), z.array(z.string())) });

/** Topic id -> category, from this harness's own assignment; the release has none. Throws `bad_config` (exit 2). */
export function readCategories(
  path: string = join(import.meta.dirname, 'categories.yaml'),
): ReadonlyMap<string, string> {
  if (!existsSync(path)) return new Map();
  const { categories } = new YamlFile(path).parse(schema);
  return new Map(Object.entries(categories).flatMap(([category, ids]) => ids.map((id) => [id, category])));
}
