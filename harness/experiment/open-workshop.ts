import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { AssetSource } from '../assets/asset.ts';
import { openChatModel } from '../models/providers.ts';
import type { RendererLimits } from '../render/manim-renderer.ts';
import type { Sandbox, SandboxLimits } from '../render/sandbox/port.ts';
import type { OpenBundle } from '../store/bundle.ts';
import type { Budget } from './budget.ts';
import type { ExperimentFile } from './config-schema.ts';
import type { RunControl } from './control.ts';
import { Endpoints, getOrMake } from './endpoints.ts';
import { recent } from './recent.ts';
import type { Replay } from './replay.ts';
import type { Media, Workshop } from './workshop.ts';

/** Opens what jobs need: sandbox, renderer, media, endpoints. Throws `no_sandbox` (exit 4) where none can be had. */
export async function openWorkshop(options: {
  bundle: OpenBundle;
  limits: ExperimentFile['limits'];
  control: RunControl;
  unsafeLocal: boolean;
  maxUnusable: number;
  /** Will anything be rendered? Then the renderer warms up while the rest is opened. */
  renders: boolean;
  /** Answers in place of the endpoints. */
  replay: Replay | null;
  budget: Budget | null;
  progressed?: Workshop['progressed'];
}): Promise<Workshop & AsyncDisposable> {
  const { bundle, control, maxUnusable } = options;
  const { openSandbox } = await import('../render/sandbox/sandbox.ts');
  const { openRenderer } = await import('../render/manim-renderer.ts');
  const { pythonVenv } = await import('../render/python.ts');
  const sandbox = await openSandbox({ unsafeLocal: options.unsafeLocal });
  const python = { venv: pythonVenv() };
  const renderer = openRenderer({ sandbox, python, limits: limitsOf(options.limits) });
  if (options.renders) renderer.prepare();
  const offline = new OfflineEndpoints(sandbox);
  const endpoints = new Endpoints(() => offline.url(), openChatModel, options.replay, options.budget);
  return {
    bundle,
    control,
    maxUnusable,
    progressed: options.progressed,
    measuring: new Map(),
    making: new Map(),
    sandbox,
    renderer,
    media: await openMedia(sandbox),
    assets: openAssets(),
    endpoints,
    [Symbol.asyncDispose]: async () => {
      await control.idle();
      await Promise.all([endpoints.close(), renderer.close()]);
      await offline.close();
    },
  };
}

function limitsOf(limits: ExperimentFile['limits']): RendererLimits {
  const of = (cpuSeconds: number): Partial<SandboxLimits> => ({
    cpuSeconds,
    wallSeconds: cpuSeconds * 5,
    memoryBytes: limits.memoryMb * 2 ** 20,
  });
  return { check: of(limits.checkCpuSeconds), render: of(limits.cpuSeconds) };
}

/** Videos whose frames are kept: one decode serves all that look at it at about the same time. */
const videosKept = 16;

/** What is done with videos; frames and texts of a video are taken once for all who ask at about the same time. */
export async function openMedia(sandbox: Sandbox): Promise<Media> {
  const [{ probeVideo }, { concatVideos }, { lookAt, framesAt }] = await Promise.all([
    import('../media/probe.ts'),
    import('../media/concat.ts'),
    import('../media/frames.ts'),
  ]);
  // A look holds a whole film for a moment: as many at once as there are cores.
  const cores = pLimit(availableParallelism());
  const look = recent(videosKept, (file, signal) => cores(() => lookAt(sandbox, file, { signal })));
  return {
    sandbox: sandbox.kind,
    probe: (file) => probeVideo(sandbox, file),
    concat: async (parts, target, signal) => {
      const start = performance.now();
      const result = await concatVideos(sandbox, parts, target, { signal });
      return { ...result, queuedMs: performance.now() - start - result.wallMs };
    },
    framesAt: (file, times, signal) => framesAt(sandbox, file, times, { signal }),
    look,
    screens: recent(videosKept, async (file, signal) => {
      const { frames } = await look(file, signal);
      const { readScreens } = await import('../media/screens.ts');
      return readScreens(sandbox, frames, signal);
    }),
    control: async (control, title, target, signal) => {
      const { makeControlVideo } = await import('../media/controls.ts');
      await makeControlVideo(sandbox, control, title, target, signal);
    },
    part: async (file, part, geometry, target, signal) => {
      const { joined, makeVideoPart, textBoxes } = await import('../media/video-part.ts');
      await makeVideoPart(sandbox, file, part, joined(textBoxes(geometry)), target, signal);
    },
  };
}

function openAssets(): Workshop['assets'] {
  const open = new Map<string, Promise<AssetSource>>();
  return async (name, query, signal) => {
    const { openAssetSource } = await import('../assets/sources.ts');
    return (await getOrMake(open, name, () => openAssetSource(name))).find(query, signal);
  };
}

/** The loopback server of the offline endpoints: started when the first of them is called, once for a run. */
export class OfflineEndpoints {
  readonly #sandbox: Sandbox;
  #server: Promise<{ url: string; close(): Promise<void> }> | undefined;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  async url(): Promise<string> {
    this.#server ??= this.#start();
    return (await this.#server).url;
  }

  async close(): Promise<void> {
    await (await this.#server)?.close();
  }

  async #measure(pictures: readonly Uint8Array[]) {
    const { measurePictures } = await import('../media/screens.ts');
    return measurePictures(this.#sandbox, pictures);
  }

  async #start() {
    const [{ startOfflineServer }, { makeNoiseVideo }, { readText }] = await Promise.all([
      import('../models/offline/server.ts'),
      import('../models/offline/noise-video.ts'),
      import('../media/ocr.ts'),
    ]);
    return startOfflineServer({
      ocr: (jpeg) => readText(this.#sandbox, jpeg),
      makeNoiseVideo: (request, signal) => makeNoiseVideo(this.#sandbox, request, signal),
      measure: (pictures) => this.#measure(pictures),
    });
  }
}
