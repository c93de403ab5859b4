import { type LayoutMeasure, measureLayout } from '../../../harness/media/layout/measure.ts';
import type { Geometry } from '../../../harness/render/geometry.ts';
import type { Studio } from '../../method.ts';
import type { AnchorMode } from '../settings.ts';
import type { Looked } from './rewrite.ts';
import { occupancyTable, type TableRow } from './table.ts';

/** A section as it was rendered, with all that is known of the picture. */
export interface Standing extends Looked {
  /** Where its video.mp4 and geometry.json lie. */
  folder: string;
  geometry: Geometry;
  table: readonly TableRow[];
  measure: LayoutMeasure;
}

/** Looks at a rendered folder; `null` where its geometry cannot be read, or shows nothing. */
export async function stand(
  looked: Looked,
  folder: string,
  mode: AnchorMode,
  studio: Studio,
): Promise<Standing | null> {
  const geometry = await studio.geometry(folder);
  if (geometry === null) return null;
  const { code, facts } = looked;
  const table = occupancyTable(geometry, facts, mode);
  if (table.length === 0) return null;
  return { code, facts, folder, geometry, table, measure: measureLayout(geometry) };
}
