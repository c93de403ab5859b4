import type { Element, TableRow } from './table.ts';

/** The table as a critic is sent it: what stays as it is for several moments is listed once, with their numbers. */
export interface Occupancy {
  moments: { moment: number; timeS: number; block: number; leftOff?: number }[];
  elements: (Element & { seen: number[] })[];
}

/** Most of a picture does not change from one moment to the next, so this is a fraction of the rows. */
export function occupancyOf(rows: readonly TableRow[]): Occupancy {
  const found = new Map<string, Element & { seen: number[] }>();
  rows.forEach(({ elements }, index) => {
    for (const element of elements) {
      const key = JSON.stringify(element);
      const known = found.get(key) ?? { ...element, seen: [] };
      found.set(key, known);
      known.seen.push(index + 1);
    }
  });
  return {
    moments: rows.map(({ elements: _, ...row }, index) => ({ moment: index + 1, ...row })),
    elements: [...found.values()],
  };
}
