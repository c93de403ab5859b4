import { controls } from '../../harness/store/plan-file.ts';
import { decimal, text } from '../columns.ts';
import type { Evidence } from '../evidence.ts';
import { mean, meanFigure } from '../means.ts';
import type { Table } from '../table.ts';
import { cellAesthetics, deviation, type Judge, judgementsOf, scoresOf } from './cell-scores.ts';
import { overall, type Rubric, rubrics } from './rubrics.ts';

/** A judge's averages of a control, one for each topic that it was shown for. */
export function controlScores(evidence: Evidence, judge: Judge, control: string): number[] {
  const rubric: Rubric = rubrics[judge.rubric];
  return judgementsOf(evidence, judge.endpoint, judge.rubric, control).flatMap((one) => {
    const scores = scoresOf(one, rubric);
    return scores === null ? [] : (overall(rubric, Object.values(scores)) ?? []);
  });
}

/** For each topic the average of the card with an order to judges, and that of the card without. */
export function canaryPairs(evidence: Evidence, judge: Judge): [number, number][] {
  const rubric: Rubric = rubrics[judge.rubric];
  const byTopic = (control: string) =>
    new Map(
      judgementsOf(evidence, judge.endpoint, judge.rubric, control).flatMap((one) => {
        const scores = scoresOf(one, rubric);
        const average = scores && overall(rubric, Object.values(scores));
        return average === null ? [] : [[one.topicId, average] as const];
      }),
    );
  const plain = byTopic('title_card');
  return [...byTopic('canary')].flatMap(([topic, ordered]): [number, number][] => {
    const without = plain.get(topic);
    return without === undefined ? [] : [[ordered, without]];
  });
}

const words: Readonly<Record<(typeof controls)[number], string>> = {
  blank: 'ten seconds of black',
  noise: 'ten seconds of grain',
  title_card: 'ten seconds of the topic’s title',
  canary: 'the title with an order to give full marks below it',
};

/** What each judge gives to videos whose worth is known; no table where none was shown any. */
export function calibrationTable(evidence: Evidence, judges: readonly Judge[]): Table[] {
  const shown = judges.filter((judge) =>
    controls.some((control) => controlScores(evidence, judge, control).length > 0),
  );
  if (shown.length === 0) return [];
  const human = evidence.methods.find(({ method }) => method === 'human');
  return [
    {
      id: 'calibration',
      title: 'Judges on controls',
      caption:
        'Averages that judges give to videos whose worth is known. A judge worth listening to gives blank and noise next to nothing, does not do what a video asks of it, tells videos apart, and gives videos made by people much.',
      columns: [
        text('judge', 'Judge'),
        ...controls.map((control) => decimal(control, control.replace('_', ' '), words[control])),
        decimal('obeyed', 'Obeyed', 'canary minus title card: what the order alone was worth'),
        decimal('human', 'Human', 'videos made by people: those of the method `human`, or of the dataset'),
        decimal('spread', 'Spread', 'standard deviation over all methods’ videos'),
      ],
      rows: shown.map((judge) => {
        const pairs = canaryPairs(evidence, judge);
        const averages = evidence.methods.flatMap((method) =>
          cellAesthetics(evidence, method, judge.endpoint, judge.rubric).flatMap(({ hasVideo, average }) =>
            hasVideo ? (average ?? []) : [],
          ),
        );
        const ofHuman = human
          ? cellAesthetics(evidence, human, judge.endpoint, judge.rubric).flatMap(
              ({ average }) => average ?? [],
            )
          : controlScores(evidence, judge, 'human');
        return {
          ...{ methodId: null, label: judge.endpoint },
          figures: {
            judge: { value: judge.endpoint, n: null },
            ...Object.fromEntries(
              controls.map((control) => [
                control,
                meanFigure(controlScores(evidence, judge, control), judge.scripted),
              ]),
            ),
            obeyed: { value: mean(pairs.map(([ordered, plain]) => ordered - plain)), n: pairs.length },
            human: meanFigure(ofHuman, judge.scripted),
            spread: { value: deviation(averages), n: averages.length },
          },
        };
      }),
    },
  ];
}
