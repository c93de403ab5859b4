import { exitCodes } from '../store/errors.ts';

/** One figure that was measured, and the bar it is held to; `x` is a ratio, no unit a figure from 0 to 1. */
export interface Measured {
  what: string;
  value: number;
  unit: 's' | 'MB' | 'ms' | 'x' | '';
  /** At most, or at least; `none`: only reported. */
  bar: number | { atLeast: number } | 'none';
}

const digits = { s: 2, MB: 0, ms: 0, x: 2, '': 4 } as const;

/** Every benchmark: name, and where its code lies; each returns its figures. */
const benchmarks: readonly [string, () => Promise<{ bench(): Promise<readonly Measured[]> }>][] = [
  ['dataset-audit', () => import('./dataset-audit.bench.ts')],
  ['dataset-load', () => import('./dataset-load.bench.ts')],
  ['dataset-build', () => import('./dataset-build.bench.ts')],
  ['render-errors', () => import('./render-errors.bench.ts')],
  ['render-films', () => import('./render-films.bench.ts')],
  ['media-decodes', () => import('./media-decodes.bench.ts')],
  ['layout-videos', () => import('./layout-videos.bench.ts')],
  ['statistics', () => import('./statistics.bench.ts')],
  ['lesson', () => import('./lesson.bench.ts')],
  ['calls-overhead', () => import('./calls-overhead.bench.ts')],
  ['calls-makespan', () => import('./calls-makespan.bench.ts')],
];

/** `npm run bench [names]`: prints one line per figure; exit 1 when a bar is missed. */
const wanted = process.argv.slice(2);
let missed = 0;
for (const [name, load] of benchmarks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const { what, value, unit, bar } of await (await load()).bench()) {
    const ok = holds(value, bar);
    if (!ok) missed++;
    const figure = `${value.toFixed(unit === 'ms' && value < 10 ? 2 : digits[unit])} ${unit}`;
    process.stdout.write(
      `${ok ? 'ok    ' : 'MISSED'}  ${figure.padStart(10)}  ${said(bar, unit)}  ${what}\n`,
    );
  }
}
process.exitCode = missed > 0 ? exitCodes.gateMissed : exitCodes.done;

function holds(value: number, bar: Measured['bar']): boolean {
  if (bar === 'none') return true;
  return typeof bar === 'number' ? value <= bar : value >= bar.atLeast;
}

function said(bar: Measured['bar'], unit: string): string {
  if (bar === 'none') return '(no bar)';
  return typeof bar === 'number' ? `(bar ${bar} ${unit})` : `(at least ${bar.atLeast}${unit})`;
}
