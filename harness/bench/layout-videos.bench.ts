import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { makeClip, words } from '../media/clips.fixture.ts';
import type { Sandbox } from '../render/sandbox/port.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import type { Measured } from './bench.ts';

const slugs = ['binary-search', 'bayes-medical-test', 'euclid-gcd', 'pendulum', 'triangle-angles'];
const makers = 20;

/** What it takes to measure the layout of a hundred videos that exist, from the command line, without a model. */
export async function bench(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-bench-'));
  try {
    await makeVideos(folder);
    writeFileSync(join(folder, 'bench.yaml'), JSON.stringify(experiment));
    const { seconds, busy, peakMb } = await watched(['run', 'bench.yaml', '--runs', '.'], folder);
    const what = `layout of ${makers * slugs.length} videos of 8 s`;
    return [
      { what, value: seconds, unit: 's', bar: 'none' },
      { what: `${what}: share of the machine’s cores in use`, value: busy, unit: '', bar: { atLeast: 0.75 } },
      { what: `${what}: peak memory of all processes`, value: peakMb, unit: 'MB', bar: 1024 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const experiment = {
  name: 'bench',
  dataset: 'mini',
  topics: slugs,
  methods: Array.from({ length: makers }, (_, n) => ({
    ...{ use: 'human', id: `maker-${n}` },
    settings: { videos: Object.fromEntries(slugs.map((slug) => [slug, `${n}-${slug}.mp4`])) },
  })),
  metrics: [{ use: 'layout' }],
};

/** Four lines, one after another; no two videos show the same. */
async function makeVideos(folder: string): Promise<void> {
  const sandbox: Sandbox = await openSandbox();
  const limit = pLimit(availableParallelism());
  const source = 'color=c=black:s=854x480:r=15:d=8';
  const names = Array.from({ length: makers }, (_, n) => slugs.map((slug) => [n, slug] as const)).flat();
  const make = ([n, slug]: readonly [number, string]) => {
    const lines = [0, 1, 2, 3].map((i) => words(`${slug} line ${i} of ${n}`, 60, 60 + 90 * i, 2 * i, 9, 28));
    return makeClip(sandbox, join(folder, `${n}-${slug}.mp4`), source, lines.join(','));
  };
  await Promise.all(names.map((name) => limit(() => make(name))));
}

/** Runs the command line and looks after its processes. */
async function watched(args: readonly string[], cwd: string) {
  const launcher = join(import.meta.dirname, '../cli/mmmc.mjs');
  const start = performance.now();
  const child = spawn(process.execPath, [launcher, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const pid = String(child.pid);
  const before = cores();
  let peakMb = 0;
  let running = true;
  const end = ended.finally(() => {
    running = false;
  });
  while (running) {
    peakMb = Math.max(peakMb, memoryOf(descendants(pid)));
    await sleep(200);
  }
  if ((await end) !== 0) throw new Error(`mmmc ended with ${await end}: ${said.slice(-2000)}`);
  const after = cores();
  const busy = 1 - (after.idle - before.idle) / (after.total - before.total);
  return { seconds: (performance.now() - start) / 1000, busy, peakMb };
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It has ended.
  }
};

/** Fields of /proc/<pid>/stat behind the name, from the third of proc(5) on. */
const stat = (pid: string) => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];

/** Time of all cores since the machine started, whoever had it; the machine should have nothing else to do. */
function cores(): { idle: number; total: number } {
  const times = cpus().map(({ times: one }) => one);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return { idle: sum(times.map(({ idle }) => idle)), total: sum(times.flatMap((one) => Object.values(one))) };
}

function descendants(root: string): string[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [pid, stat(pid)[1]] as const),
  );
  const found = [root];
  for (const one of found) for (const [pid, parent] of parents) if (parent === one) found.push(pid);
  return found;
}

/** Memory that they hold, what they share counted once, MB. */
function memoryOf(pids: readonly string[]): number {
  const kilobytes = pids.map((pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, kb) => sum + kb, 0) / 1024;
}
