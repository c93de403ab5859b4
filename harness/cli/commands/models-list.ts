import type { Argv } from 'yargs';
import { z } from 'zod';
import { sharedEndpoints } from '../../experiment/config.ts';
import type { Endpoint } from '../../models/endpoint.ts';
import { priceOf } from '../../models/prices.ts';
import { hasKey } from '../../models/providers.ts';
import { isRetired, stateOf } from '../../models/retired.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { loadDotEnv } from '../options.ts';
import { alignColumns } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return yargs.option('json', { type: 'boolean', default: false, describe: 'one JSON list on stdout' });
}

const schema = z.object({ json: z.boolean() });

/** The endpoints of configs/models/; whether a key is set is said, never the key. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const { json } = schema.parse(args);
  loadDotEnv();
  const endpoints = sharedEndpoints();
  const today = new Date();
  if (json) {
    const all = endpoints.map((endpoint) => ({
      ...endpoint,
      price: priceOf(endpoint),
      key: keyState(endpoint),
      usable: !isRetired(endpoint, today),
    }));
    process.stdout.write(`${JSON.stringify(toDisk(all))}\n`);
    return exitCodes.done;
  }
  const head = ['Endpoint', 'Provider', 'Model', 'Takes', 'Key', 'Price', 'State'];
  const rows = endpoints.map((endpoint) => [
    endpoint.id,
    endpoint.provider,
    endpoint.model,
    takes(endpoint),
    keyState(endpoint),
    priceText(endpoint),
    stateOf(endpoint, today),
  ]);
  process.stdout.write(`${alignColumns([head, ...rows])}\n`);
  return exitCodes.done;
}

function keyState(endpoint: Endpoint): 'set' | 'missing' | 'none needed' {
  if (endpoint.keyVariable === undefined) return 'none needed';
  return hasKey(endpoint, process.env) ? 'set' : 'missing';
}

function takes({ provider, vision, videoMode, structured }: Endpoint): string {
  if (provider === 'videos-http' || provider === 'gemini-omni') return 'prompts, makes videos';
  const seen = vision ? ['text', 'images', ...(videoMode === 'frames' ? [] : ['video'])] : ['text'];
  return [...seen, ...(structured === 'json_schema' ? ['schema'] : [])].join(', ');
}

/** USD per million tokens, or per second of video. */
function priceText(endpoint: Endpoint): string {
  const price = priceOf(endpoint);
  if (price?.second !== undefined) return `$${price.second} a second`;
  if (price?.input === undefined || price.output === undefined) return 'not known';
  return price.input === 0 && price.output === 0 ? 'free' : `$${price.input} in, $${price.output} out`;
}
