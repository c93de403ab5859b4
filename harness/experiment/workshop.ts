import type { MeasureOutcome } from '../../metrics/metric.ts';
import type { AssetSourceName, FoundAsset } from '../assets/asset.ts';
import type { Look } from '../media/frames.ts';
import type { VideoFacts, VideoFrame } from '../media/ports.ts';
import type { Screen } from '../media/screens.ts';
import type { GeometryPart } from '../media/video-part.ts';
import type { Renderer } from '../render/renderer.ts';
import type { Sandbox } from '../render/sandbox/port.ts';
import type { OpenBundle } from '../store/bundle.ts';
import type { Artifact } from '../store/events.ts';
import type { Control, VideoPart } from '../store/plan-file.ts';
import type { RunControl } from './control.ts';
import type { Endpoints } from './endpoints.ts';

/** What is done with videos, all of it inside the sandbox. */
export interface Media {
  readonly sandbox: 'bwrap' | 'none';
  /** Facts of a file, or why it is no video that we accept. */
  probe(file: string): Promise<{ ok: true; facts: VideoFacts } | { ok: false; reason: string }>;
  concat(
    parts: readonly string[],
    target: string,
    signal: AbortSignal,
  ): Promise<
    { wallMs: number; cpuMs: number; queuedMs: number } & (
      | { ok: true; facts: VideoFacts }
      | { ok: false; reason: string }
    )
  >;
  /** The frames at these times, in seconds. */
  framesAt(file: string, times: readonly number[], signal: AbortSignal): Promise<readonly VideoFrame[]>;
  /** What is to be seen of a video: at most 24 frames, chosen from the file alone, and what was measured on the way. */
  look(file: string, signal: AbortSignal): Promise<Look>;
  /** The same frames, read by OCR. */
  screens(file: string, signal: AbortSignal): Promise<readonly Screen[]>;
  /** Makes the video of a control, or one with a part of another. */
  control(control: Control, title: string, target: string, signal: AbortSignal): Promise<void>;
  part(
    file: string,
    part: VideoPart,
    geometry: readonly GeometryPart[],
    target: string,
    signal: AbortSignal,
  ): Promise<void>;
}

/** All that jobs of a run share. */
export interface Workshop {
  bundle: OpenBundle;
  endpoints: Endpoints;
  sandbox: Sandbox;
  renderer: Renderer;
  media: Media;
  /** Finds an icon; a source is opened when it is first asked. */
  assets(source: AssetSourceName, query: string, signal: AbortSignal): Promise<FoundAsset | null>;
  control: RunControl;
  /** Told how far a video is that a job waits for, 0 to 1. */
  progressed?: ((job: string, fraction: number) => void) | undefined;
  /** Measurements being taken now, by id. */
  measuring: Map<string, Promise<MeasureOutcome>>;
  /** Videos of controls and parts being made now, by path: each is made once. */
  making: Map<string, Promise<{ durationS: number; made: Artifact }>>;
  /** Unusable replies to one request, over all runs, after which it is given up. */
  maxUnusable: number;
}
