import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClip } from '../media/clips.fixture.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { startScriptedCoder } from '../testing/scripted-coder.ts';
import { type Ended, mmmc } from './mmmc.ts';

/** A foreign agent, as such programs are: it reads its topic, asks a model over OpenAI's protocol, and leaves a video. */
const agent = `
import json, os, shutil, socket, sys, urllib.request
topic = json.load(open(os.environ["MMMC_TOPIC"]))
out = os.environ["MMMC_OUT"]
base, key = os.environ["OPENAI_BASE_URL"], os.environ["OPENAI_API_KEY"]

def ask(model, key=key, path="/chat/completions"):
    body = json.dumps({"model": model, "messages": [{"role": "user", "content": "Teach " + topic["title"]}]}).encode()
    request = urllib.request.Request(base + path, body, {"content-type": "application/json", "authorization": "Bearer " + key})
    try:
        return json.load(urllib.request.urlopen(request))
    except urllib.error.HTTPError as error:
        return {"status": error.code, **json.load(error)}

said = {
    "quiz": sorted(topic),
    "answer": ask("gpt-x")["choices"][0]["message"]["content"],
    "again": ask("gpt-x")["usage"],
    "unknown_model": ask("gpt-y")["error"]["message"],
    "wrong_token": ask("gpt-x", key="x" * 48)["status"],
    "secrets": [name for name in os.environ if "CANARY" in name],
}
hosts = []
for port in json.loads(sys.argv[2]):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        hosts.append(port)
    except OSError:
        pass
said["reached"] = hosts
json.dump(said, open(os.path.join(out, "code.py"), "w"))
shutil.copy(sys.argv[1], os.path.join(out, "video.mp4"))
`;

describe.skipIf(!requirePrerequisite('sandbox'))('a program of others', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  let server: Awaited<ReturnType<typeof startScriptedCoder>>;
  let ended: Ended;

  beforeAll(async () => {
    // The sandbox's user is another one.
    chmodSync(folder.path, 0o755);
    server = await startScriptedCoder(() => 'Draw a circle.');
    await makeClip(await openSandbox(), at('clip.mp4'), 'testsrc=d=1:s=320x240:r=10');
    writeFileSync(at('agent.py'), agent);
    const port = Number(new URL(server.url).port);
    const run = ['python3', at('agent.py'), at('clip.mp4'), JSON.stringify([port])];
    const price = { input: 1, output: 2, source: 'test', date: '2026-01-01' };
    const command = (id: string, settings: object, more: object = {}) => ({
      use: 'command',
      id,
      settings: { run, models: { 'gpt-x': 'coder' }, show: [folder.path], timeout_s: 30, ...settings },
      roles: { coder: 'paid' },
      ...more,
    });
    const quiet = {
      run: [
        'python3',
        '-c',
        'import shutil; shutil.copy("' +
          at('clip.mp4') +
          '", "video.mp4"); open("usage.json", "w").write(\'{"cost_usd": 0.5, "input_tokens": 7, "model": "x"}\')',
      ],
    };
    const experiment = {
      name: 'programs',
      dataset: 'mini',
      topics: ['pendulum'],
      protocol: 'paper',
      endpoints: [{ id: 'paid', provider: 'openai', base_url: server.url, model: 'm', price }],
      methods: [
        command('free', {}),
        command('boxed', { sandbox: true }),
        command('quiet', { ...quiet, sandbox: true }),
        command('empty', { run: ['true'] }),
        command('broken', { run: ['python3', '-c', 'raise SystemExit("no idea")'] }),
        command('slow', { run: ['sleep', '30'], timeout_s: 1 }),
        command('poor', { set: { POOR: '1' } }, { budget: { calls: 1 } }),
      ],
    };
    writeFileSync(at('programs.yaml'), JSON.stringify(experiment));
    ended = await mmmc(['run', 'programs.yaml', '--runs', '.'], {
      cwd: folder.path,
      env: { MMMC_CANARY: 'sk-canary-0123456789' },
    });
  });
  afterAll(async () => {
    await server.close();
    folder[Symbol.dispose]();
  });

  const cellOf = (method: string) => {
    const { plan, state, paths } = readBundle(at('programs'));
    const cell = plan.cells.find(({ methodId }) => methodId === method);
    const outcome = state.outcomes.get(`produce:${cell?.id}`);
    const calls = state.calls.filter(({ owner }) => owner === cell?.id);
    return { outcome, calls, folder: paths.cell(cell?.id ?? '') };
  };

  test.each(['free', 'boxed'])(
    '%s: its calls are in the ledger with their price, and each is its own answer',
    (name) => {
      const { outcome, calls } = cellOf(name);
      expect(outcome, ended.stderr).toMatchObject({ status: 'ok', cause: null });
      expect(outcome?.reported).toBeUndefined();
      expect(
        calls.map(({ purpose, role, occurrence, costUsd }) => [purpose, role, occurrence, costUsd]),
      ).toEqual([
        ['proxy', 'coder', 0, 0.00005],
        ['proxy', 'coder', 1, 0.00005],
      ]);
    },
  );

  test.each([
    ['free', 1],
    ['boxed', 0],
  ])(
    '%s: it is told the topic and no quiz, may ask for the models that are named, and sees no secret',
    async (name, reached) => {
      const said = JSON.parse(readFileSync(join(cellOf(name).folder, 'code.py'), 'utf8'));
      expect(said).toMatchObject({
        quiz: ['id', 'language', 'reference_image', 'repeat', 'title'],
        answer: 'Draw a circle.',
        again: { prompt_tokens: 10, completion_tokens: 20 },
        unknown_model: 'there is no model gpt-y: gpt-x',
        wrong_token: 401,
        secrets: [],
      });
      // In the sandbox nothing of the machine's own ports can be reached.
      expect(said.reached).toHaveLength(reached);
    },
  );

  test('without metered calls its own account stands, and is marked as such', () => {
    const { outcome, calls } = cellOf('quiet');
    expect(calls).toEqual([]);
    expect(outcome).toMatchObject({
      status: 'ok',
      reported: { costUsd: 0.5, inputTokens: 7, outputTokens: null },
    });
  });

  test.each([
    ['empty', 'no_video', /there is no video\.mp4/],
    ['broken', 'program_failed', /exit 1: no idea/],
    ['slow', 'program_failed', /no end within 1 s/],
  ])('%s: its failure is the method’s, with its cause', (name, cause, message) => {
    const { outcome } = cellOf(name);
    expect(outcome).toMatchObject({ status: 'method_failed', cause });
    expect(outcome?.message).toMatch(message);
  });

  test('over its budget it is no failure of the method: the cell waits for a larger one', () => {
    expect(ended.code, ended.stderr).toBe(3);
    expect(cellOf('poor').outcome).toBeUndefined();
    expect(cellOf('poor').calls).toHaveLength(1);
  });

  test('a name that may hold a key is refused', async () => {
    const set = 'methods=[{use: command, settings: {run: [env], environment: [MMMC_API_KEY]}}]';
    const refused = await mmmc(['run', 'programs.yaml', '--runs', '.', '--run', 'refused', '--set', set], {
      cwd: folder.path,
    });
    expect(refused.stderr).toMatch(/may not see MMMC_API_KEY/);
    expect(refused.code).not.toBe(0);
  });
});
