import type { CellResult } from '../metrics/evidence.ts';
import type { Table } from '../metrics/table.ts';
import type { Results } from './results.ts';

const stages = [
  [
    'planned',
    'Sections planned',
    'Sections in the storyboards; a method without sections plans its whole video.',
  ],
  ['code', 'Code produced', 'Sections for which the model wrote code.'],
  ['checked', 'Check passed', 'Sections whose code ran through in the check, after repairs.'],
  ['rendered', 'Rendered', 'Sections that became a video.'],
  ['videos', 'Videos', 'Cells that have a video in the end, complete or partial.'],
] as const;

type Key = (typeof stages)[number][0];

function countStages(cells: readonly CellResult[]): Record<Key, number> {
  const sections = cells.flatMap((c) => c.sections);
  return {
    planned: sections.length,
    code: sections.filter((s) => s.codeProduced).length,
    checked: sections.filter((s) => s.checked).length,
    rendered: sections.filter((s) => s.rendered).length,
    videos: cells.filter((c) => c.video !== null).length,
  };
}

/** How far the sections of each method came, counted from its finished cells. Table id `funnel`. */
export function funnelTable(results: Results): Table {
  return {
    id: 'funnel',
    title: 'Funnel',
    caption: 'How far the sections of each method came, over its finished cells.',
    columns: stages.map(([key, label, help]) => ({ key, label, help, format: 'integer', align: 'right' })),
    rows: results.methods.map((method) => {
      const cells = results.cells.filter((c) => c.methodId === method.id && c.status !== 'planned');
      const counts = countStages(cells);
      const sections = counts.planned > 0;
      const figures = stages.map(([key]) => {
        const known = key === 'videos' || sections;
        const base = { n: cells.length, scripted: method.scripted };
        return [key, known ? { ...base, value: counts[key] } : { ...base, value: null, note: 'no sections' }];
      });
      return { methodId: method.id, label: method.label, figures: Object.fromEntries(figures) };
    }),
  };
}
