import { familyOf } from '../../harness/models/family.ts';
import { decimal, text } from '../columns.ts';
import type { Evidence, MethodResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import type { Table } from '../table.ts';
import { cellAesthetics, type Judge } from './cell-scores.ts';

/** Makers of the models that had a part in a method's videos, by its planner, coder, critic or video model. */
export function familiesOf(method: MethodResult): string[] {
  return [...new Set(method.roles.flatMap(({ model }) => familyOf(model) ?? []))];
}

/** A judge with its maker, where its model's name tells. */
function judgeLabel(evidence: Evidence, endpoint: string): string {
  const model = evidence.measurements.find(
    (m) => m.metric === 'aesthetics' && m.endpoint === endpoint,
  )?.model;
  const maker = familyOf(model ?? endpoint);
  return maker === null ? endpoint : `${endpoint} (${maker})`;
}

/** Averages by maker of the generating models and maker of the judge: a judge may favour its own kind. No table below two makers. */
export function familyTable(evidence: Evidence, judges: readonly Judge[]): Table[] {
  const rated = judges.filter(({ rubric }) => rubric === 'paper' || rubric === 'neutral');
  const generators = [...new Set(evidence.methods.flatMap(familiesOf))].sort();
  if (rated.length === 0 || generators.length < 2) return [];
  return [
    {
      id: 'judge-families',
      title: 'Makers of models and of judges',
      detail: true,
      caption:
        'Average by the maker of the models behind a method (rows; a method with several counts in each) and by judge (columns). A judge that gives its own maker’s models more than other judges do favours its kind.',
      columns: [
        text('maker', 'Maker'),
        ...rated.map(({ endpoint }, i) =>
          decimal(`judge${i}`, judgeLabel(evidence, endpoint), `judge ${endpoint}`),
        ),
      ],
      rows: generators.map((maker) => {
        const methods = evidence.methods.filter((method) => familiesOf(method).includes(maker));
        return {
          ...{ methodId: null, label: maker },
          figures: {
            maker: { value: maker, n: null },
            ...Object.fromEntries(
              rated.map((judge, i) => [
                `judge${i}`,
                meanFigure(
                  methods.flatMap((method) =>
                    cellAesthetics(evidence, method, judge.endpoint, judge.rubric).map(
                      ({ average }) => average,
                    ),
                  ),
                  judge.scripted || methods.some(({ scripted }) => scripted),
                ),
              ]),
            ),
          },
        };
      }),
    },
  ];
}
