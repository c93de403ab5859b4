import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadExperiment } from '../experiment/config.ts';
import { runExperiment } from '../experiment/run.ts';
import { pythonProgram, pythonVenv } from '../render/python.ts';
import { readProportionalBytes, readTree } from '../render/sandbox/process-tree.ts';
import { readBundle } from '../store/bundle.ts';
import { startScriptedCoder } from '../testing/scripted-coder.ts';
import type { Measured } from './bench.ts';
import { answerLesson } from './lesson-plan.ts';
import { median } from './repeat.ts';

const lessons = 5;

/**
 * A lesson of four sections of 25 s with two broken drafts, from replies that come at once: the time it takes beside the
 * time that its checks and renders keep all cores busy, the calls beside the fewest possible, and its memory; the median
 * of five lessons, and the worst of calls and memory.
 */
export async function bench(): Promise<readonly Measured[]> {
  const made: Lesson[] = [];
  for (let i = 0; i < lessons; i++) made.push(await makeLesson());
  const what = 'lesson of 4 x 25 s with 2 broken drafts';
  const medianOf = (figure: (lesson: Lesson) => number) => median(made.map(figure));
  const worstOf = (figure: (lesson: Lesson) => number) => Math.max(...made.map(figure));
  const ratio = (lesson: Lesson) => lesson.wallS / lesson.boundS;
  return [
    { what, value: medianOf(({ wallS }) => wallS), unit: 's', bar: 'none' },
    {
      what: `${what}: CPU of checks and renders over cores`,
      value: medianOf(({ boundS }) => boundS),
      unit: 's',
      bar: 'none',
    },
    { what: `${what}: time over that bound`, value: medianOf(ratio), unit: 'x', bar: 1.3 },
    { what: `${what}: the worst of ${lessons}`, value: worstOf(ratio), unit: 'x', bar: 'none' },
    {
      what: `${what}: calls over the fewest possible`,
      value: worstOf(({ calls }) => calls),
      unit: 'x',
      bar: 1,
    },
    {
      what: `${what}: memory of all processes`,
      value: worstOf(({ peakMb }) => peakMb),
      unit: 'MB',
      bar: 1536,
    },
  ];
}

interface Lesson {
  wallS: number;
  boundS: number;
  /** Over the fewest possible. */
  calls: number;
  peakMb: number;
}

async function makeLesson(): Promise<Lesson> {
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-bench-'));
  const model = await startScriptedCoder(answerLesson);
  const memory = watchMemory();
  try {
    const config = join(folder, 'lesson.yaml');
    writeFileSync(config, experiment(model.url));
    const run = { folder: join(folder, 'run'), unsafeLocal: false, maxUnusable: 3, failOnError: 0 };
    const watcher = { opened: () => {}, started: () => {}, ended: () => {} };
    await runExperiment(await loadExperiment(config), { ...run, only: 'all' }, watcher);
    const calls = model.requests.length / fewestCalls;
    return { ...timesOf(run.folder), calls, peakMb: memory.peak() / 2 ** 20 };
  } finally {
    memory.stop();
    await model.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Outline, storyboard, four sections, two repairs, and one look of the critic at each section. */
const fewestCalls = 2 + 4 + 2 + 4;

function timesOf(folder: string): { wallS: number; boundS: number } {
  const { outcomes, renders } = readBundle(folder).state;
  const [outcome] = outcomes.values();
  if (outcome?.status !== 'ok')
    throw new Error(`the lesson is ${outcome?.status}: ${outcome?.message ?? outcome?.cause}`);
  const cpuS = renders.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000 + importCpuS();
  return { wallS: outcome.wallMs / 1000, boundS: cpuS / availableParallelism() };
}

/** CPU seconds of importing Manim, which all checks and renders share. */
function importCpuS(): number {
  const argv = ['-c', 'import manim, time; print(time.process_time())'];
  const { stdout } = spawnSync(pythonProgram(pythonVenv()), argv, { encoding: 'utf8' });
  return Number(stdout.trim().split('\n').at(-1));
}

/** Samples the memory of this process and all below it, shared pages counted once. */
function watchMemory() {
  let peak = 0;
  const timer = setInterval(() => {
    const now = readTree(process.pid).reduce((sum, { pid }) => sum + (readProportionalBytes(pid) ?? 0), 0);
    peak = Math.max(peak, now);
  }, 2500);
  return { peak: () => peak, stop: () => clearInterval(timer) };
}

const experiment = (url: string) => `name: lesson
dataset: mini
topics: [derivative-slope]
protocol: paper
roles: { planner: bench/model, coder: bench/model, critic: bench/model }
endpoints: [{ id: bench/model, provider: openai, base_url: "${url}", model: scripted-coder, concurrency: 8 }]
methods: [{ use: code2video }]
metrics: [{ use: efficiency }]
`;
