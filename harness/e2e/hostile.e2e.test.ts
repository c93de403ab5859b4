import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseJson } from '../../reports/json.ts';
import type { Results } from '../../reports/results.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { TextReader } from '../store/texts.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { startScriptedCoder } from '../testing/scripted-coder.ts';
import { type Ended, mmmc } from './mmmc.ts';

const ready = requirePrerequisite('sandbox') && requirePrerequisite('manim');
const folder = temporaryFolder();
const canary = join(folder.path, 'canary');

const scene = (body: string) => `from manim import *
import os

class DirectScene(Scene):
    def construct(self):
        ${body.trim().replaceAll('\n', '\n        ')}
        self.play(Create(Circle()), run_time=0.4)
        self.wait(0.2)
`;

/** What a model may write, by the topic that it is asked for. */
const programs: Readonly<Record<string, string>> = {
  'Binary search': scene(`os.system("touch ${canary}; touch /work/../escaped; kill -9 -1")`),
  Euclid: scene('while True:\n    pass'),
  'Gradient descent': scene('hoard = []\nfor _ in range(200):\n    hoard.append(bytearray(50_000_000))'),
  'Why the angles': scene(`open("${canary}", "w").write("written")`),
  'The pendulum': scene(
    'found = [v for v in os.environ.values() if "canary" in v]\nassert not found and "canary" not in open("/proc/1/environ").read(), found',
  ),
};

const key = 'sk-canary-0123456789abcdefghijklmnop';
let keysSeen: string[] = [];
let run: Ended;
let results: Results;

beforeAll(async () => {
  if (!ready) return;
  const server = await startScriptedCoder((text) => {
    const found = Object.entries(programs).find(([title]) => text.includes(title));
    return `\`\`\`python\n${found?.[1] ?? ''}\`\`\``;
  });
  const config = join(folder.path, 'hostile.yaml');
  await writeFile(
    config,
    `name: hostile
dataset: mini
topics: [binary-search, euclid-gcd, gradient-descent, triangle-angles, pendulum]
protocol: paper
endpoints: [{ id: coder, provider: openai, base_url: "${server.url}", key_variable: MMMC_TEST_KEY, model: scripted-coder }]
roles: { coder: coder }
methods: [{ use: direct-code }]
metrics: [{ use: efficiency }]
limits: { cpu_seconds: 8, memory_mb: 700 }
`,
  );
  run = await mmmc(['run', config, '--runs', folder.path], {
    env: { MMMC_TEST_KEY: key },
  });
  keysSeen = [...new Set(server.authorizations)];
  await server.close();
  results = parseJson(await readFile(join(folder.path, 'hostile/report/results.json'), 'utf8'));
}, 180_000);
afterAll(() => folder[Symbol.dispose]());

const cellOf = (title: string) => {
  const topic = results.topics.find((t) => t.title.startsWith(title));
  return results.cells.find((cell) => cell.topicId === topic?.id);
};

describe.skipIf(!ready)('hostile programs in a run', () => {
  test('are contained, each with its own cause, and the run goes on to its end', () => {
    expect(run.code).toBe(0);
    expect(cellOf('Euclid')).toMatchObject({ status: 'method_failed', reason: { code: 'killed:cpu' } });
    const hoarder = cellOf('Gradient descent');
    expect(hoarder?.status).toBe('method_failed');
    expect(['killed:memory', 'exception']).toContain(hoarder?.reason?.code);
    expect(hoarder?.reason?.message).toMatch(/memory/i);
    expect(cellOf('Why the angles')).toMatchObject({
      status: 'method_failed',
      reason: { code: 'exception' },
    });
    expect(cellOf('Why the angles')?.reason?.message).toMatch(/No such file|Read-only|Permission/i);
    expect(cellOf('The pendulum')?.status).toBe('ok');
    expect(results.cells.filter((cell) => cell.status === 'infra_error')).toEqual([]);
  });

  test('leave nothing outside their folder', () => {
    expect(existsSync(canary)).toBe(false);
    expect(existsSync('/escaped')).toBe(false);
  });

  test('stand in the report with their cause', async () => {
    const page = await readFile(join(folder.path, 'hostile/report/report.md'), 'utf8');
    expect(page).toMatch(/CPU/i);
    expect(page).toMatch(/memory/i);
  });

  test('the key of the endpoint is in no file of the bundle, no text, no output', () => {
    const bundle = join(folder.path, 'hostile');
    const forms = [key, Buffer.from(key).toString('base64').slice(0, 30), Buffer.from(key).toString('hex')];
    const entries = readdirSync(bundle, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
    expect(entries.length).toBeGreaterThan(10);
    const texts = new TextReader(join(bundle, 'texts'));
    const places = [
      ...entries.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')),
      ...[...texts.hashes()].map((hash) => texts.get(hash)),
      run.stdout,
      run.stderr,
    ];
    for (const form of forms) expect(places.filter((text) => text.includes(form))).toEqual([]);
    expect(keysSeen).toEqual([`Bearer ${key}`]);
  });
});
