import { z } from 'zod';
import { sharedEndpoints, unknownName } from '../../harness/experiment/config.ts';
import { loadPrompt } from '../../harness/experiment/prompts.ts';
import { endpointSchema } from '../../harness/models/endpoint.ts';
import { YamlFile } from '../../harness/store/yaml-file.ts';
import { buildFileSchema, type ShopConfig } from './config.ts';

/** The view `rewritten` of a dataset, to be made by models: `task: rewrite` in `configs/datasets/*.yaml`. */
const rewriteFileSchema = z.strictObject({
  task: z.literal('rewrite'),
  /** Of the bundle's folder, unless --run names another. */
  name: z.string().regex(/^[a-z0-9][\w.-]*$/i, 'use letters, digits, dot, dash, underscore'),
  /** Name or folder of a stored dataset; its corrected quizzes are rewritten. */
  dataset: z.string(),
  /** Times that a builder writes distractors for one question at most. */
  rounds: z.int().min(1).max(10).default(3),
  roles: z.strictObject({ builder: z.string(), reviewer: z.string() }),
  endpoints: z.array(endpointSchema).default([]),
  limits: buildFileSchema.shape.limits,
});
type RewriteFile = z.infer<typeof rewriteFileSchema>;

/** A config read, validated and resolved. */
export interface RewriteConfig extends ShopConfig {
  file: RewriteFile;
}

/** Does the file ask for distractors to be rewritten? Throws `no_file` or `bad_yaml` (exit 2). */
export function isRewriteConfig(path: string): boolean {
  return new YamlFile(path).document.get('task') === 'rewrite';
}

/** Reads a config. Throws MmmcError (exit 2) that names file, line and the nearest known word. */
export function loadRewriteConfig(path: string, sets: readonly string[] = []): RewriteConfig {
  const yaml = new YamlFile(path);
  for (const assignment of sets) yaml.set(assignment);
  const file = yaml.parse(rewriteFileSchema);
  const known = new Map([...sharedEndpoints(), ...file.endpoints].map((e) => [e.id, e]));
  const use = (role: 'builder' | 'reviewer') => {
    const endpoint = known.get(file.roles[role]);
    if (endpoint) return endpoint;
    throw unknownName(yaml, ['roles', role], 'endpoint', file.roles[role], [...known.keys()]);
  };
  const reviewer = use('reviewer');
  return { file, endpoints: { builder: use('builder'), reviewer, student: reviewer } };
}

/** The config as it is written to run.json. */
export function resolvedRewriteConfig({ file, endpoints }: RewriteConfig) {
  const prompts = ['dataset/defensible', 'dataset/rewrite'].map((name) => ({
    name,
    sha256: loadPrompt(name).sha256,
  }));
  return { kind: 'rewrite', ...file, endpoints: [endpoints.builder, endpoints.reviewer], prompts };
}
