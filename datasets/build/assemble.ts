import { constants, copyFileSync, existsSync, linkSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fileTypeFromFile } from 'file-type';
import { bundleUnwritable } from '../../harness/store/errors.ts';
import { sha256File } from '../../harness/store/hash.ts';
import { topicId } from '../identity.ts';
import type { Dataset, MediaFile, Topic } from '../schema.ts';
import { uniqueSlugs } from '../slug.ts';
import type { BuildShop } from './shop.ts';
import type { Unit, UnitTopic, Validated } from './types.ts';

/** A topic with its questions, accepted or not. */
export interface Quizzed {
  topic: UnitTopic;
  validated: readonly Validated[];
}

/** The dataset of what was built: topics with at least one accepted question, their videos in the bundle's folder. */
export async function assemble(shop: BuildShop, quizzed: readonly Quizzed[]): Promise<Dataset> {
  const { config, bundle } = shop;
  const { name, version, title, description, licence } = config.file;
  const kept = quizzed.filter(({ validated }) => validated.some(({ accepted }) => accepted));
  const ids = new Map(kept.map(({ topic }) => [topic.unit.id, topicId(config.collection, topic.title)]));
  const named = kept.map(({ topic }) => ({ id: ids.get(topic.unit.id) ?? '', title: topic.title }));
  const slugs = uniqueSlugs(named);
  const topics: Topic[] = [];
  for (const [i, { topic, validated }] of kept.entries()) {
    const { unit } = topic;
    const humanVideo = await videoOf(shop, unit);
    topics.push({
      id: named[i]?.id ?? '',
      slug: slugs[i] ?? '',
      title: topic.title,
      category: topic.category,
      language: config.file.language,
      source: { collection: config.collection, url: unit.url, licence: unit.licence ?? licence },
      parent: ids.get(unit.parent ?? '') ?? null,
      durationS: unit.endS === null ? null : unit.endS - unit.startS,
      tags: [...unit.tags],
      aliases: [],
      quiz: validated.filter(({ accepted }) => accepted).map(({ question }) => question),
      ...(humanVideo && { humanVideo }),
      extra: extraOf(unit),
    });
  }
  const view = 'released';
  return {
    name,
    version,
    title,
    description,
    licence,
    collection: config.collection,
    view,
    folder: bundle.paths.folder,
    topics,
  };
}

function extraOf(unit: Unit): Record<string, unknown> {
  const { id, entry, title, parentTitle, startS, endS } = unit;
  return { unit: id, entry, title, parent_title: parentTitle, start_s: startS, end_s: endS };
}

async function videoOf(shop: BuildShop, unit: Unit): Promise<MediaFile | undefined> {
  if (unit.video === null) return undefined;
  const path = isAbsolute(unit.video) ? `build/videos/${unit.id}.mp4` : unit.video;
  const file = join(shop.bundle.paths.folder, path);
  if (isAbsolute(unit.video)) bringIn(unit.video, file);
  const type = (await fileTypeFromFile(file))?.mime ?? 'video/mp4';
  const durationS = unit.endS === null ? undefined : unit.endS - unit.startS;
  return {
    path,
    sha256: await sha256File(file),
    bytes: statSync(file).size,
    type,
    ...(durationS && { durationS }),
  };
}

/** Puts a video into the bundle: a second name for it where the disk can, else a copy. */
function bringIn(source: string, target: string): void {
  try {
    mkdirSync(dirname(target), { recursive: true });
    if (existsSync(target)) rmSync(target);
    if (statSync(source).dev === statSync(dirname(target)).dev) linkSync(source, target);
    else copyFileSync(source, target, constants.COPYFILE_FICLONE);
  } catch (cause) {
    throw bundleUnwritable(target, cause);
  }
}
