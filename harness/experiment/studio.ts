import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GivenVideo } from '../../baselines/given.ts';
import type { CallTag, Studio, StudioAsset } from '../../baselines/method.ts';
import type { Program, ProgramEnd } from '../../baselines/program.ts';
import type { AssetSourceName } from '../assets/asset.ts';
import type { VideoFrame } from '../media/ports.ts';
import { videoLimits } from '../media/video-limits.ts';
import type { ChatReply, ChatRequest, Role } from '../models/chat.ts';
import { ModelError } from '../models/model-error.ts';
import { requestOf, type VideoWish } from '../models/video.ts';
import { type Geometry, readGeometry } from '../render/geometry.ts';
import type { Inspection } from '../render/inspection.ts';
import type { CheckResult, Quality, RenderResult, Scene } from '../render/renderer.ts';
import { artifactOf, isIntact } from '../store/artifacts.ts';
import { writeWhole } from '../store/bundle.ts';
import { bundleUnwritable, MmmcError } from '../store/errors.ts';
import { hashOf, sha256File } from '../store/hash.ts';
import type { Cell } from '../store/plan-file.ts';
import { OwnedCalls } from './calls.ts';
import type { Experiment, MethodEntry } from './config.ts';
import { copyGiven } from './given-file.ts';
import { produceJob } from './plan.ts';
import { dataBlock, fillPrompt } from './prompts.ts';
import { OwnedRenders } from './renders.ts';
import type { Workshop } from './workshop.ts';

/** The studio of one cell: everything in it is journalled, and served from the journal after an interruption. */
export class CellStudio implements Studio {
  readonly signal: AbortSignal;
  readonly repeat: number;
  readonly folder: string;
  readonly #shop: Workshop;
  readonly #cell: Cell;
  readonly #entry: MethodEntry;
  readonly #experiment: Experiment;
  readonly #calls: OwnedCalls;
  readonly #renders: OwnedRenders;

  constructor(shop: Workshop, experiment: Experiment, entry: MethodEntry, cell: Cell, quality: Quality) {
    this.#shop = shop;
    this.#cell = cell;
    this.#entry = entry;
    this.#experiment = experiment;
    this.#renders = new OwnedRenders(shop, cell, quality);
    this.signal = shop.control.signal;
    this.repeat = cell.repeat;
    this.folder = shop.bundle.paths.cell(cell.id);
    this.#calls = new OwnedCalls(shop.bundle, shop.endpoints, shop.control, {
      job: produceJob(cell),
      owner: cell.id,
      files: [],
      maxUnusable: shop.maxUnusable,
      onProgress: (fraction) => shop.progressed?.(produceJob(cell), fraction),
    });
  }

  prompt(name: string, data: Record<string, unknown>, values: Readonly<Record<string, string>> = {}): string {
    const template = this.#experiment.prompts.get(name);
    if (!template)
      throw new MmmcError('no_prompt', `method ${this.#entry.id} did not declare prompt ${name}`);
    const strings = Object.entries(data).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    );
    return fillPrompt(template, { ...Object.fromEntries(strings), ...values, data: dataBlock(data) });
  }

  async chat(role: Role, request: ChatRequest, tag: CallTag): Promise<ChatReply> {
    return (await this.#calls.chat(this.#endpoint(role), role, request, tag)).reply;
  }

  async video(wish: VideoWish, target: string, tag: CallTag): ReturnType<Studio['video']> {
    const path = this.#path(target);
    const role = 'video-generator';
    const endpoint = this.#endpoint(role);
    try {
      await this.#calls.video(
        endpoint,
        role,
        requestOf(wish, endpoint),
        tag,
        (hash) => isIntact(path, hash),
        (bytes) => writeWhole(path, bytes),
      );
    } catch (thrown) {
      if (thrown instanceof ModelError && thrown.failure === 'policy')
        return { ok: false, refused: true, reason: thrown.message };
      throw thrown;
    }
    const probed = await this.#work(this.#shop.media.probe(path));
    if (probed.ok) return { ok: true, durationS: probed.facts.durationS };
    return { ok: false, refused: false, reason: probed.reason };
  }

  inspect(scene: Scene, tag: CallTag): Promise<Inspection> {
    return this.#renders.inspect(scene, tag);
  }

  check(scene: Scene, tag: CallTag): Promise<CheckResult> {
    return this.#renders.check(scene, tag);
  }

  async render(scene: Scene, subfolder: string, tag: CallTag): Promise<RenderResult> {
    return this.#renders.render(scene, subfolder, this.#path(join(subfolder, 'x'), true), tag);
  }

  async concat(parts: readonly string[], target: string): ReturnType<Studio['concat']> {
    this.#shop.control.checkpoint();
    const sources = parts.map((part) => this.#path(part));
    const path = this.#path(target);
    const result = await this.#work(this.#shop.media.concat(sources, path, this.signal));
    const request = hashOf({ concat: await Promise.all(sources.map(sha256File)) });
    this.#renders.record({ operation: 'concat', request, occurrence: 0 }, { purpose: 'merge' }, result, {
      ok: result.ok,
      error: null,
      durationS: result.ok ? result.facts.durationS : null,
      artifacts: result.ok ? [await this.#artifact(path)] : [],
    });
    return result.ok ? { ok: true, durationS: result.facts.durationS } : result;
  }

  async accept(given: GivenVideo, target: string): ReturnType<Studio['accept']> {
    this.#shop.control.checkpoint();
    const path = this.#path(target);
    const start = performance.now();
    await this.#work(copyGiven(given, path));
    const probed = await this.#work(this.#shop.media.probe(path));
    const cost = { wallMs: performance.now() - start, cpuMs: 0, queuedMs: 0 };
    this.#renders.record(
      { operation: 'accept', request: given.sha256, occurrence: 0 },
      { purpose: 'accept' },
      cost,
      {
        ok: probed.ok,
        error: null,
        durationS: probed.ok ? probed.facts.durationS : null,
        artifacts: [await this.#artifact(path)],
      },
    );
    return probed.ok ? { ok: true, durationS: probed.facts.durationS } : probed;
  }

  async program(program: Program): Promise<ProgramEnd> {
    const { runProgram } = await import('./program/run-program.ts');
    this.#shop.control.checkpoint();
    const call = (model: string, request: ChatRequest) =>
      this.chat(program.models[model] ?? 'coder', request, { purpose: 'proxy' });
    return this.#work(
      runProgram(program, {
        sandbox: this.#shop.sandbox,
        proxy: { models: Object.keys(program.models), call },
        signal: this.signal,
        keep: async (space, name) => {
          await space.copyOut(name, this.#path(name), videoLimits.bytes);
        },
      }),
    );
  }

  async look(path: string): ReturnType<Studio['look']> {
    const file = this.#path(path);
    if (!existsSync(file)) return { ok: false, reason: `there is no ${path}` };
    const probed = await this.#work(this.#shop.media.probe(file));
    return probed.ok ? { ok: true, durationS: probed.facts.durationS } : probed;
  }

  async read(path: string, maxBytes: number): Promise<string | null> {
    const file = this.#path(path);
    return existsSync(file) && statSync(file).size <= maxBytes ? readFileSync(file, 'utf8') : null;
  }

  async asset(source: AssetSourceName, query: string, id: string): Promise<StudioAsset | null> {
    this.#shop.control.checkpoint();
    const found = await this.#work(this.#shop.assets(source, query, this.signal));
    if (found === null) return null;
    const file = `assets/${id}.svg`;
    await this.write(file, found.svg);
    return { ...found, file };
  }

  sees(role: Role): boolean {
    return this.#endpoint(role).vision;
  }

  frames(path: string, times?: readonly number[]): Promise<readonly VideoFrame[]> {
    const { media } = this.#shop;
    const file = this.#path(path);
    return this.#work(
      times === undefined
        ? media.look(file, this.signal).then(({ frames }) => frames)
        : media.framesAt(file, times, this.signal),
    );
  }

  geometry(subfolder: string): Promise<Geometry | null> {
    return readGeometry(this.#path(join(subfolder, 'geometry.json')));
  }

  given(stage: string): string | null {
    const { edited } = this.#cell;
    if (edited?.stage !== stage) return null;
    return readFileSync(this.#shop.bundle.paths.edit(edited.sha256), 'utf8');
  }

  async write(path: string, content: string): Promise<void> {
    writeWhole(this.#path(path), content);
  }

  #work<T>(work: Promise<T>): Promise<T> {
    return this.#shop.control.trackIn(this.folder, work);
  }

  #endpoint(role: Role) {
    const endpoint = this.#entry.roles.get(role);
    if (!endpoint) throw new MmmcError('no_role', `method ${this.#entry.id} did not declare role ${role}`);
    return endpoint;
  }

  #artifact(path: string) {
    return artifactOf(this.#shop.bundle.paths.folder, path);
  }

  /** A path inside the folder; parents are made. Model-written ids never become paths unchecked. */
  #path(path: string, parentOnly = false): string {
    if (!/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(path))
      throw new MmmcError('bad_path', `method ${this.#entry.id} used the path ${JSON.stringify(path)}`);
    const full = join(this.folder, path);
    try {
      mkdirSync(dirname(full), { recursive: true });
    } catch (cause) {
      throw bundleUnwritable(dirname(full), cause);
    }
    return parentOnly ? dirname(full) : full;
  }
}
