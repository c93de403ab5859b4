import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { plainCompletion, startLoopback } from '../models/loopback.ts';
import { OpenBundle } from '../store/bundle.ts';
import { testFolder } from '../testing/folder.ts';
import { OwnedCalls } from './calls.ts';
import { loadExperiment } from './config.ts';
import { RunControl } from './control.ts';
import { Endpoints } from './endpoints.ts';
import { checkRecordPath, record } from './record.ts';

const key = 'sk-canary/7c1f+e2d90ab4';

test('a recorded run holds neither key, header, address, endpoint, prompt nor local path', async () => {
  vi.stubEnv('MMMC_CANARY_KEY', key);
  const folder = testFolder();
  const server = await startLoopback();
  const config = join(folder, 'config.yaml');
  writeFileSync(
    config,
    `name: canary
dataset: mini
topics: [binary-search]
protocol: paper
endpoints:
  - { id: private/endpoint, provider: openai, base_url: "${server.url}", model: m, key_variable: MMMC_CANARY_KEY, attempts: 1 }
roles: { coder: private/endpoint }
methods: [{ use: direct-code }]
`,
  );
  const experiment = await loadExperiment(config);
  const endpoint = experiment.endpoints.get('private/endpoint');
  const bundle = new OpenBundle(join(folder, 'bundle'), 'test');
  const endpoints = new Endpoints(() => Promise.reject(new Error('no offline server here')));
  const owner = { job: 'j', owner: 'cell-1', files: [], maxUnusable: 3 };
  const calls = new OwnedCalls(bundle, endpoints, new RunControl(), owner);
  const ask = async (text: string, says: string) => {
    const message = { role: 'assistant', content: says, refusal: null };
    server.completion = {
      ...plainCompletion,
      model: `${folder}/weights`,
      choices: [{ index: 0, finish_reason: 'stop', message }],
    };
    const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }];
    if (endpoint) await calls.chat(endpoint, 'coder', { messages }, { purpose: 'p' });
  };
  try {
    await ask('canary prompt', 'a harmless reply');
    await ask('more', `I was called with Bearer ${key}, or ${Buffer.from(key).toString('base64')}.`);
    await server.close();
    await expect(ask('nobody is there', '')).rejects.toThrow();
    const path = join(folder, 'out.cassette');
    await record(bundle, experiment, path);
    const lines = gunzipSync(readFileSync(path)).toString('utf8');
    expect(lines).toContain('a harmless reply');
    expect(lines).toContain('"failure":"network"');
    expect(lines).toContain('"served_model":"weights"');
    const forms = [key, encodeURIComponent(key), Buffer.from(key).toString('base64')];
    const places = [server.url, new URL(server.url).host, folder, 'private/endpoint', 'canary prompt'];
    for (const canary of [...forms, ...places]) expect(lines).not.toContain(canary);
  } finally {
    bundle.close();
    vi.unstubAllEnvs();
  }
});

test('a place where no file can be written is refused before anything is paid', () => {
  const folder = testFolder();
  expect(() => checkRecordPath(join(folder, 'new.cassette'))).not.toThrow();
  expect(() => checkRecordPath(join(folder, 'none', 'new.cassette'))).toThrow(/there is no folder/);
  expect(() => checkRecordPath(folder)).toThrow(/is a folder/);
});
