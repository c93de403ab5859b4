import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { exitCodes, MmmcError, messageOf } from '../harness/store/errors.ts';
import { sha256File } from '../harness/store/hash.ts';
import type { AnyMethod } from './method.ts';

/** Methods by name; a method's code is loaded when a config names it, not before. */
const loaders: Readonly<Record<string, () => Promise<AnyMethod>>> = {
  code2video: async () => (await import('./code2video/code2video.ts')).code2video,
  command: async () => (await import('./command/command.ts')).command,
  'direct-code': async () => (await import('./direct-code/direct-code.ts')).directCode,
  human: async () => (await import('./human/human.ts')).human,
  imported: async () => (await import('./imported/imported.ts')).imported,
  'pixel-space': async () => (await import('./pixel-space/pixel-space.ts')).pixelSpace,
};

export const methodNames = Object.keys(loaders);

const ownSchema = z.object({ default: z.custom<AnyMethod>((value) => methodShape.safeParse(value).success) });
const methodShape = z.looseObject({
  name: z.string(),
  version: z.string(),
  produce: z.instanceof(Function),
  estimate: z.instanceof(Function),
});

/**
 * Loads a method from a file of somebody's own (`use: ./my-method.ts`): its default export, made with `defineMethod`. The hash of the file is part of its
 * version, for nobody raises that while trying things. It runs with all our rights. Throws `bad_module` (exit 2).
 */
export async function loadOwnMethod(file: string): Promise<AnyMethod> {
  const fail = (message: string, cause?: unknown) =>
    new MmmcError('bad_module', `${file}: ${message}`, {
      hint: 'It must export default defineMethod(…): mmmc init method writes one that runs.',
      exitCode: exitCodes.usage,
      cause,
    });
  const hash = await sha256File(file).catch((cause: unknown) => {
    throw fail('it cannot be read', cause);
  });
  const loaded: unknown = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw fail(`it cannot be loaded: ${messageOf(cause)}`, cause);
  });
  const own = ownSchema.safeParse(loaded);
  if (!own.success) throw fail('it exports no method');
  const method = own.data.default;
  return { ...method, version: `${method.version}+${hash.slice(0, 12)}` };
}

/** Loads a method; `undefined` when there is none of that name. */
export async function loadMethod(name: string): Promise<AnyMethod | undefined> {
  return loaders[name]?.();
}
