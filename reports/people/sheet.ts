import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readBundle } from '../../harness/store/bundle.ts';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { hashOf } from '../../harness/store/hash.ts';
import { paperDimensions, writtenName } from '../../metrics/aesthetics/rubrics.ts';
import { reportConfigSchema } from '../config.ts';
import { renderSheet, type SheetVideo } from './page.ts';

export interface SheetOptions {
  /** Folder that is handed out; it must not exist. */
  to: string;
  /** Another seed, other codes and orders. */
  seed: number;
  /** With the topic's questions after each video. */
  quiz: boolean;
}

/**
 * Writes a rating sheet: a page that shows the bundle's videos blind, the videos under codes, and a CSV that can be filled in by hand. What
 * the codes stand for is written beside the folder, not into it. Throws `bad_sheet` where there is nothing to show or the place is taken.
 */
export function writeSheet(
  bundleFolder: string,
  { to, seed, quiz }: SheetOptions,
): { page: string; key: string; videos: number } {
  const bundle = readBundle(bundleFolder);
  const config = reportConfigSchema.parse(bundle.run.configs.at(-1)?.config);
  const key = `${resolve(to)}-key.csv`;
  for (const place of [to, key])
    if (existsSync(place))
      throw badSheet(`${place} is there already`, 'Name a folder that does not exist yet.');
  const shown = bundle.plan.cells.flatMap((cell) => {
    const video = bundle.state.outcomes.get(`produce:${cell.id}`)?.video;
    return video == null
      ? []
      : [{ cell, file: join(bundle.paths.folder, video), code: codeOf(cell.id, seed) }];
  });
  if (shown.length === 0) throw badSheet(`${bundleFolder} has no video to be rated`, 'Run it first.');
  mkdirSync(join(to, 'videos'), { recursive: true });
  for (const { file, code } of shown) copyFileSync(file, join(to, 'videos', `${code}.mp4`));
  const videos = shown.map(({ cell, code }): SheetVideo => {
    const topic = config.topics.find(({ id }) => id === cell.topicId);
    const questions = (topic?.quiz ?? []).map(({ id, stem, options }) => ({ id, stem, options }));
    return { code, topic: topic?.title ?? cell.topicId, questions: quiz ? questions : [] };
  });
  // In the order of the codes: that of the plan would tell methods apart.
  const blind = videos.toSorted((a, b) => a.code.localeCompare(b.code));
  const page = join(to, 'sheet.html');
  writeFileSync(page, renderSheet(blind, seed));
  writeFileSync(join(to, 'ratings.csv'), templateOf(blind));
  writeFileSync(
    key,
    `video,cell\n${shown
      .map(({ code, cell }) => `${code},${cell.id}\n`)
      .sort()
      .join('')}`,
  );
  return { page, key, videos: shown.length };
}

const codeOf = (cell: string, seed: number) => `video-${hashOf({ cell, seed }).slice(0, 8)}`;

/** What a person says of each video, to be filled in where the page cannot be used. */
function templateOf(videos: readonly SheetVideo[]): string {
  const dimensions = [...paperDimensions.map(writtenName), 'finished', 'rank'];
  const lines = videos.flatMap(({ code, questions }) =>
    [...dimensions, ...questions.map(({ id }) => `quiz:${id}`)].map((dimension) => `,,${code},${dimension},`),
  );
  return `rater,group,video,dimension,value\n${lines.join('\n')}\n`;
}

function badSheet(message: string, hint: string): MmmcError {
  return new MmmcError('bad_sheet', message, { exitCode: exitCodes.usage, hint });
}
