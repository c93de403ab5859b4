import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawVideo, findFont } from './draw.ts';
import { infoOf, subtitlesOf } from './info.ts';
import { type ExampleVideo, exampleVideos } from './videos.ts';

/** A damaged file keeps this many bytes: its head, without any picture. */
const corruptBytes = 600;

/**
 * Makes the example's videos in a folder as yt-dlp would leave them: `<id>.mp4`, `<id>.info.json`, and for some
 * `<id>.en.vtt`. Nine lessons, two videos that teach nothing, one damaged file. What was made by the same recipe is kept,
 * so that a build over it resumes. Needs ffmpeg with libx264, and DejaVu Sans. Returns how many were made now.
 */
export async function makeExampleVideos(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const font = await findFont();
  const code = await recipeCode();
  let made = 0;
  for (const video of exampleVideos()) {
    const recipe = createHash('sha256').update(code).update(JSON.stringify(video)).digest('hex');
    if (await makeOne(video, font, folder, recipe)) made += 1;
  }
  return made;
}

async function makeOne(video: ExampleVideo, font: string, folder: string, recipe: string): Promise<boolean> {
  const info = join(folder, `${video.id}.info.json`);
  const file = join(folder, `${video.id}.mp4`);
  const content = `${JSON.stringify({ ...infoOf(video), recipe }, null, 2)}\n`;
  // The info file is written last: where it is as it should be, all is there.
  if (existsSync(file) && existsSync(info) && (await readFile(info, 'utf8')) === content) return false;
  await drawVideo(video, font, file);
  if (video.corrupt) await truncate(file, corruptBytes);
  if (video.spoken) await writeFile(join(folder, `${video.id}.en.vtt`), subtitlesOf(video));
  await writeFile(info, content);
  return true;
}

/** The files that say how a video looks: another look makes the videos anew. */
async function recipeCode(): Promise<string> {
  const names = (await readdir(import.meta.dirname)).filter((name) => /^(draw|figure|info)\.ts$/.test(name));
  const texts = await Promise.all(
    names.sort().map((name) => readFile(join(import.meta.dirname, name), 'utf8')),
  );
  return texts.join('\n');
}

if (import.meta.main) {
  const folder = process.argv[2] ?? 'runs/example-videos';
  const made = await makeExampleVideos(folder);
  process.stderr.write(`example videos: ${made} made, the others were there: ${folder}\n`);
}
