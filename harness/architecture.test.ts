import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '..');

const building = [
  'metrics/statistics',
  'datasets',
  'datasets/audit',
  'harness/experiment',
  'harness/models',
  'harness/render',
  'harness/media',
  'harness/quiz',
  'harness/store',
  'reports',
  'reports/charts',
];

/** What each room may import, beside itself; a room inside a room stands before it. See docs/architecture.md. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'harness/cli': [
    'baselines',
    'harness/models',
    'harness/experiment',
    'harness/media',
    'harness/store',
    'harness/render',
    'harness/setup',
    'reports',
    'datasets',
    'datasets/audit',
    'datasets/build',
  ],
  'harness/bench': [
    'harness/media',
    'metrics/statistics',
    'harness/render',
    'datasets',
    'datasets/build',
    'harness/experiment',
    'harness/models',
    'harness/setup',
    'harness/store',
  ],
  'harness/experiment': [
    'baselines',
    'metrics',
    'datasets',
    'datasets/audit',
    'harness/models',
    'harness/render',
    'harness/media',
    'harness/quiz',
    'harness/assets',
    'harness/store',
  ],
  baselines: ['harness/models', 'harness/render', 'harness/media', 'harness/assets', 'harness/store'],
  'metrics/statistics': ['harness/store'],
  metrics: [
    'metrics/statistics',
    'datasets',
    'harness/models',
    'harness/media',
    'harness/quiz',
    'harness/store',
  ],
  'harness/models': ['harness/media', 'harness/render', 'harness/store'],
  'harness/media': ['harness/render', 'harness/store'],
  'harness/render': ['harness/media', 'harness/store', 'harness/setup'],
  'harness/quiz': ['harness/store'],
  'harness/assets': ['harness/models', 'harness/setup', 'harness/store'],
  'harness/store': [],
  'harness/setup': ['harness/store'],
  'datasets/audit': ['datasets', 'metrics/statistics', 'harness/quiz', 'harness/store'],
  'datasets/build': building,
  datasets: ['harness/setup', 'harness/store'],
  'reports/charts': ['harness/store'],
  reports: [
    'reports/charts',
    'metrics',
    'metrics/statistics',
    'datasets',
    'datasets/audit',
    'datasets/build',
    'harness/assets',
    'harness/store',
    'harness/quiz',
    'harness/models',
  ],
};

interface Import {
  file: string;
  target: string;
}

function sources(): string[] {
  return ['harness', 'baselines', 'metrics', 'datasets', 'reports'].flatMap((top) =>
    readdirSync(join(project, top), { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile() && e.name.endsWith('.ts') && !/\.(test|fixture)\.ts$|fixture/.test(e.name))
      .map((e) => relative(project, join(e.parentPath, e.name))),
  );
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(project, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map((match) => ({ file, target: join(dirname(file), match[1] ?? '') }));
}

function roomOf(path: string): string | undefined {
  return Object.keys(allowed).find((room) => path.startsWith(`${room}/`));
}

const imports = sources().flatMap(importsOf);

test('imports run one way, from room to allowed room', () => {
  const wrong = imports.filter(({ file, target }) => {
    const [from, to] = [roomOf(file), roomOf(target)];
    return from !== undefined && to !== undefined && from !== to && !allowed[from]?.includes(to);
  });
  expect(wrong.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
});

test('a method never imports a metric, a metric never a method', () => {
  const crossing = imports.filter(
    ({ file, target }) =>
      (file.startsWith('baselines/') && target.startsWith('metrics/')) ||
      (file.startsWith('metrics/') && target.startsWith('baselines/')),
  );
  expect(crossing).toEqual([]);
});

test('nothing that the offline endpoints load, however far, comes from datasets', () => {
  const edges = Map.groupBy(imports, ({ file }) => file);
  const seen = new Set<string>();
  const queue = sources().filter((file) => file.startsWith('harness/models/offline/'));
  expect(queue.length).toBeGreaterThan(0);
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    queue.push(...(edges.get(file) ?? []).map(({ target }) => target));
  }
  expect([...seen].filter((file) => file.startsWith('datasets/'))).toEqual([]);
  const text = [...seen].filter((f) => f.endsWith('.ts')).map((f) => readFileSync(join(project, f), 'utf8'));
  expect(text.filter((content) => /datasets\//.test(content))).toEqual([]);
});

test('a provider, a method or a metric is loaded when a config names it, not before', () => {
  const eager = imports.filter(({ file, target }) => {
    const text = readFileSync(join(project, file), 'utf8');
    const lazy = /models\/(openai|videos-http)\.ts|baselines\/[\w-]+\/[\w-]+\.ts|metrics\/(\w+)\/\2\.ts$/;
    return (
      lazy.test(target) &&
      !file.startsWith(`${dirname(target)}/`) &&
      new RegExp(`^import (?!type).*'[^']*${target.split('/').at(-1)?.replaceAll('.', '\\.')}'`, 'm').test(
        text,
      )
    );
  });
  expect(eager.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
});
