import { join } from 'node:path';
import type { ShownVideo } from '../../metrics/metric.ts';
import type { VideoFrame } from '../media/ports.ts';
import type { ContentPart } from '../models/chat.ts';
import type { Endpoint } from '../models/endpoint.ts';
import type { Slot } from '../store/plan-file.ts';
import { produceJob } from './plan.ts';
import type { Workshop } from './workshop.ts';

/** The video at `path` of the bundle as an endpoint takes it: whole, or as frames with their times. */
export async function showVideo(
  shop: Workshop,
  slot: Slot,
  path: string,
  endpoint: Endpoint,
): Promise<ShownVideo> {
  const file = join(shop.bundle.paths.folder, path);
  const outcome = shop.bundle.state.outcomes.get(produceJob({ id: slot.cellId ?? '' }));
  const sha256 = outcome?.artifacts.find((artifact) => artifact.path === path)?.sha256 ?? '';
  const source = `${slot.cellId}/video`;
  if (endpoint.videoMode === 'frames') {
    const frames = await shop.media.frames(file, shop.control.signal);
    const shown = { mode: endpoint.videoMode, times: frames.map(({ timeS }) => timeS) };
    return { sha256, content: frames.flatMap((frame) => asPicture(frame, source)), shown };
  }
  const { videoMode: mode, videoFps: fps, videoResolution: resolution } = endpoint;
  const durationS = outcome?.videoFacts?.durationS ?? 0;
  const content = [{ type: 'video', mediaType: 'video/mp4', file, sha256, durationS, source } as const];
  return { sha256, content, shown: { mode, fps, resolution } };
}

function asPicture(frame: VideoFrame, source: string): ContentPart[] {
  return [
    { type: 'text', text: `Frame at ${frame.timeS.toFixed(1)} s:` },
    {
      type: 'image',
      mediaType: 'image/jpeg',
      bytes: frame.jpeg,
      source: `${source}@${frame.timeS.toFixed(3)}`,
    },
  ];
}
