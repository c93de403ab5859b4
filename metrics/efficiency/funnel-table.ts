import { whole } from '../columns.ts';
import type { CellResult, Evidence } from '../evidence.ts';
import type { Figure, Table } from '../table.ts';
import { cellsOf, hasVideo, isFinished } from './cells.ts';

/** From planned cells to videos. */
export function funnelTable(evidence: Evidence): Table {
  return {
    id: 'funnel',
    title: 'Funnel',
    caption: 'From planned cells to videos, and within them from planned sections to rendered ones. Counts.',
    columns: [
      whole('cells', 'Cells', 'planned cells'),
      whole('finished', 'Finished', 'produced or failed by the method itself'),
      whole('videos', 'Videos', 'cells with a video, partial ones included'),
      whole('partial', 'Partial', 'videos with sections missing'),
      whole('failed', 'Failed', 'the method’s own failures and refusals'),
      whole(
        'errors',
        'Errors',
        'failures of the harness or of an endpoint: retried by the next run, in no mean',
      ),
      whole('sections', 'Sections', 'scenes planned'),
      whole('code', 'Code', 'scenes with code'),
      whole('checked', 'Checked', 'scenes that passed the check (0 for methods that run none)'),
      whole('rendered', 'Rendered', 'scenes that rendered'),
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
