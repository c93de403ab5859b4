import type { ShownVideo } from '../../metrics/metric.ts';
import type { VideoFrame } from '../media/ports.ts';
import type { ContentPart } from '../models/chat.ts';
import type { Endpoint } from '../models/endpoint.ts';
import type { VideoFile } from './video-file.ts';
import type { Workshop } from './workshop.ts';

/** A video as an endpoint takes it: whole, or as frames with their times. Without an endpoint nothing is sent of it. */
export async function showVideo(
  shop: Workshop,
  video: VideoFile,
  endpoint: Endpoint | null,
): Promise<ShownVideo> {
  const { file, sha256, durationS, source } = video;
  const own = { file, sha256 };
  if (endpoint === null) return { ...own, content: [], shown: {} };
  if (endpoint.videoMode === 'frames') {
    const { frames } = await shop.media.look(file, shop.control.signal);
    const shown = { mode: endpoint.videoMode, times: frames.map(({ timeS }) => timeS) };
    return { ...own, content: frames.flatMap((frame) => asPicture(frame, source)), shown };
  }
  const { videoMode: mode, videoFps: fps, videoResolution: resolution } = endpoint;
  const content = [{ type: 'video', mediaType: 'video/mp4', file, sha256, durationS, source } as const];
  return { ...own, content, shown: { mode, fps, resolution } };
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
