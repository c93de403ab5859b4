import { z } from 'zod';
import { qualities } from '../../harness/render/renderer.ts';
import { defineMethod, type Lesson, type Production, type Studio } from '../method.ts';

const settingsSchema = z.strictObject({
  seconds: z.number().positive().max(60).default(5),
  fps: z.int().positive().max(60).default(15),
  /** Of the first repeat; each further one adds 1. */
  seed: z.int().nonnegative().default(1),
});
type Settings = z.infer<typeof settingsSchema>;

/** A pixel-space video model (paper section 5.1): one prompt, one clip, taken as it comes. */
export const pixelSpace = defineMethod<Settings>({
  name: 'pixel-space',
  version: '1',
  settings: settingsSchema,
  roles: ['video-generator'],
  prompts: ['pixel-space/video'],
  renders: false,
  estimate: () => ({ calls: { 'video-generator': 1 }, renders: 0 }),
  produce,
});

async function produce(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production> {
  const { width, height } = qualities.low;
  const request = {
    prompt: studio.prompt('pixel-space/video', { topic: lesson.title }).trim(),
    width,
    height,
    fps: settings.fps,
    frames: Math.round(settings.seconds * settings.fps),
    seed: settings.seed + studio.repeat,
  };
  const clip = await studio.video(request, 'video.mp4', { purpose: 'clip' });
  return clip.ok
    ? { status: 'ok', cause: null, message: null, video: 'video.mp4', sections: [] }
    : {
        status: clip.refused ? 'refused' : 'method_failed',
        cause: clip.refused ? 'refused' : 'no_video',
        message: `the clip cannot be used: ${clip.reason}`,
        video: null,
        sections: [],
      };
}
