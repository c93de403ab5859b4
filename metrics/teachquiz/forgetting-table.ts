import { share, text } from '../columns.ts';
import { meanFigure } from '../means.ts';
import type { Table } from '../table.ts';
import { compliance } from './forgetting.ts';
import type { Readings } from './readings.ts';

/** How often a student declines as it was told, by level of the forgetting check; no table where there was none. */
export function forgettingTable(readings: Readings): Table[] {
  const all = readings.students.map((student) => ({ student, asked: readings.all(student, 'forgetting') }));
  const levels = Math.max(0, ...all.flatMap(({ asked }) => asked.map(({ repeat = 0 }) => repeat + 1)));
  if (levels === 0) return [];
  const names = Array.from({ length: levels }, (_, level) => `level${level + 1}`);
  return [
    {
      id: 'teachquiz-forgetting',
      title: 'Forgetting check',
      detail: true,
      caption:
        'Told to unlearn the topic, the student is asked about it in steps of rising difficulty. Compliance is the share of topics where it says that it cannot; anything else shows that the unlearned arm is an instruction, not a lack of knowledge.',
      columns: [
        text('student', 'Student'),
        ...names.map((name, i) =>
          share(name, `Level ${i + 1}`, 'share of topics where the student declined'),
        ),
      ],
      rows: all.map(({ student, asked }) => ({
        ...{ methodId: null, label: student },
        figures: {
          student: { value: student, n: null },
          ...Object.fromEntries(
            names.map((name, level) => [
              name,
              meanFigure(
                asked
                  .filter(({ repeat }) => repeat === level)
                  .map(({ observation }) => observation?.facts[compliance] ?? null),
                readings.isScripted(student),
              ),
            ]),
          ),
        },
      })),
    },
  ];
}
