import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { probeVideo } from '../media/probe.ts';
import { MmmcError } from '../store/errors.ts';
import { inspectScene } from './inspect.ts';
import { pythonProgram } from './python.ts';
import type {
  CheckResult,
  Quality,
  Renderer,
  RenderResult,
  Scene,
  SceneCost,
  SceneError,
} from './renderer.ts';
import { qualities, rendererVersion } from './renderer.ts';
import type { Sandbox, SandboxLimits, SandboxResult, WarmSandbox } from './sandbox/port.ts';
import { TexCache } from './tex-cache.ts';
import { maxResultBytes, type Outcome, readOutcome, sceneError } from './worker-result.ts';
import { type Workspace, withWorkspace } from './workspace.ts';

const workerFiles = [
  'worker.py',
  'stage.py',
  'scene_errors.py',
  'scene_geometry.py',
  'scene_looks.py',
  'tex_cache.py',
] as const;
const maxVideoBytes = 1024 ** 3;
const maxGeometryBytes = 2 * 1024 ** 2;

/** Limits by operation; a render's CPU seconds are for quality `low` and grow with the pixels to draw. */
export interface RendererLimits {
  check?: Partial<SandboxLimits>;
  render?: Partial<SandboxLimits>;
}

export interface RendererOptions {
  sandbox: Sandbox;
  /** `venv` holds Manim; see `pythonVenv`. */
  python: { venv: string };
  limits?: RendererLimits;
  /** Fork jobs from a warm Manim process (the default) instead of starting one for each. */
  warm?: boolean;
}

const checkCpuSeconds = 30;
const renderCpuSeconds = 180;
const qualityFactor = { low: 1, medium: 4, high: 12 } as const;

interface WorkerJob {
  operation: 'check' | 'render';
  scene: Scene;
  quality: Quality;
  limits: Partial<SandboxLimits>;
  signal: AbortSignal;
  texCache?: string | undefined;
}

function limitsOf(given: Partial<SandboxLimits> | undefined, cpuSeconds: number): Partial<SandboxLimits> {
  const cpu = given?.cpuSeconds ?? cpuSeconds;
  return { wallSeconds: cpu * 5, ...given, cpuSeconds: cpu };
}

/** Trusted files of ours, written where the scene cannot change them. */
async function writeTrusted(trusted: Workspace, scene: Scene): Promise<void> {
  for (const name of workerFiles) {
    await trusted.write(name, await readFile(new URL(`worker/${name}`, import.meta.url)));
  }
  for (const [name, text] of Object.entries(scene.modules ?? {})) {
    if (!/^(?:[a-z_][a-z0-9_]*\.py|[a-z0-9][a-z0-9-]*\.svg)$/.test(name)) {
      throw new MmmcError(
        'bad_module_name',
        `${JSON.stringify(name)} is no name for a module shown to scenes`,
      );
    }
    await trusted.write(`modules/${name}`, text);
  }
}

/** Where jobs run: the sandbox, or a warm process in it. */
interface Shop {
  runner: Pick<Sandbox, 'run'>;
  warm: WarmSandbox | undefined;
  venv: string;
  /** Folder that job folders must lie in. */
  jobs: string | undefined;
}

function openShop({ sandbox, python: { venv }, warm: wanted = true }: RendererOptions): Shop {
  const program = {
    python: pythonProgram(venv),
    modules: ['manim'],
    readOnly: { [venv]: venv },
    places: ['/trusted'],
  };
  const warm = wanted ? sandbox.warm(program) : undefined;
  return { runner: warm ?? sandbox, warm, venv, jobs: warm?.jobs };
}

async function runWorker(
  shop: Shop,
  job: WorkerJob,
  space: Workspace,
  trusted: Workspace,
): Promise<{ ran: SandboxResult; outcome: Outcome }> {
  await writeTrusted(trusted, job.scene);
  const cache = job.texCache === undefined ? undefined : new TexCache(job.texCache);
  await cache?.show(trusted);
  await space.write('scene.py', job.scene.code);
  // The worker stops itself a little earlier than the sandbox would, since it can name the line.
  const cpuSeconds = (job.limits.cpuSeconds ?? renderCpuSeconds) * 0.9;
  const settings = { operation: job.operation, class_name: job.scene.className, cpu_seconds: cpuSeconds };
  await space.write('job.json', JSON.stringify({ ...settings, ...qualities[job.quality] }));
  const ran = await shop.runner.run({
    argv: [pythonProgram(shop.venv), '-B', '-s', '/trusted/worker.py'],
    folder: space.folder,
    readOnly: { [shop.venv]: shop.venv, [trusted.folder]: '/trusted' },
    limits: job.limits,
    short: job.operation === 'check',
    signal: job.signal,
  });
  await cache?.take(space);
  const result = await space.read('result.json', maxResultBytes);
  return { ran, outcome: readOutcome(ran, result?.toString('utf8') ?? null) };
}

function costOf(ran: SandboxResult): SceneCost {
  const { wallMs, cpuMs, queuedMs, worker, whyCold } = ran;
  return { wallMs, cpuMs, queuedMs, worker, ...(whyCold === undefined ? {} : { whyCold }) };
}

type Taken =
  | { ok: true; files: { video: string; geometry: string; durationS: number } }
  | { ok: false; error: SceneError };

/** Copies the checked files out, or says why there is no video; then nothing of them stays. */
async function takeVideo(
  sandbox: Sandbox,
  space: Workspace,
  options: { folder: string; signal: AbortSignal },
): Promise<Taken> {
  const [video, geometry] = [join(options.folder, 'video.mp4'), join(options.folder, 'geometry.json')];
  const missing = async (why: string): Promise<Taken> => {
    await Promise.all([video, geometry].map((file) => rm(file, { force: true })));
    return { ok: false, error: sceneError('no_video', why) };
  };
  if (!(await space.copyOut('video.mp4', video, maxVideoBytes))) {
    return missing('The scene left no video file.');
  }
  if (!(await space.copyOut('geometry.json', geometry, maxGeometryBytes))) {
    return missing('The scene left no geometry file.');
  }
  const probed = await probeVideo(sandbox, video, { signal: options.signal });
  if (!probed.ok) return missing(`What the scene left is no video: ${probed.reason}.`);
  return { ok: true, files: { video, geometry, durationS: probed.facts.durationS } };
}

/** Manim in the sandbox: jobs are forked from a warm process, or, with `warm: false`, have one of their own. */
export function openRenderer(options: RendererOptions): Renderer {
  const { sandbox, limits } = options;
  const shop = openShop(options);
  /** One that the scene may write into, one that it cannot. */
  const inWorkspaces = <T>(work: (space: Workspace, trusted: Workspace) => Promise<T>): Promise<T> =>
    withWorkspace((space) => withWorkspace((trusted) => work(space, trusted), shop.jobs), shop.jobs);

  async function check(
    scene: Scene,
    { signal, texCache }: { signal: AbortSignal; texCache?: string },
  ): Promise<CheckResult> {
    const job = {
      operation: 'check',
      scene,
      quality: 'low',
      limits: limitsOf(limits?.check, checkCpuSeconds),
      signal,
      texCache,
    } as const;
    return inWorkspaces(async (space, trusted) => {
      const { ran, outcome } = await runWorker(shop, job, space, trusted);
      const cost = costOf(ran);
      return outcome.ok ? { ok: true, cost } : { ok: false, error: outcome.error, cost };
    });
  }

  async function render(
    scene: Scene,
    target: { quality: Quality; folder: string; signal: AbortSignal; texCache?: string },
  ): Promise<RenderResult> {
    const { quality, signal, texCache } = target;
    const cpuSeconds = renderCpuSeconds * qualityFactor[quality];
    const job = {
      operation: 'render',
      scene,
      quality,
      limits: limitsOf(limits?.render, cpuSeconds),
      signal,
      texCache,
    } as const;
    return inWorkspaces(async (space, trusted) => {
      const { ran, outcome } = await runWorker(shop, job, space, trusted);
      const cost = costOf(ran);
      if (!outcome.ok) return { ok: false, error: outcome.error, cost };
      return { ...(await takeVideo(sandbox, space, target)), cost };
    });
  }

  return {
    version: rendererVersion,
    prepare: () => shop.warm?.start(),
    inspect: (scene, call) => {
      // While the warm process starts, an inspection of its own is the faster one.
      const isUp = shop.warm?.pid() !== undefined;
      const place = isUp ? { sandbox: shop.runner, jobs: shop.jobs } : { sandbox };
      return inspectScene({ ...place, python: options.python }, scene, call);
    },
    check,
    render,
    close: async () => shop.warm?.close(),
  };
}
