import { share, text } from '../columns.ts';
import { type Evidence, isOwnFailure } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import type { Table } from '../table.ts';

/** Share of the facts of a topic that videos show; no table without lists. A method's own failure shows none. */
export function checklistTable(evidence: Evidence): Table[] {
  const checked = evidence.measurements.filter((m) => m.metric === 'aesthetics' && m.arm === 'checklist');
  const judges = [...new Set(checked.map(({ endpoint }) => endpoint))];
  if (judges.length === 0) return [];
  return [
    {
      id: 'checklist',
      title: 'Checklists',
      caption:
        'Share of the listed facts of a topic that a judge finds shown, averaged over topics that have a list. A cell whose method failed shows none.',
      columns: [text('judge', 'Judge'), share('shown', 'Shown', 'of the items of the topic’s list')],
      rows: evidence.methods.flatMap((method) =>
        judges.map((judge) => {
          const own = checked.filter(({ endpoint }) => endpoint === judge);
          const cells = evidence.cells.filter(
            (cell) => cell.methodId === method.id && own.some(({ cellId }) => cellId === cell.id),
          );
          const values = cells.map((cell) => {
            if (isOwnFailure(cell)) return 0;
            const { items, shown } = own.find(({ cellId }) => cellId === cell.id)?.observation?.facts ?? {};
            return items == null || shown == null ? null : shown / items;
          });
          return {
            ...{ methodId: method.id, label: method.label },
            figures: {
              judge: { value: judge, n: null },
              shown: meanFigure(
                values,
                method.scripted || own.every(({ scripted }) => scripted),
                'without a judgement',
              ),
            },
          };
        }),
      ),
    },
  ];
}
