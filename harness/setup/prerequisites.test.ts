import { expect, test } from 'vitest';
import { isStrict } from './prerequisites.ts';

test('a missing prerequisite is a failure in continuous integration and a skip elsewhere', () => {
  expect(isStrict({ CI: '1' })).toBe(true);
  expect(isStrict({ CI: 'true' })).toBe(true);
  expect(isStrict({ MMMC_STRICT: '1' })).toBe(true);
  expect(isStrict({ CI: 'false', MMMC_STRICT: '0' })).toBe(false);
  expect(isStrict({})).toBe(false);
});
