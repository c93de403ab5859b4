import pc from 'picocolors';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { sharedEndpoints } from '../../experiment/config.ts';
import { lookUp } from '../../models/catalogue.ts';
import { chatCost } from '../../models/cost.ts';
import { type Endpoint, isOffline } from '../../models/endpoint.ts';
import { ModelError } from '../../models/model-error.ts';
import { hasKey, keyOf, openChatModel } from '../../models/providers.ts';
import { stateOf } from '../../models/retired.ts';
import { exitCodes, MmmcError } from '../../store/errors.ts';
import { nearestWord } from '../../store/yaml-file.ts';
import { loadDotEnv } from '../options.ts';
import { alignColumns, terminalStyle } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('endpoints', {
      type: 'string',
      array: true,
      default: [],
      describe: 'ids; without any, all whose key is set',
    })
    .option('live', {
      type: 'boolean',
      default: false,
      describe: 'make one tiny call to each chat model as well',
    })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON list on stdout' });
}

const schema = z.object({ endpoints: z.array(z.string()), live: z.boolean(), json: z.boolean() });

/** What came of one endpoint. */
interface Checked {
  id: string;
  state: 'good' | 'wrong' | 'no_key';
  found: string;
  /** What to do, where something is wrong. */
  next: string;
}

/** Asks each endpoint's own list, and with --live the model itself. Leaves with 1 when something is wrong, 4 without a key. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const { endpoints, live, json } = schema.parse(args);
  loadDotEnv();
  const checked = await Promise.all(chosen(endpoints).map((endpoint) => check(endpoint, live)));
  if (json) process.stdout.write(`${JSON.stringify(checked)}\n`);
  else process.stdout.write(`${checked.length === 0 ? 'No endpoint has its key set.' : linesOf(checked)}\n`);
  if (checked.some(({ state }) => state === 'wrong')) return exitCodes.gateMissed;
  return checked.some(({ state }) => state === 'no_key') ? exitCodes.prerequisite : exitCodes.done;
}

function chosen(ids: readonly string[]): Endpoint[] {
  const real = sharedEndpoints().filter((endpoint) => !isOffline(endpoint));
  if (ids.length === 0)
    return real.filter((each) => each.keyVariable !== undefined && hasKey(each, process.env));
  return ids.map((id) => {
    const found = real.find((endpoint) => endpoint.id === id);
    if (found) return found;
    const nearest = nearestWord(
      id,
      real.map((endpoint) => endpoint.id),
    );
    throw new MmmcError(
      'no_endpoint',
      `there is no endpoint ${id}${nearest ? `, did you mean ${nearest}?` : ''}`,
      {
        hint: '`mmmc models list` shows those of configs/models/.',
        exitCode: exitCodes.usage,
      },
    );
  });
}

async function check(endpoint: Endpoint, live: boolean): Promise<Checked> {
  const { id, provider, baseUrl } = endpoint;
  try {
    const key = keyOf(endpoint, process.env);
    const listing = await lookUp(endpoint, { baseUrl: baseUrl.replace(/\/+$/, ''), key });
    if (listing.state === 'not_listed')
      return {
        id,
        state: 'wrong',
        found: `${endpoint.model} is not among the ${listing.others} models of the server`,
        next: endpoint.replacement ? `its maker names ${endpoint.replacement}` : 'name another model',
      };
    const shutdown = listing.state === 'listed' ? (listing.shutdown ?? endpoint.retired) : endpoint.retired;
    const words = [
      listing.state === 'listed' ? 'listed' : listing.note,
      stateOf({ ...endpoint, retired: shutdown }, new Date()),
      live && provider !== 'videos-http' && provider !== 'gemini-omni' ? await callOnce(endpoint) : '',
    ];
    return { id, state: 'good', found: words.filter((word) => word !== '').join('; '), next: '' };
  } catch (thrown) {
    if (thrown instanceof MmmcError)
      return { id, state: 'no_key', found: thrown.message, next: thrown.hint ?? '' };
    if (thrown instanceof ModelError)
      return {
        id,
        state: 'wrong',
        found: `${thrown.failure}: ${thrown.message}`,
        next: nextStep(thrown, endpoint),
      };
    throw thrown;
  }
}

/** One tiny call: how long it took, who answered, what it cost. */
async function callOnce(endpoint: Endpoint): Promise<string> {
  const model = await openChatModel(endpoint, process.env, {
    resolveOffline: () => Promise.reject(new Error('offline endpoints are not checked')),
  });
  const content = [{ type: 'text' as const, text: 'Answer with the word yes.' }];
  const start = performance.now();
  try {
    const request = { messages: [{ role: 'user' as const, content }], maxOutputTokens: 16 };
    const reply = await model.chat(request, { signal: AbortSignal.timeout(60_000) });
    const cost = chatCost(endpoint, reply.usage);
    return [
      `answered (${reply.finish}) in ${((performance.now() - start) / 1000).toFixed(1)} s`,
      reply.servedModel === null ? 'does not say by which model' : `by ${reply.servedModel}`,
      cost === null ? 'cost not known' : `for $${cost.toFixed(6)}`,
    ].join(', ');
  } finally {
    await model.close?.();
  }
}

function nextStep({ failure }: ModelError, { keyVariable, baseUrl, replacement }: Endpoint): string {
  if (failure === 'auth') return `check the key in ${[keyVariable ?? 'key_variable'].flat().join(' or ')}`;
  if (failure === 'network' || failure === 'timeout')
    return `check the address ${baseUrl}, and that the server runs`;
  if (failure === 'quota') return 'the account has no credit left';
  if (failure === 'model_gone') return replacement ? `its maker names ${replacement}` : 'name another model';
  if (failure === 'malformed') return `check the address ${baseUrl}: something else answers there`;
  return 'try again later';
}

function linesOf(checked: readonly Checked[]): string {
  const { green, red, yellow, dim } = pc.createColors(terminalStyle(process.stdout).colour);
  const paint = { good: green, wrong: red, no_key: yellow };
  const words = { good: 'good', wrong: 'wrong', no_key: 'no key' };
  const rows = alignColumns(checked.map(({ id, state, found }) => [id, paint[state](words[state]), found]));
  const table = rows.split('\n');
  return checked
    .flatMap(({ next }, i) => (next === '' ? [table[i] ?? ''] : [table[i] ?? '', dim(`  -> ${next}`)]))
    .join('\n');
}
