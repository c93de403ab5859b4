import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { officialDataFolder } from '../../harness/setup/probe.ts';
import { MmmcError } from '../../harness/store/errors.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import { pinnedFiles } from './pinned.ts';
import { readReleased, toReleased } from './released.ts';

const jsonNames = pinnedFiles.map(({ name }) => name).filter((name) => name.endsWith('.json'));
const contentOf = (folder: string) =>
  jsonNames.map((name): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')));
/** As text, so that the order of members counts. */
const textOf = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value));

/** A damage: where (a part of the length), how, and which byte. */
const damages = fc.record({
  file: fc.constantFrom(...jsonNames, ...jsonNames.filter((name) => name.startsWith('questions'))),
  at: fc.noBias(fc.nat(999_999)),
  kind: fc.constantFrom('flip', 'change', 'delete', 'insert', 'truncate'),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('"{}[],:\\ ABCDE\n'))),
});

function damage(bytes: Buffer, { at, kind, byte }: { at: number; kind: string; byte: number }): Buffer {
  const place = Math.floor((at / 1_000_000) * bytes.length);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place + 1)];
  if (kind === 'truncate') return before;
  if (kind === 'delete') return Buffer.concat([before, after]);
  if (kind === 'insert') return Buffer.concat([before, Buffer.from([byte]), bytes.subarray(place)]);
  const flipped = (bytes[place] ?? 0) ^ (1 << (byte % 8));
  return Buffer.concat([before, Buffer.from([kind === 'flip' ? flipped : byte]), after]);
}

describe.skipIf(!requirePrerequisite('official-data'))('the released files of MMMC', () => {
  test('are read without loss: all five come back deep-equal, orders included', async () => {
    const { dataset } = await readReleased(officialDataFolder, { lenient: false });
    const back = toReleased(dataset);
    const given = contentOf(officialDataFolder);
    expect(jsonNames.map((name) => back[name])).toEqual(given);
    expect(textOf(jsonNames.map((name) => back[name]))).toEqual(textOf(given));
    expect(dataset.version).toBe('36a608c');
    expect(dataset.topics).toHaveLength(117);
    expect(dataset.topics.flatMap(({ quiz }) => quiz)).toHaveLength(585);
    expect(new Set(dataset.topics.map(({ slug }) => slug)).size).toBe(117);
    expect(dataset.topics.filter(({ extra }) => extra?.reference_image !== undefined)).toHaveLength(30);
  });

  test('have these oddities', async () => {
    const { anomalies } = await readReleased(officialDataFolder, { lenient: false });
    const counts = Object.entries(Object.groupBy(anomalies, ({ kind }) => kind));
    expect(Object.fromEntries(counts.map(([kind, list]) => [kind, list?.length]))).toEqual({
      fewer_questions: 1,
      literal_escape: 14,
      doubled_backslash: 5,
      mapping_order: 1,
      missing_image: 30,
    });
    expect(anomalies.find(({ kind }) => kind === 'mapping_order')?.message).toMatch(/^106 of 117/);
  });

  test('damaged in any byte give an error with a place or an import of what the bytes say', {
    timeout: 60_000,
  }, async () => {
    const folder = testFolder();
    for (const { name } of pinnedFiles) copyFileSync(join(officialDataFolder, name), join(folder, name));
    let imported = 0;
    await fc.assert(
      fc.asyncProperty(damages, async (how) => {
        const path = join(folder, how.file);
        const whole = readFileSync(join(officialDataFolder, how.file));
        writeFileSync(path, damage(whole, how));
        try {
          const { dataset } = await readReleased(folder, { lenient: false });
          const back = toReleased(dataset);
          expect(textOf(jsonNames.map((name) => back[name]))).toEqual(textOf(contentOf(folder)));
          imported++;
        } catch (error) {
          if (!(error instanceof MmmcError)) throw error;
          expect(error.code).toBe('bad_dataset');
          expect(error.message).toMatch(/\.json:\d+:\d+: /);
        } finally {
          writeFileSync(path, whole);
        }
      }),
      { numRuns: 200 },
    );
    expect(imported).toBeGreaterThan(10);
    expect(imported).toBeLessThan(190);
  });
});
