import type { Slot } from '../../harness/store/plan-file.ts';

/** Reference and control arms are compared with the video arm, decompositions show a part of it; kinds are never mixed (DESIGN 9). */
export type ArmKind = 'reference' | 'video' | 'control' | 'decomposition';

export interface ArmFacts {
  kind: ArmKind;
  label: string;
  /** What the student is given, in words. */
  words: string;
  /** Which of strict's templates it is asked with. */
  template: 'baseline' | 'unlearned' | 'evidence';
  /** Measured for each cell; else once for all methods. */
  ofCell: boolean;
  shows?: Slot['shows'];
}

const reference = { kind: 'reference', ofCell: false } as const;
const control = { kind: 'control', template: 'evidence' } as const;
const part = { kind: 'decomposition', template: 'evidence', ofCell: true } as const;

export const armFacts = {
  baseline: {
    ...reference,
    label: 'Baseline',
    words: 'no unlearning prompt, no video',
    template: 'baseline',
  },
  unlearned: { ...reference, label: 'Unlearned', words: 'told to unlearn, no video', template: 'unlearned' },
  video: {
    ...{ kind: 'video', label: 'Video', words: 'told to unlearn, then shown the video' },
    ...{ template: 'evidence', ofCell: true },
  },
  no_video: { ...control, label: 'No video', words: 'the video arm’s prompt without a video', ofCell: false },
  blank: {
    ...{ ...control, label: 'Blank', words: 'ten seconds of black in place of the video', ofCell: false },
    shows: { control: 'blank' },
  },
  title_card: {
    ...{ ...control, label: 'Title card', words: 'ten seconds of the topic’s title', ofCell: false },
    shows: { control: 'title_card' },
  },
  options_only: { ...control, label: 'Options only', words: 'options without their question', ofCell: false },
  other_topic: {
    ...{ ...control, label: 'Other topic', words: 'the method’s video of another topic', ofCell: true },
  },
  text_only: {
    ...{ ...part, label: 'Text only', words: 'the video with everything but its texts black' },
    shows: { part: 'text' },
  },
  animation_only: {
    ...{ ...part, label: 'Animation only', words: 'the video with its texts black' },
    shows: { part: 'animation' },
  },
} satisfies Record<string, ArmFacts>;

export type Arm = keyof typeof armFacts;

export const armNames = [
  'baseline',
  'unlearned',
  'video',
  'no_video',
  'blank',
  'title_card',
  'options_only',
  'other_topic',
  'text_only',
  'animation_only',
] as const satisfies readonly Arm[];

/** What is known of an arm; `undefined` for a name of nobody's. */
export function factsOf(arm: string | null): ArmFacts | undefined {
  const name = armNames.find((one) => one === arm);
  return name && armFacts[name];
}

export const isControl = (arm: string | null) => factsOf(arm)?.kind === 'control';
