import type { Endpoint } from './endpoint.ts';
import type { Access } from './providers.ts';
import type { VideoModel } from './video.ts';
import { createVideoJobs } from './video-jobs.ts';
import { videoDialects } from './videos-dialects.ts';

/** A video generator behind a server with a `/videos` address, in the dialect that the endpoint names (videos-dialects.ts). */
export function createVideosHttp(endpoint: Endpoint, access: Access): VideoModel {
  return createVideoJobs(videoDialects[endpoint.dialect], endpoint, access);
}
