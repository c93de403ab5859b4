import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnedCalls } from '../experiment/calls.ts';
import { RunControl } from '../experiment/control.ts';
import { Endpoints } from '../experiment/endpoints.ts';
import { type Endpoint, endpointSchema } from '../models/endpoint.ts';
import { OpenBundle } from '../store/bundle.ts';

/** Makes one call with a prompt of 4 kB, by the harness's whole way: limits, retry loop, provider, journal, texts. */
export type Ask = (waitMs: number) => Promise<void>;

/** A bundle and a chat server in another process (calls-server.child.ts), for as long as `use` takes. */
export async function withCalls<T>(
  limits: Partial<Endpoint> & Pick<Endpoint, 'concurrency' | 'model'>,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'calls-server.child.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-bench-'));
  const bundle = new OpenBundle(folder, 'bench');
  try {
    const [port] = await once(child.stdout, 'data');
    const endpoint = endpointSchema.parse({
      ...{ id: 'bench', provider: 'openai', baseUrl: `http://127.0.0.1:${Number(port)}/v1` },
      price: { input: 1, output: 2, source: 'bench', date: '2026-01-01' },
      ...limits,
    });
    const endpoints = new Endpoints(() => Promise.reject(new Error('nothing is offline here')));
    const control = new RunControl();
    let asked = 0;
    return await use(async (waitMs) => {
      const number = asked++;
      const owner = `cell-${number % 64}`;
      const own = { job: owner, owner, files: [], maxUnusable: 3 };
      const text = `${waitMs} ms, question ${number}: ${'what touches the curve where, and why? '.repeat(120)}`;
      const content = [{ type: 'text' as const, text: text.slice(0, 4096) }];
      const calls = new OwnedCalls(bundle, endpoints, control, own);
      await calls.chat(endpoint, 'coder', { messages: [{ role: 'user', content }] }, { purpose: 'bench' });
    });
  } finally {
    child.stdin.end();
    bundle.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
