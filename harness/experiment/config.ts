import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type GivenPlace, type GivenVideo, reportedSchema } from '../../baselines/given.ts';
import type { AnyMethod } from '../../baselines/method.ts';
import { loadMethod, loadOwnMethod, methodNames } from '../../baselines/registry.ts';
import { clustersOf } from '../../datasets/audit/topic-clusters.ts';
import { loadDataset } from '../../datasets/load.ts';
import type { Topic } from '../../datasets/schema.ts';
import { selectTopics } from '../../datasets/select.ts';
import type { AnyMetric } from '../../metrics/metric.ts';
import { loadMetric, metricNames } from '../../metrics/registry.ts';
import type { Role } from '../models/chat.ts';
import { checkEndpoint } from '../models/check-endpoint.ts';
import { type Endpoint, endpointSchema } from '../models/endpoint.ts';
import { exitCodes, MmmcError } from '../store/errors.ts';
import { toDisk } from '../store/keys.ts';
import { nearestWord, YamlFile } from '../store/yaml-file.ts';
import { type ExperimentFile, experimentSchema } from './config-schema.ts';
import { loadPrompt, type PromptTemplate, parsePrompt, promptFile } from './prompts.ts';

/** A method as this experiment uses it. */
export interface MethodEntry {
  id: string;
  label: string;
  method: AnyMethod;
  settings: unknown;
  /** The endpoint of each role it needs. */
  roles: ReadonlyMap<Role, Endpoint>;
  /** The videos that exist for it, by topic id, where its method makes none. */
  given?: ReadonlyMap<string, GivenVideo> | undefined;
  /** What making its videos may cost. */
  budget?: ExperimentFile['budget'] | undefined;
}

/** A metric as this experiment uses it. */
export interface MetricEntry {
  metric: AnyMetric;
  settings: unknown;
}

/** A config read, validated and resolved: nothing about it is open any more. */
export interface Experiment {
  file: ExperimentFile;
  dataset: { name: string; version: string; view: string; licence: string };
  /** Where the dataset's media lie. */
  mediaFolder: string;
  topics: readonly Topic[];
  /** Groups of near-duplicate topics, by topic id: what is alike is one piece of evidence, not two. */
  clusters: ReadonlyMap<string, string>;
  methods: readonly MethodEntry[];
  metrics: readonly MetricEntry[];
  /** Endpoints in use, by id. */
  endpoints: ReadonlyMap<string, Endpoint>;
  prompts: ReadonlyMap<string, PromptTemplate>;
  /** Names of those that the config put in place of shipped ones. */
  ownPrompts: ReadonlySet<string>;
}

/** Reads an experiment. Throws MmmcError (exit 2) that names file, line and the nearest known word. */
export async function loadExperiment(path: string, sets: readonly string[] = []): Promise<Experiment> {
  const yaml = new YamlFile(path);
  for (const assignment of sets) yaml.set(assignment);
  const folder = dirname(resolve(path));
  return resolveExperiment(placed(yaml.parse(experimentSchema), folder), yaml, {
    prompts: (file) => promptsBeside(path, file),
    given: async ({ method, settings }, place) => method.given?.(settings, { ...place, folder }),
  });
}

/** The experiment of a bundle again, from the resolved config in its run.json (`source` is what the file said). */
export async function reloadExperiment(
  config: unknown,
  path: string,
  sets: readonly string[],
): Promise<Experiment> {
  const { source, prompts, methods } = bundleConfigSchema.parse(config);
  const yaml = new YamlFile(path, stringify(toDisk(source)));
  for (const assignment of sets) yaml.set(assignment);
  const own = prompts.filter((prompt) => prompt.text !== undefined);
  return resolveExperiment(yaml.parse(experimentSchema), yaml, {
    prompts: () => new Map(own.map(({ name, text = '' }) => [name, parsePrompt(name, 'run.json', text)])),
    given: async ({ id }) => {
      const given = methods.find((method) => method.id === id)?.given;
      // Nothing is made again, so that it does not matter where the files lie.
      return given && new Map(given.map(({ topicId, ...video }) => [topicId, { ...video, file: '' }]));
    },
  });
}

/** What a bundle's config holds beside the rest: what the file said, and the texts of prompts that were its own. */
const bundleConfigSchema = z.object({
  source: z.unknown(),
  prompts: z.array(z.object({ name: z.string(), text: z.string().optional() })).default([]),
  methods: z
    .array(
      z.object({
        id: z.string(),
        given: z
          .array(z.object({ topicId: z.string(), sha256: z.string(), reported: reportedSchema.optional() }))
          .optional(),
      }),
    )
    .default([]),
});

/** The templates that a config puts in place of shipped ones; paths start from its folder. */
function promptsBeside(path: string, file: ExperimentFile): Map<string, PromptTemplate> {
  const entries = Object.entries(file.prompts);
  return new Map(entries.map(([name, own]) => [name, loadPrompt(name, resolve(dirname(path), own))]));
}

/** Resolves names to code, endpoints, topics and prompts; `yaml` says where things stand in the file. */
export async function resolveExperiment(
  file: ExperimentFile,
  yaml: YamlFile,
  own: {
    prompts?: (file: ExperimentFile) => ReadonlyMap<string, PromptTemplate>;
    given?: (
      entry: MethodEntry,
      place: Omit<GivenPlace, 'folder'>,
    ) => Promise<ReadonlyMap<string, GivenVideo> | undefined>;
  } = {},
): Promise<Experiment> {
  const known = new Map([...sharedEndpoints(), ...file.endpoints].map((e) => [e.id, e]));
  const used = new Map<string, Endpoint>();
  const use = (id: string, path: readonly PropertyKey[]): Endpoint => {
    const endpoint = known.get(id);
    if (!endpoint) throw unknownName(yaml, path, 'endpoint', id, [...known.keys()]);
    checkEndpoint(endpoint);
    used.set(id, endpoint);
    return endpoint;
  };
  const methods = await resolveMethods(file, yaml, use);
  const metrics = await resolveMetrics(file, yaml, use);
  const measured = metrics.map(({ metric }) => metric.name);
  const { primary } = file.comparison;
  if (primary !== undefined && !measured.includes(primary))
    throw unknownName(yaml, ['comparison', 'primary'], 'metric in this experiment called', primary, measured);
  const dataset = await loadDataset(file.dataset);
  const { name, version, view, licence } = dataset;
  const prompts = own.prompts?.(file) ?? new Map<string, PromptTemplate>();
  const topics = selectTopics(dataset, Array.isArray(file.topics) ? { names: file.topics } : file.topics);
  for (const entry of methods)
    entry.given = await own.given?.(entry, {
      topics,
      allTopics: dataset.topics,
      mediaFolder: dataset.folder,
    });
  const names = [...methods.flatMap((m) => m.method.prompts), ...metrics.flatMap((m) => m.metric.prompts)];
  for (const name of prompts.keys())
    if (!names.includes(name)) throw unknownName(yaml, ['prompts', name], 'prompt', name, names);
  return {
    file,
    dataset: { name, version, view, licence },
    mediaFolder: dataset.folder,
    topics,
    clusters: await clustersOf(dataset),
    methods,
    metrics,
    endpoints: used,
    prompts: new Map(names.map((name) => [name, prompts.get(name) ?? loadPrompt(name)])),
    ownPrompts: new Set(prompts.keys()),
  };
}

type Use = (id: string, path: readonly PropertyKey[]) => Endpoint;

/** Files of methods of somebody's own, from the config's folder. */
function placed(file: ExperimentFile, folder: string): ExperimentFile {
  const methods = file.methods.map((entry) =>
    isPath(entry.use) ? { ...entry, use: resolve(folder, entry.use) } : entry,
  );
  return { ...file, methods };
}

/** A method of somebody's own is named by its file. */
const isPath = (use: string) => /^[.]{0,2}\//.test(use);

async function resolveMethods(file: ExperimentFile, yaml: YamlFile, use: Use): Promise<MethodEntry[]> {
  const entries = file.methods.map(async (entry, i) => {
    const method = isPath(entry.use) ? await loadOwnMethod(resolve(entry.use)) : await loadMethod(entry.use);
    if (!method) throw unknownName(yaml, ['methods', i, 'use'], 'method', entry.use, methodNames);
    const settings = method.settings.safeParse(entry.settings);
    if (!settings.success) throw yaml.problem(settings.error, method.settings, ['methods', i, 'settings']);
    const needed = method.uses?.(settings.data) ?? method.roles;
    const roles = needed.map((role): [Role, Endpoint] => {
      const own = entry.roles[role];
      const id = own ?? file.roles[role];
      if (id === undefined)
        throw configError(
          `${yaml.where(['methods', i])}: method ${entry.use} needs an endpoint for role ${role}`,
          `Write roles: { ${role}: <endpoint id> } in the experiment or the method.`,
        );
      return [role, use(id, own === undefined ? ['roles', role] : ['methods', i, 'roles', role])];
    });
    const id = entry.id ?? (isPath(entry.use) ? method.name : entry.use);
    const { budget, label = id } = entry;
    return { id, label, method, settings: settings.data, roles: new Map(roles), budget };
  });
  const methods = await Promise.all(entries);
  const seen = new Set<string>();
  for (const [i, { id }] of methods.entries()) {
    if (seen.has(id))
      throw configError(
        `${yaml.where(['methods', i])}: two methods are called ${id}`,
        'Give one another id.',
      );
    seen.add(id);
  }
  return methods;
}

async function resolveMetrics(file: ExperimentFile, yaml: YamlFile, use: Use): Promise<MetricEntry[]> {
  const entries = file.metrics.map(async ({ use: name, ...own }, i) => {
    const metric = await loadMetric(name);
    if (!metric) throw unknownName(yaml, ['metrics', i, 'use'], 'metric', name, metricNames);
    const settings = metric.settings.safeParse(own);
    if (!settings.success) throw yaml.problem(settings.error, metric.settings, ['metrics', i]);
    for (const { role, endpoint } of metric.endpoints(settings.data)) {
      const found = use(endpoint, ['metrics', i]);
      if ((role === 'student' || role === 'judge') && !found.vision)
        throw configError(
          `${yaml.where(['metrics', i])}: endpoint ${endpoint} cannot be a ${role}: it does not see images`,
          'Set vision: true in its entry if it can, or name another endpoint.',
        );
    }
    return { metric, settings: settings.data };
  });
  return Promise.all(entries);
}

const modelsFolder = join(import.meta.dirname, '../../configs/models');
const modelsFileSchema = z.strictObject({ endpoints: z.array(endpointSchema) });

/** The endpoints of configs/models/. */
export function sharedEndpoints(): Endpoint[] {
  const files = readdirSync(modelsFolder).filter((name) => name.endsWith('.yaml'));
  return files
    .sort()
    .flatMap((name) => new YamlFile(join(modelsFolder, name)).parse(modelsFileSchema).endpoints);
}

function configError(message: string, hint: string): MmmcError {
  return new MmmcError('bad_config', message, { hint, exitCode: exitCodes.usage });
}

/** An error (exit 2) at a name that stands for nothing, with the nearest one known. */
export function unknownName(
  yaml: YamlFile,
  path: readonly PropertyKey[],
  what: string,
  name: string,
  known: readonly string[],
): MmmcError {
  const nearest = nearestWord(name, known);
  return configError(
    `${yaml.where(path)}: there is no ${what} ${name}${nearest ? `, did you mean ${nearest}?` : ''}`,
    `Known: ${known.join(', ')}`,
  );
}

/** The resolved config as it is written to the bundle: nothing in it is a default left open, no key, no code. */
export function resolvedConfig(experiment: Experiment) {
  return {
    ...experiment.file,
    /** What the file said, so that the bundle can be measured again without it. */
    source: experiment.file,
    dataset: experiment.dataset,
    topics: experiment.topics.map(({ id, slug, title, category, language, quiz }) => ({
      ...{ id, slug, title, category, language, quiz },
      cluster: experiment.clusters.get(id) ?? id,
    })),
    methods: experiment.methods.map((m) => ({
      id: m.id,
      label: m.label,
      use: m.method.name,
      version: m.method.version,
      settings: m.settings,
      roles: Object.fromEntries([...m.roles].map(([role, endpoint]) => [role, endpoint.id])),
      ...(m.given && {
        given: [...m.given].map(([topicId, { sha256, reported }]) => ({ topicId, sha256, reported })),
      }),
    })),
    metrics: experiment.metrics.map((m) => ({
      use: m.metric.name,
      version: m.metric.version,
      settings: m.settings,
    })),
    endpoints: [...experiment.endpoints.values()],
    prompts: [...experiment.prompts.values()].map((prompt) => ({
      name: prompt.name,
      version: prompt.version,
      sha256: prompt.sha256,
      ...(experiment.ownPrompts.has(prompt.name) ? { text: promptFile(prompt) } : {}),
    })),
  };
}
