import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { sharedEndpoints, unknownName } from '../../harness/experiment/config.ts';
import { loadPrompt } from '../../harness/experiment/prompts.ts';
import { checkEndpoint } from '../../harness/models/check-endpoint.ts';
import { type Endpoint, endpointSchema } from '../../harness/models/endpoint.ts';
import { YamlFile } from '../../harness/store/yaml-file.ts';

/** What models are used as when a dataset is built. */
export const buildRoles = ['builder', 'reviewer', 'student'] as const;
export type BuildRole = (typeof buildRoles)[number];

const words = z.array(z.string().min(1)).default([]);
const seconds = z.number().nonnegative();

/** A dataset to build as written: `configs/datasets/*.yaml`, keys in snake_case on disk. */
export const buildFileSchema = z.strictObject({
  /** Name of the dataset, and of the bundle's folder unless --run names another. */
  name: z.string().regex(/^[a-z0-9][\w.-]*$/i, 'use letters, digits, dot, dash, underscore'),
  title: z.string().min(1),
  description: z.string().default(''),
  licence: z.string().min(1),
  /** What topic ids hash beside the title; the name when absent. */
  collection: z.string().optional(),
  version: z.string().default('1'),
  /** BCP 47; of topics and questions. */
  language: z.string().min(2).default('en'),
  catalogue: z.strictObject({
    kind: z.enum(['csv', 'jsonl', 'info-json']),
    /** A file, or for info-json a folder; from the config file's folder. */
    path: z.string().min(1),
  }),
  rules: z
    .strictObject({
      minDurationS: seconds.default(0),
      maxDurationS: z.number().positive().default(7200),
      /** Words, one of which title, description or tags must hold; any video when empty. */
      include: words,
      /** Words, none of which the title or tags may hold. */
      exclude: words,
      /** Categories of the catalogue that are kept; all when empty. */
      categories: words,
    })
    .prefault({}),
  segments: z
    .strictObject({
      /** Chapters outside these lengths, seconds, are no units of their own. */
      minS: seconds.default(20),
      maxS: z.number().positive().default(1800),
      /** How a chapter is cut: packets copied from key frame to key frame, encoded again exactly, or not at all. */
      cut: z.enum(['copy', 'encode', 'none']).default('copy'),
    })
    .prefault({}),
  /** One of these is the category of each topic. */
  categories: z.array(z.string().min(1)).min(1),
  quiz: z
    .strictObject({
      /** Accepted questions wanted for each topic. */
      questions: z.int().min(1).max(20).default(4),
      options: z.int().min(2).max(6).default(4),
      /** Times that a builder drafts for one topic at most. */
      rounds: z.int().min(1).max(10).default(3),
    })
    .prefault({}),
  roles: z.strictObject({ builder: z.string(), reviewer: z.string(), student: z.string() }),
  /** Endpoints of this config's own, beside those of configs/models/. */
  endpoints: z.array(endpointSchema).default([]),
  /** Over all runs into one bundle; reaching one ends the run with exit code 3. */
  limits: z
    .strictObject({
      /** Requests sent to models, retries included. */
      calls: z.int().nonnegative().optional(),
      /** Input and output tokens, as far as the endpoints tell them. */
      tokens: z.int().nonnegative().optional(),
    })
    .prefault({}),
});
export type BuildFile = z.infer<typeof buildFileSchema>;

/** What every recipe tells its shop: the bundle's name, caps, and who answers. */
export interface ShopConfig {
  file: { name: string; limits: BuildFile['limits'] };
  endpoints: Readonly<Record<BuildRole, Endpoint>>;
}

/** A config read, validated and resolved. */
export interface BuildConfig extends ShopConfig {
  file: BuildFile;
  collection: string;
  /** Absolute path of the catalogue's file or folder. */
  catalogue: string;
}

/** Reads a config. Throws MmmcError (exit 2) that names file, line and the nearest known word. */
export function loadBuildConfig(path: string, sets: readonly string[] = []): BuildConfig {
  const yaml = new YamlFile(path);
  for (const assignment of sets) yaml.set(assignment);
  const file = yaml.parse(buildFileSchema);
  const known = new Map([...sharedEndpoints(), ...file.endpoints].map((e) => [e.id, e]));
  const use = (role: BuildRole): Endpoint => {
    const endpoint = known.get(file.roles[role]);
    if (!endpoint) throw unknownName(yaml, ['roles', role], 'endpoint', file.roles[role], [...known.keys()]);
    checkEndpoint(endpoint);
    return endpoint;
  };
  return {
    file,
    collection: file.collection ?? file.name,
    catalogue: resolve(dirname(path), file.catalogue.path),
    endpoints: { builder: use('builder'), reviewer: use('reviewer'), student: use('student') },
  };
}

/** The config as it is written to run.json: what decides the result, no key, no place on this machine. */
export function resolvedBuildConfig(config: BuildConfig) {
  const endpoints = buildRoles.map((role) => config.endpoints[role]);
  return { kind: 'dataset', ...config.file, collection: config.collection, endpoints, prompts: prompts() };
}

/** Every prompt of dataset building, with its hash. */
function prompts(): { name: string; sha256: string }[] {
  const files = readdirSync(join(import.meta.dirname, '../../configs/prompts/dataset'));
  const names = files.filter((file) => file.endsWith('.md')).map((file) => `dataset/${file.slice(0, -3)}`);
  return names.sort().map((name) => ({ name, sha256: loadPrompt(name).sha256 }));
}
