import type { CellResult, Evidence } from '../evidence.ts';
import type { Figure, Table } from '../table.ts';
import { cellsOf, hasVideo, isFinished } from './cells.ts';

/** From planned cells to videos. */
export function funnelTable(evidence: Evidence): Table {
  const count = (label: string, key: string, help: string) =>
    ({ key, label, format: 'integer', align: 'right', help }) as const;
  return {
    id: 'funnel',
    title: 'Funnel',
    caption: 'From planned cells to videos, and within them from planned sections to rendered ones. Counts.',
    columns: [
      count('Cells', 'cells', 'planned cells'),
      count('Finished', 'finished', 'produced or failed by the method itself'),
      count('Videos', 'videos', 'cells with a video, partial ones included'),
      count('Partial', 'partial', 'videos with sections missing'),
      count('Failed', 'failed', 'the method’s own failures and refusals'),
      count(
        'Errors',
        'errors',
        'failures of the harness or of an endpoint: retried by the next run, in no mean',
      ),
      count('Sections', 'sections', 'scenes planned'),
      count('Code', 'code', 'scenes with code'),
      count('Checked', 'checked', 'scenes that passed the check (0 for methods that run none)'),
      count('Rendered', 'rendered', 'scenes that rendered'),
    ],
    rows: evidence.methods.map((method) => {
      const cells = cellsOf(evidence, method);
      const sections = cells.flatMap((cell) => cell.sections);
      const figure = (value: number): Figure => ({ value, n: cells.length });
      const having = (...states: CellResult['status'][]) =>
        cells.filter((c) => states.includes(c.status)).length;
      return {
        methodId: method.id,
        label: method.label,
        figures: {
          cells: figure(cells.length),
          finished: figure(cells.filter(isFinished).length),
          videos: figure(cells.filter(hasVideo).length),
          partial: figure(having('partial')),
          failed: figure(having('method_failed', 'refused')),
          errors: figure(having('infra_error', 'judge_error')),
          sections: figure(sections.length),
          code: figure(sections.filter((s) => s.codeProduced).length),
          checked: figure(sections.filter((s) => s.checked).length),
          rendered: figure(sections.filter((s) => s.rendered).length),
        },
      };
    }),
  };
}
