import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { endpointSchema } from '../models/endpoint.ts';
import { type Failing, failing } from '../models/loopback/failures.ts';
import { ModelError } from '../models/model-error.ts';
import { OpenBundle } from '../store/bundle.ts';
import type { CallEvent } from '../store/events.ts';
import { testFolder } from '../testing/folder.ts';
import { OwnedCalls } from './calls.ts';
import { RunControl } from './control.ts';
import { Endpoints } from './endpoints.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/failures.md'), 'utf8');
const heading = '| what happens | class | tried again | what the journal keeps |';

/** Makes one call of at most two attempts to a server that fails each time. */
async function callOf({ provider, answer }: Failing): Promise<{ requests: number; call: CallEvent }> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    request.resume().once('end', () => answer?.(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  if (answer === null) server.close();
  const endpoint = endpointSchema.parse({
    ...{ id: 'e', provider, model: 'm', baseUrl: `http://127.0.0.1:${port}/v1` },
    ...{ attempts: 2, timeoutS: 1, stallS: 0.5 },
  });
  const bundle = new OpenBundle(testFolder(), 'test');
  const endpoints = new Endpoints(() => Promise.reject(new Error('nothing is offline here')));
  const own = { job: 'j', owner: 'c', files: [], maxUnusable: 3 };
  const calls = new OwnedCalls(bundle, endpoints, new RunControl(), own);
  const content = [{ type: 'text' as const, text: 'hello' }];
  try {
    await calls.chat(endpoint, 'coder', { messages: [{ role: 'user', content }] }, { purpose: 'p' });
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
  } finally {
    server.close();
    server.closeAllConnections();
    bundle.close();
  }
  const [call] = bundle.state.calls;
  if (call === undefined) throw new Error('no call was recorded');
  return { requests, call };
}

function kept({ failure, finish, usage, unbilled, attempts }: CallEvent): string {
  const known = (usage.input ?? 0) + (usage.output ?? 0);
  const tokens = unbilled ? 'tokens unknown' : `${known === 0 ? 'no' : known / attempts} tokens`;
  return failure === null ? `a reply, \`${finish}\`, ${tokens}` : `a failed call, ${tokens}`;
}

async function rowOf(fault: Failing): Promise<string> {
  const { requests, call } = await callOf(fault);
  const again = call.attempts > 1 ? 'yes' : 'no';
  expect(requests).toBe(fault.answer === null ? 0 : call.attempts);
  return `| ${fault.words} | ${call.failure ? `\`${call.failure.class}\`` : '–'} | ${again} | ${kept(call)} |`;
}

test.each(['openai', 'anthropic', 'gemini'] as const)(
  'docs/failures.md says what becomes of each fault of %s',
  async (provider) => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const rows = await Promise.all(failing.filter((fault) => fault.provider === provider).map(rowOf));
    const section = page.split(/^## /m).find((part) => part.startsWith(`Provider \`${provider}\``)) ?? '';
    const table = section
      .split('\n\n')
      .find((part) => part.startsWith(heading))
      ?.trim();
    expect(table).toBe([heading, '|---|---|---|---|', ...rows].join('\n'));
  },
);
