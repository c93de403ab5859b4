/** The port to the renderer: one Manim scene in, a video or a structured error out. */

import type { Inspection } from './inspection.ts';

/** One scene: model-written code, the class to run, and trusted modules it may import. */
export interface Scene {
  code: string;
  className: string;
  /** Trusted modules of ours and safe icons, by file name: `teaching_scene.py` -> its text. Read-only inside. */
  modules?: Readonly<Record<string, string>>;
}

/** A frame of the traceback that lies in the scene file. Lines count from 1. */
export interface SceneFrame {
  line: number;
  function: string;
  source: string;
}

export const sceneErrorKinds = [
  'syntax',
  'static',
  'exception',
  'latex',
  'font',
  'no_scene_class',
  'no_animation',
  'killed:cpu',
  'killed:wall',
  'killed:memory',
  'killed:output',
  'killed:folder_bytes',
  'killed:folder_files',
  'no_video',
  'crashed',
] as const;
export type SceneErrorKind = (typeof sceneErrorKinds)[number];

/** Why a scene did not check or render: the same shape for both operations, never parsed from printed text. */
export interface SceneError {
  kind: SceneErrorKind;
  /** Python's exception type, or the kind where there was none. */
  type: string;
  message: string;
  /** Frames inside the scene file, outermost first; the last one is the line to repair. */
  frames: readonly SceneFrame[];
}

export interface SceneCost {
  wallMs: number;
  cpuMs: number;
  queuedMs: number;
  /** What ran the scene last: a fork of the warm Manim process, or a process of its own. */
  worker?: 'warm' | 'cold';
  /** Why it was a cold one although a warm one was wanted. */
  whyCold?: string;
}

export type CheckResult = ({ ok: true } | { ok: false; error: SceneError }) & { cost: SceneCost };

/** Files copied out after a render, by absolute path in the folder that was asked for. */
export interface RenderedFiles {
  video: string;
  /** Self-reported: it comes from a process that ran model code. */
  geometry: string;
  durationS: number;
}

export type RenderResult =
  | { ok: true; files: RenderedFiles; cost: SceneCost }
  | { ok: false; error: SceneError; cost: SceneCost };

/** Render settings; they take part in a cell's id. `low` is the paper's: 854x480 at 15 fps. */
export const qualities = {
  low: { width: 854, height: 480, fps: 15 },
  medium: { width: 1280, height: 720, fps: 30 },
  high: { width: 1920, height: 1080, fps: 60 },
} as const;
export type Quality = keyof typeof qualities;

/** Raised by hand when what is rendered changes; part of a cell's id. */
export const rendererVersion = 'manim-0.19.0/2';

export interface Renderer {
  readonly version: string;
  /** Gets ready for scenes that will come soon: a warm process needs a second to start. */
  prepare(): void;
  /** Looks at the code without running any of it: milliseconds. Throws only for failures of ours. */
  inspect(scene: Scene, options: { signal: AbortSignal }): Promise<Inspection>;
  /**
   * Runs `construct` with animations skipped and no frames. `texCache`: a folder for TeX results, one for each cell,
   * which need not be there yet.
   */
  check(scene: Scene, options: { signal: AbortSignal; texCache?: string }): Promise<CheckResult>;
  /** Renders into `folder` (`video.mp4`, `geometry.json`); throws only for failures of ours. */
  render(
    scene: Scene,
    options: { quality: Quality; folder: string; signal: AbortSignal; texCache?: string },
  ): Promise<RenderResult>;
  /** Ends the warm process; no scene may follow. Without it that ends with this process. */
  close(): Promise<void>;
}
