import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { ModelError } from './model-error.ts';
import type { Access } from './providers.ts';
import { fetchJson } from './wire-fetch.ts';

/** What a provider's own list says of a model. */
export type Listing =
  | { state: 'listed'; shutdown: string | null }
  /** `others`: how many models there are in the list. */
  | { state: 'not_listed'; others: number }
  /** The server keeps no list, or there is none to ask. */
  | { state: 'no_list'; note: string };

const timeoutMs = 20_000;

/** OpenAI's shape, which Anthropic, OpenRouter and most servers share; `shutdown_date` is OpenAI's. */
const dataSchema = z.object({
  data: z.array(z.object({ id: z.string(), shutdown_date: z.string().nullish() })),
});
const geminiSchema = z.object({ models: z.array(z.object({ name: z.string() })) });

/**
 * Asks the provider whether it has the endpoint's model; nothing is paid for it. Throws ModelError: a key that is refused
 * (`auth`), a server that is not there (`network`), one that answers something else (`malformed`), …
 */
export async function lookUp(endpoint: Endpoint, { baseUrl, key }: Access): Promise<Listing> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { provider, model, dialect } = endpoint;
  if (provider === 'command') return programOf(endpoint);
  if (provider === 'gemini' || provider === 'gemini-omni') {
    const headers: Record<string, string> = key === null ? {} : { 'x-goog-api-key': key };
    const url = `${baseUrl}/v1beta/models?pageSize=1000`;
    const { models } = await fetchJson(geminiSchema, url, { headers, signal });
    return find(
      models.map(({ name }) => ({ id: name.replace(/^models\//, '') })),
      model,
    );
  }
  if (provider === 'anthropic') {
    const headers = { 'anthropic-version': '2023-06-01', ...(key === null ? {} : { 'x-api-key': key }) };
    return find(
      (await fetchJson(dataSchema, `${baseUrl}/models?limit=1000`, { headers, signal })).data,
      model,
    );
  }
  const path = provider === 'videos-http' && dialect === 'openrouter' ? 'videos/models' : 'models';
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  try {
    return find((await fetchJson(dataSchema, `${baseUrl}/${path}`, { headers, signal })).data, model);
  } catch (thrown) {
    const none = thrown instanceof ModelError && (thrown.status === 404 || thrown.status === 405);
    if (none) return { state: 'no_list', note: 'the server keeps no list of models' };
    throw thrown;
  }
}

function find(
  models: readonly { id: string; shutdown_date?: string | null | undefined }[],
  model: string,
): Listing {
  const found = models.find(({ id }) => id === model);
  if (found === undefined) return { state: 'not_listed', others: models.length };
  return { state: 'listed', shutdown: found.shutdown_date ?? null };
}

/** A program is there when it can be run. */
function programOf({ command = [] }: Endpoint): Listing {
  const [program = ''] = command;
  const places = program.includes('/')
    ? [program]
    : (process.env.PATH ?? '').split(delimiter).map((p) => join(p, program));
  if (program !== '' && places.some(isProgram)) return { state: 'no_list', note: `${program} is there` };
  throw new ModelError('network', program === '' ? 'it names no program' : `there is no program ${program}`);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
