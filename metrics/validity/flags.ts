import type { Evidence } from '../evidence.ts';
import { judgeFlags } from './judge-flags.ts';
import { recordFlags } from './record-flags.ts';
import type { Finding, Severity, Thresholds } from './rules.ts';
import { studentFlags } from './student-flags.ts';
import { videoFlags } from './video-flags.ts';

/** What every rule says of itself: how bad it is, what it looks for, and what to do about it. */
export const rules = {
  letter_habit: {
    severity: 'severe',
    words: 'prefers a letter',
    remedy: 'Shuffle the options (protocol strict), or take another student.',
  },
  longest_habit: {
    severity: 'severe',
    words: 'prefers the longest option',
    remedy: 'Use the view @balanced or @length-fair of the dataset, or read accuracy stratified by the cue.',
  },
  refuser: {
    severity: 'severe',
    words: 'refuses to answer',
    remedy: 'Take another student: its scores say nothing of the videos.',
  },
  high_abstention: {
    severity: 'warning',
    words: 'abstains often',
    remedy:
      'Read gains together with abstentions; a weaker unlearning prompt or another student may tell more.',
  },
  leaky_student: {
    severity: 'severe',
    words: 'knows what it should have unlearned',
    remedy: 'Believe honest gains only, or take a student that does not know the topics.',
  },
  empty_unlearning: {
    severity: 'warning',
    words: 'unlearning changes little',
    remedy: 'Compare with controls, not with the unlearned arm.',
  },
  wrong_topic_teaches: {
    severity: 'severe',
    words: 'another topic’s video teaches as much',
    remedy: 'What is measured is not what the video teaches: look at the questions and at the student.',
  },
  judge_variance: {
    severity: 'severe',
    words: 'gives every video about the same',
    remedy: 'Take another judge: this one tells nothing apart.',
  },
  judge_fooled: {
    severity: 'severe',
    words: 'likes videos on which there is nothing',
    remedy: 'Take another judge; its scores have no floor.',
  },
  judge_obeys: {
    severity: 'severe',
    words: 'does what a text in the video asks',
    remedy: 'Take another judge, and look for such texts in the videos.',
  },
  judge_family: {
    severity: 'warning',
    words: 'judges models of its own maker',
    remedy: 'Add a judge of another maker, and read the table of makers.',
  },
  same_video: {
    severity: 'warning',
    words: 'one video stands under several cells',
    remedy: 'Repeats and topics that share a file are one piece of evidence: see how the method came to it.',
  },
  quiz_shown: {
    severity: 'severe',
    words: 'a video shows the quiz',
    remedy: 'Watch it: a method must never see the quiz. Leave the cell out if it did.',
  },
  geometry_contradicted: {
    severity: 'severe',
    words: 'the geometry has texts that no frame shows',
    remedy: 'Trust the figures by the pixels: the geometry comes from a process that ran the method’s code.',
  },
  other_model: {
    severity: 'warning',
    words: 'another model answered',
    remedy: 'Pin the model’s version, or name what was measured by the model that served it.',
  },
  few_clusters: {
    severity: 'note',
    words: 'too few topics for a claim',
    remedy: 'Add topics: below the threshold differences are shown and nothing is claimed.',
  },
  price_unknown: {
    severity: 'note',
    words: 'costs are known in part',
    remedy: 'Give the endpoint a price in configs/models or configs/prices.yaml.',
  },
  offline_endpoint: {
    severity: 'note',
    words: 'prepared answers stand behind it',
    remedy: 'Take its figures as a demonstration: they take part in no comparison.',
  },
} as const satisfies Record<string, { severity: Severity; words: string; remedy: string }>;
export type RuleName = keyof typeof rules;

/** One finding: which rule, about whom, by which figure, past which threshold. */
export interface Flag extends Finding {
  rule: RuleName;
  /** The student, judge, method or endpoint that it is about. */
  about: string;
}

const order: readonly Severity[] = ['severe', 'warning', 'note'];

/** All that is to be said against the figures of a report, the worst first. Pure. */
export function validityFlags(evidence: Evidence, thresholds: Thresholds): Flag[] {
  const found = [studentFlags, judgeFlags, videoFlags, recordFlags].flatMap((flags) =>
    flags(evidence, thresholds),
  );
  return found.sort((a, b) => order.indexOf(rules[a.rule].severity) - order.indexOf(rules[b.rule].severity));
}
