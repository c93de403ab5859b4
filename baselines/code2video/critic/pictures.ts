import type { ContentPart } from '../../../harness/models/chat.ts';
import type { Studio } from '../../method.ts';

/**
 * The pictures of a rendered folder at these times, each with its time in words before it; none where the critic's
 * endpoint does not see.
 */
export async function pictures(
  folder: string,
  times: readonly number[],
  studio: Studio,
  caption = 'Frame',
): Promise<ContentPart[]> {
  if (!studio.sees('critic') || times.length === 0) return [];
  const path = `${folder}/video.mp4`;
  const frames = await studio.frames(path, times);
  return frames.flatMap(({ timeS, jpeg }): ContentPart[] => [
    { type: 'text', text: `${caption} at ${timeS.toFixed(1)} s:` },
    { type: 'image', mediaType: 'image/jpeg', bytes: jpeg, source: `${path}@${timeS.toFixed(3)}` },
  ]);
}
