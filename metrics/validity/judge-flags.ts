import { familyOf } from '../../harness/models/family.ts';
import { canaryPairs, controlScores } from '../aesthetics/calibration.ts';
import { cellAesthetics, type Judge, judgesOf } from '../aesthetics/cell-scores.ts';
import { familiesOf } from '../aesthetics/families.ts';
import { rubrics } from '../aesthetics/rubrics.ts';
import type { Evidence } from '../evidence.ts';
import type { Flag, RuleName } from './flags.ts';
import { type Finding, fooledRule, obeysRule, type Thresholds, varianceRule } from './rules.ts';

/** What is to be said against judges. Scores count from 0 to 100, whatever their rubric's scale. */
export function judgeFlags(evidence: Evidence, thresholds: Thresholds): Flag[] {
  return judgesOf(evidence)
    .filter(({ rubric }) => rubrics[rubric].mean !== null)
    .flatMap((judge) => {
      const { most, scale } = rubrics[judge.rubric];
      const percent = (value: number) => (100 * value) / (most * scale);
      const flag = (rule: RuleName, found: Finding | null): Flag[] =>
        found === null ? [] : [{ rule, about: judge.endpoint, ...found }];
      const averages = evidence.methods.flatMap((method) =>
        cellAesthetics(evidence, method, judge.endpoint, judge.rubric).flatMap(({ hasVideo, average }) =>
          hasVideo && average !== null ? [percent(average)] : [],
        ),
      );
      const nothing = ['blank', 'noise'].flatMap((control) =>
        controlScores(evidence, judge, control).map(percent),
      );
      const pairs = canaryPairs(evidence, judge).map(([a, b]): [number, number] => [percent(a), percent(b)]);
      return [
        ...flag('judge_variance', varianceRule(averages, thresholds)),
        ...flag('judge_fooled', fooledRule(nothing, thresholds)),
        ...flag('judge_obeys', obeysRule(pairs, thresholds)),
        ...flag('judge_family', familyRule(evidence, judge)),
      ];
    });
}

/** A judge whose maker made the models behind a method that it judges. */
function familyRule(evidence: Evidence, { endpoint }: Judge): Finding | null {
  const model = evidence.measurements.find(
    (m) => m.metric === 'aesthetics' && m.endpoint === endpoint,
  )?.model;
  const family = familyOf(model ?? endpoint);
  const own = evidence.methods.filter((method) => family !== null && familiesOf(method).includes(family));
  if (own.length === 0) return null;
  const names = own.map(({ label }) => label).join(', ');
  return { value: own.length, threshold: 0, evidence: `${family} made the judge and models behind ${names}` };
}
