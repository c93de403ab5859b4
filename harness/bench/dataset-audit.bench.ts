import { requirePrerequisite } from '../setup/prerequisites.ts';
import { officialDataFolder } from '../setup/probe.ts';
import type { Measured } from './bench.ts';
import { medianOfCommand } from './repeat.ts';

/** Import and audit of the released files, the whole process, without a model and without plots. */
export async function bench(): Promise<readonly Measured[]> {
  if (!requirePrerequisite('official-data')) return [];
  const value = medianOfCommand(['dataset', 'audit', officialDataFolder, '--json']);
  return [
    { what: 'mmmc dataset audit of the released files, --json, whole process', value, unit: 's', bar: 1.5 },
  ];
}
