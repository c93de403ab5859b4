import { join } from 'node:path';
import type { JournalState } from '../store/state.ts';
import { produceJob } from './plan.ts';

/** The geometry file of a part, and when the part is shown; seconds of the whole video. */
export interface PlacedFile {
  file: string;
  startS: number;
  durationS: number;
}

/**
 * The geometry of each rendered part of a cell's video, in order, with when the part is shown. Empty where any part has
 * none: then no moment of the whole is certain.
 */
export function geometryOf(
  { state, folder }: { state: JournalState; folder: string },
  cellId: string,
): readonly PlacedFile[] {
  const outcome = state.outcomes.get(produceJob({ id: cellId }));
  const renders = new Map(
    state.rendersOf(cellId).flatMap(({ ok, operation, durationS, artifacts }) => {
      const video = artifacts.find(({ path }) => path.endsWith('.mp4'))?.path;
      const geometry = artifacts.find(({ path }) => path.endsWith('/geometry.json'))?.path;
      if (!ok || operation !== 'render' || video === undefined || durationS === null) return [];
      return [[video, { geometry, durationS }] as const];
    }),
  );
  const parts = renders.has(outcome?.video ?? '')
    ? [outcome?.video ?? '']
    : (outcome?.sections ?? []).flatMap(({ video }) => (video ? [`cells/${cellId}/${video}`] : []));
  const found: PlacedFile[] = [];
  let startS = 0;
  for (const path of parts) {
    const render = renders.get(path);
    if (render?.geometry === undefined) return [];
    found.push({ file: join(folder, render.geometry), startS, durationS: render.durationS });
    startS += render.durationS;
  }
  return found;
}
