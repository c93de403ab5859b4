import { expect, it } from 'vitest';
import { defaultLimits, resolveLimits, resourceLimits } from './limits.ts';

it('lets the wall limit follow the CPU limit at five times its length unless it is given', () => {
  expect(resolveLimits({ cpuSeconds: 10 })).toEqual({ ...defaultLimits, cpuSeconds: 10, wallSeconds: 50 });
  expect(resolveLimits({ cpuSeconds: 10, wallSeconds: 12 }).wallSeconds).toBe(12);
  expect(resolveLimits({ wallSeconds: 12 }, { memoryBytes: 1 }).wallSeconds).toBe(12);
  expect(resolveLimits({ wallSeconds: 12 }, { cpuSeconds: 4 }).wallSeconds).toBe(20);
  expect(resolveLimits(undefined, undefined)).toEqual(defaultLimits);
});

it('sets limits of single processes above those of the tree, so that the watchdog speaks first', () => {
  const { CPU, DATA } = resourceLimits(resolveLimits({ cpuSeconds: 1.5, memoryBytes: 100 }));
  expect([CPU, DATA]).toEqual([4, 200]);
});
