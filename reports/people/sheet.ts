import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { readBundle } from '../../harness/store/bundle.ts';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { hashOf } from '../../harness/store/hash.ts';
import { paperDimensions, writtenName } from '../../metrics/aesthetics/rubrics.ts';
import { reportConfigSchema } from '../config.ts';
import { renderSheet, type SheetVideo } from './page.ts';

export interface SheetOptions {
  /** Folder that is written; it must not exist. */
  to: string;
  /** Another seed, other codes and orders. */
  seed: number;
  /** With the topic's questions after each video. */
  quiz: boolean;
  /** A sheet for each method, as in the paper's study: a person sees one type of video, and no question twice. */
  apart: boolean;
}

/** What was written: a page for each sheet, and the file that says which video is whose. */
export interface WrittenSheets {
  pages: string[];
  key: string;
  videos: number;
}

/** Copies a video without its tags (harness/media/bare.ts). */
export type CopyVideo = (file: string, target: string) => Promise<void>;

/**
 * Writes a rating sheet: a page that shows the bundle's videos blind, the videos under codes and without tags, and a CSV that can be filled in
 * by hand. What the codes stand for is written beside the folder, not into it. Throws `bad_sheet` where there is nothing to show or the place is
 * taken.
 */
export async function writeSheet(
  bundleFolder: string,
  copyVideo: CopyVideo,
  { to, ...options }: SheetOptions,
): Promise<WrittenSheets> {
  const key = `${resolve(to)}-key.csv`;
  for (const place of [to, key])
    if (existsSync(place))
      throw badSheet(`${place} is there already`, 'Name a folder that does not exist yet.');
  const shown = shownVideos(bundleFolder, options);
  if (shown.length === 0) throw badSheet(`${bundleFolder} has no video to be rated`, 'Run it first.');
  const sheets = options.apart ? sheetsByMethod(shown, options.seed) : [{ name: '', shown }];
  try {
    const pages: string[] = [];
    for (const { name, shown: own } of sheets)
      pages.push(await writeOne(join(to, name), own, copyVideo, options));
    writeFileSync(key, `video,cell\n${shown.map(({ video, cell }) => `${video.code},${cell}\n`).join('')}`);
    return { pages, key, videos: shown.length };
  } catch (error) {
    rmSync(to, { recursive: true, force: true });
    throw error;
  }
}

interface Shown {
  video: Omit<SheetVideo, 'ranked'>;
  cell: string;
  methodId: string;
  file: string;
}

/** In the order of the codes: that of the plan would tell methods apart. */
function shownVideos(bundleFolder: string, { seed, quiz }: Omit<SheetOptions, 'to'>): Shown[] {
  const bundle = readBundle(bundleFolder);
  const config = reportConfigSchema.parse(bundle.run.configs.at(-1)?.config);
  const shown = bundle.plan.cells.flatMap(({ id, methodId, topicId, edited }): Shown[] => {
    const video = bundle.state.outcomes.get(`produce:${id}`)?.video;
    if (video == null || edited !== undefined) return [];
    const topic = config.topics.find((one) => one.id === topicId);
    const questions = quiz ? (topic?.quiz ?? []) : [];
    const code = `video-${hashOf({ cell: id, seed }).slice(0, 8)}`;
    const asked = questions.map(({ id: question, stem, options }) => ({ id: question, stem, options }));
    return [
      {
        ...{ cell: id, methodId, file: join(bundle.paths.folder, video) },
        video: { code, topic: topic?.title ?? topicId, questions: asked },
      },
    ];
  });
  return shown.toSorted((a, b) => a.video.code.localeCompare(b.video.code));
}

/** Numbered in an order that tells nothing. */
function sheetsByMethod(shown: readonly Shown[], seed: number): { name: string; shown: Shown[] }[] {
  const place = ([methodId]: readonly [string, unknown]) => hashOf({ methodId, seed });
  return [...Map.groupBy(shown, ({ methodId }) => methodId)]
    .toSorted((a, b) => place(a).localeCompare(place(b)))
    .map(([, own], i) => ({ name: String(i + 1), shown: own }));
}

async function writeOne(
  folder: string,
  shown: readonly Shown[],
  copyVideo: CopyVideo,
  { seed }: { seed: number },
): Promise<string> {
  mkdirSync(join(folder, 'videos'), { recursive: true });
  const limit = pLimit(availableParallelism());
  await limit.map(shown, ({ file, video }) => copyVideo(file, join(folder, 'videos', `${video.code}.mp4`)));
  const perTopic = Map.groupBy(shown, ({ video }) => video.topic);
  const videos = shown.map(({ video }) => ({
    ...video,
    ranked: (perTopic.get(video.topic)?.length ?? 0) > 1,
  }));
  const page = join(folder, 'sheet.html');
  writeFileSync(page, renderSheet(videos, seed));
  writeFileSync(join(folder, 'ratings.csv'), templateOf(videos));
  return page;
}

/** What a person says of each video, to be filled in where the page cannot be used. */
function templateOf(videos: readonly SheetVideo[]): string {
  const lines = videos.flatMap(({ code, ranked, questions }) => {
    const alone = [...paperDimensions.map(writtenName), 'finished', ...(ranked ? ['rank'] : [])];
    const dimensions = [...alone, ...questions.map(({ id }) => `quiz:${id}`)];
    return dimensions.map((dimension) => `,,${code},${dimension},`);
  });
  return `rater,group,video,dimension,value\n${lines.join('\n')}\n`;
}

function badSheet(message: string, hint: string): MmmcError {
  return new MmmcError('bad_sheet', message, { exitCode: exitCodes.usage, hint });
}
