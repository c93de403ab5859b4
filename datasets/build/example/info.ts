import { durationOf, type ExampleVideo, slideS, slidesOf } from './videos.ts';

/** What yt-dlp writes beside a video with `--write-info-json`; the fields that the catalogue reads, and a few more. */
export function infoOf(video: ExampleVideo): Record<string, unknown> {
  return {
    id: video.id,
    title: video.title,
    description: video.description,
    uploader: 'Example channel',
    webpage_url: `https://example.org/watch/${video.id}`,
    extractor: 'example',
    duration: durationOf(video),
    tags: video.tags,
    categories: ['Education'],
    language: 'en',
    license: 'Creative Commons Attribution license (reuse allowed)',
    chapters: video.chapters.map(({ title, slides }, index) => ({
      title,
      start_time: index * slides.length * slideS,
      end_time: (index + 1) * slides.length * slideS,
    })),
    ext: 'mp4',
    width: 640,
    height: 360,
    _type: 'video',
  };
}

/** Subtitles in WebVTT: each slide's statements, spoken while it is shown. */
export function subtitlesOf(video: ExampleVideo): string {
  const cues = slidesOf(video).flatMap(({ lines, startS }) => {
    const each = slideS / (lines.length - 1);
    return lines
      .slice(1)
      .map(
        (line, index) => `${time(startS + index * each)} --> ${time(startS + (index + 1) * each)}\n${line}.`,
      );
  });
  return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

/** Seconds as WebVTT wants them: 00:00:07.500. */
function time(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
}
