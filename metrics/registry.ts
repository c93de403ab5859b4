import type { AnyMetric } from './metric.ts';

/** Metrics by name; a metric's code is loaded when a config names it, not before. */
const loaders: Readonly<Record<string, () => Promise<AnyMetric>>> = {
  aesthetics: async () => (await import('./aesthetics/aesthetics.ts')).aesthetics,
  efficiency: async () => (await import('./efficiency/efficiency.ts')).efficiency,
  layout: async () => (await import('./layout/layout.ts')).layout,
  teachquiz: async () => (await import('./teachquiz/teachquiz.ts')).teachquiz,
};

export const metricNames = Object.keys(loaders);

/** Loads a metric; `undefined` when there is none of that name. */
export async function loadMetric(name: string): Promise<AnyMetric | undefined> {
  return loaders[name]?.();
}
