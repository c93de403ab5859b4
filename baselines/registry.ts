import type { AnyMethod } from './method.ts';

/** Methods by name; a method's code is loaded when a config names it, not before. */
const loaders: Readonly<Record<string, () => Promise<AnyMethod>>> = {
  code2video: async () => (await import('./code2video/code2video.ts')).code2video,
  'direct-code': async () => (await import('./direct-code/direct-code.ts')).directCode,
  'pixel-space': async () => (await import('./pixel-space/pixel-space.ts')).pixelSpace,
};

export const methodNames = Object.keys(loaders);

/** Loads a method; `undefined` when there is none of that name. */
export async function loadMethod(name: string): Promise<AnyMethod | undefined> {
  return loaders[name]?.();
}
