/** The tables of the fixture: the shapes that metrics make, with unknown figures, notes and hostile labels. */
import type { Figure, Table } from '../metrics/table.ts';

const labels = [
  ['code2video', 'Code2Video'],
  ['direct', 'Direct code'],
  ['pixel', 'Pixel space'],
] as const;

type Column = Table['columns'][number];

const number = (key: string, label: string, format: Column['format'], help?: string): Column => ({
  key,
  label,
  format,
  align: 'right',
  ...(help === undefined ? {} : { help }),
});

function rows(values: Record<string, (Figure | number | string)[]>, scripted: boolean): Table['rows'] {
  return labels.map(([methodId, label], i) => {
    const figures = Object.entries(values).map(([key, column]) => {
      const given = column[i] ?? 0;
      return [key, typeof given === 'object' ? given : { value: given, n: 3, scripted }];
    });
    return { methodId, label, figures: Object.fromEntries(figures) };
  });
}

const missing: Figure = { value: null, n: 0, note: 'no priced endpoint' };

/** A table of TeachQuiz and one of efficiency. `scripted` marks their figures, but for one column. */
export function fixtureTables(scripted: boolean): Table[] {
  return [
    {
      id: 'teachquiz',
      title: 'TeachQuiz',
      caption: 'Share of questions answered rightly, student offline/reader. A missing video gains nothing.',
      columns: [
        { key: 'student', label: 'Student', format: 'text', align: 'left' },
        number('video', 'Video', 'percent', 'Accuracy after the video.'),
        number('unlearned', 'Unlearned', 'percent', 'Accuracy with the unlearning prompt and no video.'),
        number(
          'gain',
          'Gain over unlearned',
          'points',
          'Percentage points, the same questions in both arms.',
        ),
        number('abstained', 'Abstained', 'percent'),
      ],
      rows: rows(
        {
          student: labels.map(() => ({ value: 'offline/reader', n: null })),
          video: [0.625, 0.3, 0],
          unlearned: [0.25, 0.25, 0.25],
          gain: [{ value: 0.375, n: 2, scripted }, 0.05, -0.25],
          abstained: [0.125, 0.4, { value: null, n: 0, note: 'no arm with all its readings' }],
        },
        scripted,
      ),
    },
    {
      id: 'efficiency',
      title: 'Efficiency',
      caption: 'Sums over all roles, mean per cell.',
      columns: [
        { ...number('tokens', 'Tokens', 'integer', 'Input and output of all roles.'), unit: 'per cell' },
        number('cost', 'Cost', 'usd'),
        number('working', 'Working time', 'seconds', 'Calls and renders themselves, without queues.'),
        number('renders', 'Renders', 'decimal'),
      ],
      rows: rows(
        {
          tokens: [12345, 4210, 0],
          cost: [missing, missing, { value: 0.0123, n: 3 }],
          working: [125.64, 31.4, 4],
          renders: [4.33, 1, 0],
        },
        false,
      ),
    },
    {
      id: 'funnel',
      title: 'Funnel',
      caption: 'From planned cells to videos, and within them from planned sections to rendered ones.',
      columns: [
        number('cells', 'Cells', 'integer'),
        number('videos', 'Videos', 'integer'),
        number('sections', 'Sections', 'integer'),
        number('rendered', 'Rendered', 'integer', 'Sections that became a video.'),
      ],
      rows: rows(
        { cells: [3, 3, 3], videos: [2, 1, 2], sections: [10, 3, 0], rendered: [9, 1, 0] },
        scripted,
      ),
    },
    {
      id: 'spending',
      title: 'Spending by role and purpose',
      detail: true,
      caption: 'Sums over all cells of a method.',
      columns: [
        { key: 'purpose', label: 'Purpose', format: 'text', align: 'left' },
        number('calls', 'Calls', 'integer'),
      ],
      rows: rows({ purpose: ['outline', 'scene_code', 'video'], calls: [3, 3, 3] }, scripted),
    },
  ];
}
