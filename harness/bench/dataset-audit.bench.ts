import { join } from 'node:path';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import type { Measured } from './bench.ts';
import { medianOfCommand } from './repeat.ts';

const released = join(import.meta.dirname, '../../../shared/mmmc-official');

/** Import and audit of the released files, the whole process, without a model and without plots. */
export async function bench(): Promise<readonly Measured[]> {
  if (!requirePrerequisite('official-data')) return [];
  const value = medianOfCommand(['dataset', 'audit', released, '--json']);
  return [
    { what: 'mmmc dataset audit of the released files, --json, whole process', value, unit: 's', bar: 1.5 },
  ];
}
