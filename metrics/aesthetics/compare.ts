import { byTopic, type Compared } from '../comparison/compared.ts';
import type { Evidence } from '../evidence.ts';
import { cellAesthetics, judgesOf } from './cell-scores.ts';
import { rubrics } from './rubrics.ts';

/** Methods by the average of each judge; a proxy has none. */
export function compareAesthetics(evidence: Evidence): Compared[] {
  return judgesOf(evidence)
    .filter(({ rubric }) => rubrics[rubric].mean !== null)
    .map((judge) => ({
      id: `aesthetics-${judge.rubric}-${judge.endpoint}`,
      metric: 'aesthetics',
      label: `${rubrics[judge.rubric].title}, judge ${judge.endpoint}`,
      ...{ scale: 1, unit: 'points', higherIsBetter: true },
      range: [0, rubrics[judge.rubric].most * rubrics[judge.rubric].scale],
      methods: evidence.methods.map((method) => ({
        id: method.id,
        label: method.label,
        scripted: method.scripted || judge.scripted,
        values: byTopic(
          cellAesthetics(evidence, method, judge.endpoint, judge.rubric),
          ({ average }) => average,
        ),
      })),
    }));
}
