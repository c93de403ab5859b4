import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromDisk, toDisk } from './keys.ts';

test('keys become snake_case and come back, deeply, in lists too', () => {
  const value = { durationS: 1, nested: [{ servedModel: null, costUsd: 2 }], list: ['keepThis'] };
  expect(toDisk(value)).toEqual({
    duration_s: 1,
    nested: [{ served_model: null, cost_usd: 2 }],
    list: ['keepThis'],
  });
  expect(fromDisk(toDisk(value))).toEqual(value);
});

test('keys of data are left alone', () => {
  const value = { figures: { gainGivenVideo: { value: 1 } }, parameters: { reasoning_effort: 'low' } };
  expect(toDisk(value)).toEqual(value);
  expect(fromDisk(value)).toEqual(value);
});

test('any camelCase key survives the way to disk and back', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9]*([A-Z][a-z0-9]*)*$/);
  fc.assert(
    fc.property(fc.dictionary(key, fc.integer()), (value) => {
      expect(fromDisk(toDisk(value))).toEqual({ ...value });
    }),
  );
});
