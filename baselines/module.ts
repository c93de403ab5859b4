/*
 * What a method of your own imports: `use: ./my-method.ts` in an experiment loads it. It runs as part of the harness, with all its rights: load
 * only what you trust. See docs/writing-a-method.md.
 */
export { z } from 'zod';
export { extractCode } from './extract.ts';
export * from './method.ts';
