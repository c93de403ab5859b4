import type { AnswerResult, Evidence } from '../evidence.ts';
import { mean } from '../means.ts';
import { protocolParts } from '../teachquiz/protocol-parts.ts';
import { armAccuracy, Readings, shareOf } from '../teachquiz/readings.ts';
import type { Flag, RuleName } from './flags.ts';
import type { HabitItem } from './habits.ts';
import {
  abstentionRule,
  emptyUnlearningRule,
  type Finding,
  leakRule,
  letterRule,
  longestRule,
  refuserRule,
  type Thresholds,
  type TopicValue,
  wrongTopicRule,
} from './rules.ts';

/** What is to be said against students, and against what their answers measure. */
export function studentFlags(all: Evidence, thresholds: Thresholds): Flag[] {
  const [evidence = all] = protocolParts(all);
  const readings = new Readings(evidence);
  return readings.students.flatMap((student) => {
    const flag = (rule: RuleName, found: Finding | null, about = student): Flag[] =>
      found === null ? [] : [{ rule, about, ...found }];
    const items = evidence.measurements
      .filter(
        ({ metric, endpoint, arm }) =>
          metric === 'teachquiz' && endpoint === student && arm !== 'options_only',
      )
      .flatMap(({ answers }) => answers.flatMap(habitItem));
    const abstained = topicValues(evidence, (topic) =>
      evidence.cells
        .filter(({ topicId }) => topicId === topic)
        .map((cell) => shareOf(readings.of(student, 'video', cell), 'abstain')),
    );
    const accuracyOf = (arm: string, topic: string) => armAccuracy(readings.shared(student, arm, topic));
    const unlearned = topicValues(evidence, (topic) => [accuracyOf('unlearned', topic)]);
    const references = evidence.topics.flatMap(({ id, cluster = id }) => {
      const [baseline, left] = [accuracyOf('baseline', id), accuracyOf('unlearned', id)];
      return baseline === null || left === null ? [] : [{ cluster, arms: { baseline, unlearned: left } }];
    });
    const refuser = refuserRule(abstained, thresholds);
    return [
      ...flag('letter_habit', letterRule(items, thresholds)),
      ...flag('longest_habit', longestRule(items, thresholds)),
      ...flag('refuser', refuser),
      ...flag('high_abstention', refuser === null ? abstentionRule(abstained, thresholds) : null),
      ...flag('leaky_student', leakRule(unlearned, thresholds)),
      ...flag('empty_unlearning', emptyUnlearningRule(references, thresholds)),
      ...evidence.methods.flatMap((method) => {
        const taught = evidence.topics.flatMap(({ id, cluster = id }) =>
          evidence.cells
            .filter(({ topicId, methodId }) => topicId === id && methodId === method.id)
            .flatMap((cell) => {
              const [video = null, other = null, none = null] = ['video', 'other_topic', 'no_video'].map(
                (arm) => armAccuracy(readings.of(student, arm, cell)),
              );
              return video === null || other === null || none === null
                ? []
                : [{ cluster, arms: { video, other, none } }];
            }),
        );
        return flag('wrong_topic_teaches', wrongTopicRule(taught, thresholds), `${method.label}, ${student}`);
      }),
    ];
  });
}

/** A topic's mean over what is known of it; topics of which nothing is known are left out. */
function topicValues(evidence: Evidence, of: (topic: string) => readonly (number | null)[]): TopicValue[] {
  return evidence.topics.flatMap(({ id, cluster = id }) => {
    const value = mean(of(id).flatMap((one) => one ?? []));
    return value === null ? [] : [{ cluster, value }];
  });
}

function habitItem({ questionId, options, key, reading }: AnswerResult): HabitItem[] {
  if (reading === null) return [];
  const place = (letter: string) => letter.charCodeAt(0) - 65;
  return [
    {
      question: questionId,
      key: place(key),
      chosen: reading.kind === 'letter' ? place(reading.letter) : null,
      lengths: options.map(({ length }) => length),
    },
  ];
}
