import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { probeVideo } from '../media/probe.ts';
import { MmmcError } from '../store/errors.ts';
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
import type { Sandbox, SandboxLimits, SandboxResult } from './sandbox/port.ts';
import { maxResultBytes, type Outcome, readOutcome, sceneError } from './worker-result.ts';
import { type Workspace, withWorkspace } from './workspace.ts';

const workerFiles = ['worker.py', 'stage.py', 'scene_errors.py', 'scene_geometry.py'] as const;
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
    if (!/^[a-z_][a-z0-9_]*\.py$/.test(name)) {
      throw new MmmcError(
        'bad_module_name',
        `${JSON.stringify(name)} is no name for a module shown to scenes`,
      );
    }
    await trusted.write(`modules/${name}`, text);
  }
}

async function runWorker(
  { sandbox, python }: RendererOptions,
  job: WorkerJob,
  space: Workspace,
  trusted: Workspace,
): Promise<{ ran: SandboxResult; outcome: Outcome }> {
  await writeTrusted(trusted, job.scene);
  await space.write('scene.py', job.scene.code);
  // The worker stops itself a little earlier than the sandbox would, since it can name the line.
  const cpuSeconds = (job.limits.cpuSeconds ?? renderCpuSeconds) * 0.9;
  const settings = { operation: job.operation, class_name: job.scene.className, cpu_seconds: cpuSeconds };
  await space.write('job.json', JSON.stringify({ ...settings, ...qualities[job.quality] }));
  const ran = await sandbox.run({
    argv: [pythonProgram(python.venv), '-B', '-s', '/trusted/worker.py'],
    folder: space.folder,
    readOnly: { [python.venv]: python.venv, [trusted.folder]: '/trusted' },
    limits: job.limits,
    signal: job.signal,
  });
  const result = await space.read('result.json', maxResultBytes);
  return { ran, outcome: readOutcome(ran, result?.toString('utf8') ?? null) };
}

function costOf(ran: SandboxResult): SceneCost {
  return { wallMs: ran.wallMs, cpuMs: ran.cpuMs, queuedMs: ran.queuedMs };
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

/** Manim in the sandbox, one cold process per job. */
export function openRenderer(options: RendererOptions): Renderer {
  const { sandbox, limits } = options;

  async function check(scene: Scene, { signal }: { signal: AbortSignal }): Promise<CheckResult> {
    const job = {
      operation: 'check',
      scene,
      quality: 'low',
      limits: limitsOf(limits?.check, checkCpuSeconds),
      signal,
    } as const;
    return withWorkspace((space) =>
      withWorkspace(async (trusted) => {
        const { ran, outcome } = await runWorker(options, job, space, trusted);
        const cost = costOf(ran);
        return outcome.ok ? { ok: true, cost } : { ok: false, error: outcome.error, cost };
      }),
    );
  }

  async function render(
    scene: Scene,
    target: { quality: Quality; folder: string; signal: AbortSignal },
  ): Promise<RenderResult> {
    const { quality, signal } = target;
    const cpuSeconds = renderCpuSeconds * qualityFactor[quality];
    const job = {
      operation: 'render',
      scene,
      quality,
      limits: limitsOf(limits?.render, cpuSeconds),
      signal,
    } as const;
    return withWorkspace((space) =>
      withWorkspace(async (trusted) => {
        const { ran, outcome } = await runWorker(options, job, space, trusted);
        const cost = costOf(ran);
        if (!outcome.ok) return { ok: false, error: outcome.error, cost };
        return { ...(await takeVideo(sandbox, space, target)), cost };
      }),
    );
  }

  return { version: rendererVersion, check, render };
}
