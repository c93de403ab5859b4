import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Topic } from '../../datasets/schema.ts';
import type { ShownVideo } from '../../metrics/metric.ts';
import type { GeometryPart } from '../media/video-part.ts';
import { readGeometry } from '../render/geometry.ts';
import { artifactOf } from '../store/artifacts.ts';
import { bundleUnwritable } from '../store/errors.ts';
import type { Artifact } from '../store/events.ts';
import type { Slot } from '../store/plan-file.ts';
import type { Experiment } from './config.ts';
import { getOrMake } from './endpoints.ts';
import { copyGiven } from './given-file.ts';
import { produceJob } from './plan.ts';
import { geometryOf, type PlacedFile } from './video-parts.ts';
import type { Workshop } from './workshop.ts';

/** A video of the bundle that a slot shows. */
export interface VideoFile extends Pick<ShownVideo, 'file' | 'sha256'> {
  durationS: number;
  geometry: readonly PlacedFile[];
  /** What it is, wherever it was made: requests are known by it. */
  source: string;
  /** Made for the slot, not by the method. */
  made?: Artifact;
}

/** The video that a slot shows, made first if it is one of a control or a part of another; else why there is none. */
export async function videoFileOf(
  shop: Workshop,
  { mediaFolder }: Pick<Experiment, 'mediaFolder'>,
  { shows }: Pick<Slot, 'shows'>,
  topic: Pick<Topic, 'id' | 'title' | 'humanVideo'>,
  cellId: string | null,
): Promise<VideoFile | 'no_video' | 'no_geometry'> {
  if (shows !== undefined && 'control' in shows) {
    const { control } = shows;
    const name = control === 'title_card' || control === 'canary' ? `${control}-${topic.id}` : control;
    return madeOnce(shop, name, (target) =>
      shop.media.control(control, topic.title, target, shop.control.signal),
    );
  }
  if (shows !== undefined && 'human' in shows) {
    const given = { file: join(mediaFolder, topic.humanVideo?.path ?? ''), sha256: shows.human };
    const copied = await madeOnce(shop, `human-${shows.human.slice(0, 12)}`, (to) => copyGiven(given, to));
    return copied.durationS === 0 ? 'no_video' : copied;
  }
  const whole = cellId === null ? null : cellVideo(shop, cellId);
  if (whole === null) return 'no_video';
  if (shows === undefined) return whole;
  const geometry = await readParts(whole.geometry);
  if (geometry === null) return 'no_geometry';
  return madeOnce(shop, `${shows.part}-${cellId}`, (target) =>
    shop.media.part(whole.file, shows.part, geometry, target, shop.control.signal),
  );
}

function cellVideo(shop: Workshop, cellId: string): VideoFile | null {
  const { state, paths } = shop.bundle;
  const outcome = state.outcomes.get(produceJob({ id: cellId }));
  if (outcome?.video == null) return null;
  return {
    file: join(paths.folder, outcome.video),
    sha256: outcome.artifacts.find(({ path }) => path === outcome.video)?.sha256 ?? '',
    durationS: outcome.videoFacts?.durationS ?? 0,
    source: `${cellId}/video`,
    geometry: geometryOf({ state, folder: paths.folder }, cellId),
  };
}

/** The geometry of all parts; `null` where there is none, or a scene spoiled its own. */
export async function readParts(parts: readonly PlacedFile[]): Promise<GeometryPart[] | null> {
  const read = await Promise.all(
    parts.map(async ({ file, ...when }) => {
      const geometry = await readGeometry(file);
      return geometry === null ? [] : [{ geometry, ...when }];
    }),
  );
  const known = read.flat();
  return known.length === 0 || known.length < parts.length ? null : known;
}

async function madeOnce(
  shop: Workshop,
  name: string,
  make: (target: string) => Promise<void>,
): Promise<VideoFile> {
  const { folder, controls } = shop.bundle.paths;
  const file = join(controls, `${name}.mp4`);
  const made = await getOrMake(shop.making, file, async () => {
    if (!existsSync(file)) {
      makeFolder(dirname(file));
      await make(`${file}.part`);
      renameSync(`${file}.part`, file);
    }
    const probed = await shop.media.probe(file);
    return { durationS: probed.ok ? probed.facts.durationS : 0, made: await artifactOf(folder, file) };
  });
  return { file, sha256: made.made.sha256, source: `controls/${name}`, geometry: [], ...made };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(folder, cause);
  }
}
