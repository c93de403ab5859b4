import { text, whole } from '../columns.ts';
import type { Evidence } from '../evidence.ts';
import type { Figure, Table } from '../table.ts';
import { cellsOf } from './cells.ts';

const count = (value: number): Figure => ({ value, n: null });

/** Where cells and scenes were lost, and why; no table where nothing was. */
export function causeTable(evidence: Evidence): Table[] {
  const rows = evidence.methods.flatMap((method) => {
    const cells = cellsOf(evidence, method);
    const lost = [
      ...cells.flatMap(({ reason, status }) =>
        reason === null || status === 'ok' ? [] : [{ what: 'cell', cause: reason.code }],
      ),
      ...cells.flatMap(({ sections }) =>
        sections.flatMap(({ error }) => (error === null ? [] : [{ what: 'scene', cause: error.kind }])),
      ),
    ];
    return [...Map.groupBy(lost, ({ what, cause }) => `${what} ${cause}`).values()].flatMap((same) => {
      const [first] = same;
      if (first === undefined) return [];
      const { what, cause } = first;
      return [
        {
          ...{ methodId: method.id, label: method.label },
          figures: {
            what: { value: what, n: null },
            cause: { value: cause.replaceAll('_', ' '), n: null },
            count: count(same.length),
          },
        },
      ];
    });
  });
  if (rows.length === 0) return [];
  return [
    {
      id: 'causes',
      title: 'What was lost, and why',
      detail: true,
      caption: 'Cells without a whole video, and scenes that did not render, by cause.',
      columns: [text('what', 'What'), text('cause', 'Cause'), whole('count', 'Times', 'cells or scenes')],
      rows,
    },
  ];
}

/** Repairs by how much of the code they replaced; no table without any. */
export function repairTable(evidence: Evidence): Table[] {
  const rows = evidence.methods.flatMap((method) => {
    const sections = cellsOf(evidence, method).flatMap((cell) => cell.sections);
    const scopes = sections.flatMap(({ repairsByScope }) => repairsByScope ?? []);
    const total = sections.reduce((sum, { repairs }) => sum + repairs, 0);
    if (total === 0) return [];
    const of = (scope: 'line' | 'block' | 'section'): Figure =>
      scopes.length === 0
        ? { value: null, n: null, note: 'this method does not tell scopes apart' }
        : count(scopes.reduce((sum, one) => sum + one[scope], 0));
    return [
      {
        ...{ methodId: method.id, label: method.label },
        figures: { total: count(total), line: of('line'), block: of('block'), section: of('section') },
      },
    ];
  });
  if (rows.length === 0) return [];
  return [
    {
      id: 'repairs',
      title: 'Repairs by scope',
      detail: true,
      caption: 'Repairs that were asked for, by how much of the code was to be replaced (ScopeRefine).',
      columns: [
        whole('total', 'Repairs', 'over all cells'),
        whole('line', 'Line', 'a line and its neighbours'),
        whole('block', 'Block', 'the block of a lecture line'),
        whole('section', 'Section', 'the whole section'),
      ],
      rows,
    },
  ];
}
