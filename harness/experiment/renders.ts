import { join } from 'node:path';
import type { CallTag } from '../../baselines/method.ts';
import type { Inspection } from '../render/inspection.ts';
import {
  type CheckResult,
  type Quality,
  type RenderResult,
  type Scene,
  type SceneCost,
  type SceneError,
  sceneErrorKinds,
} from '../render/renderer.ts';
import { artifactOf, isIntact } from '../store/artifacts.ts';
import type { RenderEvent } from '../store/events.ts';
import { hashOf } from '../store/hash.ts';
import { now } from '../store/journal.ts';
import type { Cell } from '../store/plan-file.ts';
import { produceJob } from './plan.ts';
import type { Workshop } from './workshop.ts';

/** One act of the renderer: what was asked, and how often before. */
type Act = Pick<RenderEvent, 'operation' | 'request' | 'occurrence'>;

/** The scenes of one cell, looked at, checked and rendered: each is journalled, and what the journal holds is not done again. */
export class OwnedRenders {
  readonly #shop: Workshop;
  readonly #cell: Cell;
  readonly #quality: Quality;
  /** The critic looks at code that the coder's loop has looked at already. */
  readonly #inspected = new Map<string, Inspection>();
  readonly #occurrences = new Map<string, number>();

  constructor(shop: Workshop, cell: Cell, quality: Quality) {
    this.#shop = shop;
    this.#cell = cell;
    this.#quality = quality;
  }

  /** Asked anew after an interruption, for it costs next to nothing; its first cost stands in the journal. */
  async inspect(scene: Scene, tag: CallTag): Promise<Inspection> {
    const known = this.#inspected.get(hashOf(scene));
    if (known) return known;
    const begun = this.#begin('inspect', scene, tag);
    const result = await this.#work(this.#shop.renderer.inspect(scene, this.#job));
    this.#inspected.set(hashOf(scene), result);
    if (!begun.stored)
      this.record(begun, tag, result.cost, {
        ok: result.ok,
        error: result.ok ? null : mutable(result.error),
        durationS: null,
        artifacts: [],
      });
    return result;
  }

  async check(scene: Scene, tag: CallTag): Promise<CheckResult> {
    const begun = this.#begin('check', scene, tag);
    if (begun.stored) return resultOf(begun.stored);
    const result = await this.#work(this.#shop.renderer.check(scene, this.#job));
    this.record(begun, tag, result.cost, {
      ok: result.ok,
      error: result.ok ? null : mutable(result.error),
      durationS: null,
      artifacts: [],
    });
    return result;
  }

  /** Renders into a folder of the cell, `subfolder` below it. */
  async render(scene: Scene, subfolder: string, folder: string, tag: CallTag): Promise<RenderResult> {
    const begun = this.#begin('render', scene, tag, subfolder);
    const { paths } = this.#shop.bundle;
    const files = { video: join(folder, 'video.mp4'), geometry: join(folder, 'geometry.json') };
    if (begun.stored) {
      const checked = resultOf(begun.stored);
      if (!checked.ok) return checked;
      return { ok: true, cost: checked.cost, files: { ...files, durationS: begun.stored.durationS ?? 0 } };
    }
    const result = await this.#work(
      this.#shop.renderer.render(scene, { ...this.#job, quality: this.#quality, folder }),
    );
    this.record(begun, tag, result.cost, {
      ok: result.ok,
      error: result.ok ? null : mutable(result.error),
      durationS: result.ok ? result.files.durationS : null,
      artifacts: result.ok
        ? await Promise.all(
            [result.files.video, result.files.geometry].map((file) => artifactOf(paths.folder, file)),
          )
        : [],
    });
    return result;
  }

  /** What every job of the cell is given. */
  get #job() {
    const { control, bundle } = this.#shop;
    return { signal: control.signal, texCache: bundle.paths.texCache(this.#cell.id) };
  }

  #work<T>(work: Promise<T>): Promise<T> {
    return this.#shop.control.trackIn(this.#shop.bundle.paths.cell(this.#cell.id), work);
  }

  /** Equal code may be rendered into several folders: the files of one are never taken for those of another. */
  #begin(operation: 'inspect' | 'check' | 'render', scene: Scene, tag: CallTag, subfolder?: string) {
    this.#shop.control.checkpoint();
    const request = hashOf({
      operation,
      scene,
      quality: this.#quality,
      renderer: this.#shop.renderer.version,
      section: tag.section,
      subfolder,
    });
    const occurrence = this.#occurrences.get(request) ?? 0;
    this.#occurrences.set(request, occurrence + 1);
    const stored = this.#shop.bundle.state
      .rendersOf(this.#cell.id)
      .find(
        (event) =>
          event.request === request &&
          event.occurrence === occurrence &&
          event.artifacts.every((a) => isIntact(join(this.#shop.bundle.paths.folder, a.path), a.sha256)),
      );
    return { operation, request, occurrence, stored };
  }

  /** Journals what was done, here or elsewhere in the studio. */
  record(
    { operation, request, occurrence }: Act,
    tag: CallTag,
    cost: SceneCost,
    ended: Pick<RenderEvent, 'ok' | 'error' | 'durationS' | 'artifacts'>,
  ): void {
    this.#shop.bundle.append({
      type: 'render',
      time: now(),
      job: produceJob(this.#cell),
      owner: this.#cell.id,
      ...{ operation, request, occurrence },
      purpose: tag.purpose,
      section: tag.section ?? null,
      attempt: tag.attempt ?? null,
      sandbox: this.#shop.media.sandbox,
      wallMs: Math.round(cost.wallMs),
      cpuMs: Math.round(cost.cpuMs),
      queuedMs: Math.round(cost.queuedMs),
      ...(cost.worker ? { worker: cost.worker } : {}),
      ...(cost.whyCold === undefined ? {} : { whyCold: cost.whyCold }),
      ...ended,
    });
  }
}

function resultOf(event: RenderEvent): CheckResult {
  const cost = { wallMs: event.wallMs, cpuMs: event.cpuMs, queuedMs: event.queuedMs };
  if (event.error === null) return { ok: true, cost };
  const kind = sceneErrorKinds.find((known) => known === event.error?.kind) ?? 'crashed';
  return { ok: false, error: { ...event.error, kind }, cost };
}

const mutable = (error: SceneError) => ({ ...error, frames: error.frames.map((frame) => ({ ...frame })) });
