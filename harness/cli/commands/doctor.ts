import pc from 'picocolors';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { doctor } from '../../setup/diagnose.ts';
import type { Diagnosis } from '../../setup/diagnosis.ts';
import { exitCodes } from '../../store/errors.ts';
import { alignColumns, terminalStyle } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return yargs.option('json', {
    type: 'boolean',
    default: false,
    describe: 'the same as a JSON list on stdout',
  });
}

const schema = z.object({ json: z.boolean() });

/** Leaves with 4 when something is missing that rendering needs. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const { json } = schema.parse(args);
  const diagnoses = await doctor();
  const colour = terminalStyle(process.stdout).colour;
  process.stdout.write(json ? `${JSON.stringify(diagnoses)}\n` : `${diagnosisTable(diagnoses, colour)}\n`);
  return diagnoses.some(({ state }) => state === 'missing') ? exitCodes.prerequisite : exitCodes.done;
}

/** A line per prerequisite in aligned columns; what to type stands below what is missing. */
export function diagnosisTable(diagnoses: readonly Diagnosis[], colour: boolean): string {
  const { green, red, yellow, dim } = pc.createColors(colour);
  const paint = { good: green, missing: red, optional: yellow };
  const table = alignColumns(
    diagnoses.map(({ name, state, found }) => [name, paint[state](state), found]),
  ).split('\n');
  const lines = diagnoses.flatMap(({ mend }, i) => {
    const line = table[i] ?? '';
    return mend === '' ? [line] : [line, dim(`  -> ${mend}`)];
  });
  return lines.join('\n');
}
