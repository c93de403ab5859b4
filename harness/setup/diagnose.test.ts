import { expect, test, vi } from 'vitest';
import { doctor } from './diagnose.ts';

test('doctor names a remedy for each thing that is not good, and only for those', async () => {
  const diagnoses = await doctor();
  for (const { state, mend } of diagnoses) expect(mend === '').toBe(state === 'good');
  expect(diagnoses.find(({ name }) => name === 'Node')).toMatchObject({ state: 'good' });
});

test('doctor says what is missing where programs cannot be found', async () => {
  vi.stubEnv('PATH', '/nonexistent');
  const missing = (await doctor()).filter(({ state }) => state === 'missing').map(({ name }) => name);
  vi.unstubAllEnvs();
  expect(missing).toEqual(expect.arrayContaining(['LaTeX', 'ffmpeg', 'bubblewrap', 'sandbox', 'tesseract']));
});
