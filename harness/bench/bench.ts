import { exitCodes } from '../store/errors.ts';

/** One figure that was measured, and the bar it is held to. */
export interface Measured {
  what: string;
  value: number;
  unit: 's' | 'MB' | 'ms';
  /** At most. */
  bar: number;
}

/** Every benchmark: name, and where its code lies; each returns its figures. */
const benchmarks: readonly [string, () => Promise<{ bench(): Promise<readonly Measured[]> }>][] = [
  ['dataset-audit', () => import('./dataset-audit.bench.ts')],
  ['dataset-load', () => import('./dataset-load.bench.ts')],
  ['dataset-build', () => import('./dataset-build.bench.ts')],
];

/** `npm run bench [names]`: prints one line per figure; exit 1 when a bar is missed. */
const wanted = process.argv.slice(2);
let missed = 0;
for (const [name, load] of benchmarks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const { what, value, unit, bar } of await (await load()).bench()) {
    const ok = value <= bar;
    if (!ok) missed++;
    const figure = `${value.toFixed(unit === 's' ? 2 : 0)} ${unit}`;
    process.stdout.write(
      `${ok ? 'ok    ' : 'MISSED'}  ${figure.padStart(10)}  (bar ${bar} ${unit})  ${what}\n`,
    );
  }
}
process.exitCode = missed > 0 ? exitCodes.gateMissed : exitCodes.done;
