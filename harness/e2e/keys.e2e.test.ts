import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type EchoServer, formsOf, startEcho } from './echo-server.ts';
import { type Ended, mmmc } from './mmmc.ts';

const hows = ['reply', 'json-error', 'html', 'cut'];
/** Provider -> the end of its base URL. */
const chatProviders: [string, string][] = [
  ['openai', 'v1'],
  ['anthropic', 'v1'],
  ['gemini', 'v1beta'],
];
/** Letters that change in JSON, in addresses and in base64's two alphabets are among them. */
const keyOf = (provider: string) => `canary/${provider}+"~~~??>>`;
const variableOf = (provider: string) => `MMMC_CANARY_${provider.toUpperCase().replaceAll('-', '_')}`;
const providers = [...chatProviders.map(([provider]) => provider), 'videos-http', 'command'];
const program = `const key = process.env.${variableOf('command')};
process.stdin.resume().on('end', () => {
  console.error(key, Buffer.from(key).toString('base64'));
  console.log(JSON.stringify({ text: 'your key is ' + key + ' ' + Buffer.from(key).toString('hex'), model: key }));
  process.exitCode = process.argv[2] === 'fail' ? 1 : 0;
});`;

const ready = requirePrerequisite('sandbox');

describe.skipIf(!ready)('keys of endpoints that repeat them', () => {
  const folder = temporaryFolder();
  const bundle = join(folder.path, 'runs', 'keys');
  let server: EchoServer;
  let ended: Ended;

  beforeAll(async () => {
    server = await startEcho();
    const keys = providers.map((provider) => [variableOf(provider), keyOf(provider)] as const);
    // One of them comes from `.env`, as most users keep theirs.
    const [inFile, ...inEnvironment] = keys;
    writeFileSync(join(folder.path, '.env'), `${inFile?.[0]}='${inFile?.[1]}'\n`);
    writeFileSync(join(folder.path, 'program.mjs'), program);
    writeFileSync(join(folder.path, 'keys.yaml'), JSON.stringify(experiment(server.url, folder.path)));
    ended = await mmmc(['run', 'keys.yaml', '--runs', 'runs', '--record', 'keys.cassette'], {
      cwd: folder.path,
      env: Object.fromEntries(inEnvironment),
    });
  });
  afterAll(async () => {
    await server.close();
    folder[Symbol.dispose]();
  });

  test('reach their servers', () => {
    expect(ended.code, ended.stderr).toBe(1);
    const sent = new Set(server.keys.values());
    for (const [provider] of chatProviders) expect(sent).toContain(keyOf(provider));
    expect(sent).toContain(keyOf('videos-http'));
    const { plan, state } = readBundle(bundle);
    expect(new Set(state.calls.map(({ owner }) => owner)).size).toBe(plan.cells.length);
    const replies = state.calls.flatMap(({ reply }) => reply ?? []);
    expect(replies.length).toBeGreaterThanOrEqual(chatProviders.length);
  });

  test('are nowhere in the bundle, its texts, the report, the cassette or the output', () => {
    const texts = everything(bundle).concat([
      ['stdout', ended.stdout],
      ['stderr', ended.stderr],
      ['cassette', gunzipSync(readFileSync(join(folder.path, 'keys.cassette'))).toString('latin1')],
    ]);
    expect(texts.some(([, text]) => text.includes('your key is [key]'))).toBe(true);
    const found = texts.flatMap(([name, text]) =>
      providers.flatMap((provider) =>
        leaks(keyOf(provider)).flatMap((form) => (text.includes(form) ? [`${name}: ${form}`] : [])),
      ),
    );
    expect(found).toEqual([]);
  });
});

/** The inner part of each form: what stands at the ends of an encoded one is not the key's alone, and a piece of a key is too much as well. */
function leaks(key: string): string[] {
  return formsOf(key).flatMap((form) => {
    const inner = form.slice(6, -6);
    return [inner, JSON.stringify(inner).slice(1, -1)];
  });
}

/** All files of a bundle by name, and all its texts by hash. */
function everything(bundle: string): [string, string][] {
  const files = readdirSync(bundle, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const { texts } = readBundle(bundle);
  return [
    ...files.map(({ parentPath, name }): [string, string] => [
      name,
      readFileSync(join(parentPath, name), 'latin1'),
    ]),
    ...[...texts.hashes()].map((hash): [string, string] => [`text ${hash}`, texts.get(hash)]),
  ];
}

function experiment(url: string, folder: string) {
  const common = (provider: string, how: string) => ({
    provider,
    key_variable: variableOf(provider),
    model: how,
    attempts: 1,
    timeout_s: 20,
  });
  const chats = chatProviders.flatMap(([provider, end]) =>
    hows.map((how) => ({
      id: `${provider}-${how}`,
      base_url: `${url}/${how}/${end}`,
      ...common(provider, how),
    })),
  );
  const videos = hows.map((how) => ({
    id: `videos-${how}`,
    base_url: `${url}/${how}/v1`,
    ...common('videos-http', how),
  }));
  const commands = ['answer', 'fail'].map((how) => ({
    id: `command-${how}`,
    command: [process.execPath, join(folder, 'program.mjs'), how],
    environment: [variableOf('command')],
    ...common('command', how),
  }));
  return {
    name: 'keys',
    dataset: 'mini',
    topics: ['pendulum'],
    protocol: 'paper',
    endpoints: [...chats, ...videos, ...commands],
    methods: [
      ...[...chats, ...commands].map(({ id }) => ({ use: 'direct-code', id, roles: { coder: id } })),
      ...videos.map(({ id }) => ({ use: 'pixel-space', id, roles: { 'video-generator': id } })),
    ],
  };
}
