import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { CutRange } from '../../harness/media/cut.ts';
import { artifactOf } from '../../harness/store/artifacts.ts';
import { writeWhole } from '../../harness/store/bundle.ts';
import { bundleUnwritable, isDiskFailure } from '../../harness/store/errors.ts';
import type { Artifact } from '../../harness/store/events.ts';
import { fromDisk, toDisk } from '../../harness/store/keys.ts';
import { type BuildShop, jobOf } from './shop.ts';

/** What stands beside a cut video. */
const cutSchema = z.strictObject({
  mode: z.enum(['copy', 'encode']),
  /** Length of the cut video, seconds. */
  durationS: z.number(),
  /** Why it was not cut as asked for. */
  note: z.string().nullable(),
});
export type CutFacts = z.infer<typeof cutSchema>;

/** A unit's own video in the bundle, or why there is none. */
export type Cut =
  | { ok: true; video: string; facts: CutFacts; artifacts: readonly Artifact[] }
  | { ok: false; reason: string };

/** Is a file as old as what is known of it? A newer one is read again. */
export function isOlder(file: string, time: string): boolean {
  return statSync(file).mtimeMs <= Date.parse(time);
}

/** Cuts a unit out of its video into `build/videos/` of the bundle; what an earlier run has cut is taken. */
export async function cutUnit(
  shop: BuildShop,
  item: string,
  unit: string,
  source: string,
  range: CutRange,
): Promise<Cut> {
  const mode = shop.config.file.segments.cut === 'copy' ? 'copy' : 'encode';
  const video = `build/videos/${unit}.${mode}.mp4`;
  const facts = `build/videos/${unit}.${mode}.json`;
  const at = (path: string) => join(shop.bundle.paths.folder, path);
  const stored = storedCut(shop, item, source, [video, facts]);
  if (stored) return { ok: true, video, facts: readFacts(at(facts)), artifacts: stored };
  shop.control.checkpoint();
  const { signal } = shop.control;
  try {
    mkdirSync(dirname(at(video)), { recursive: true });
    const cut = await shop.control.track(shop.media.cut(source, range, at(video), { mode, signal }));
    if (!cut.ok) return cut;
    const found: CutFacts = { mode: cut.mode, durationS: cut.facts.durationS, note: cut.note };
    writeWhole(at(facts), `${JSON.stringify(toDisk(found))}\n`);
    const { folder } = shop.bundle.paths;
    const artifacts = [await artifactOf(folder, at(video)), await artifactOf(folder, at(facts))];
    return { ok: true, video, facts: found, artifacts };
  } catch (thrown) {
    throw isDiskFailure(thrown) ? bundleUnwritable(at(video), thrown) : thrown;
  }
}

/** The files of an earlier run that the item's outcome vouches for, made from the same source. */
function storedCut(
  shop: BuildShop,
  item: string,
  source: string,
  paths: readonly string[],
): Artifact[] | null {
  const outcome = shop.bundle.state.outcomes.get(jobOf(item));
  if (!outcome || !isOlder(source, outcome.time)) return null;
  const files = paths.flatMap((path) => outcome.artifacts.find((artifact) => artifact.path === path) ?? []);
  const there = files.filter(({ path, bytes }) => {
    const found = statSync(join(shop.bundle.paths.folder, path), { throwIfNoEntry: false });
    return found?.size === bytes;
  });
  return there.length === paths.length ? there : null;
}

function readFacts(path: string): CutFacts {
  return cutSchema.parse(fromDisk(JSON.parse(readFileSync(path, 'utf8'))));
}
