/** The paper's dimensions (section 3.3 and appendix A.2.1); replies and files write them in snake_case. */
export const paperDimensions = [
  'elementLayout',
  'attractiveness',
  'logicFlow',
  'visualConsistency',
  'accuracyDepth',
] as const;
export type PaperDimension = (typeof paperDimensions)[number];
export type Dimension = PaperDimension | 'visualRelevance';

/** As replies, ratings and files write it. */
export const writtenName = (dimension: Dimension): string =>
  dimension.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const labels: Readonly<Record<Dimension, string>> = {
  elementLayout: 'Layout',
  attractiveness: 'Attractive',
  logicFlow: 'Logic',
  visualConsistency: 'Consistent',
  accuracyDepth: 'Accuracy',
  visualRelevance: 'Relevance',
};

export const rubricNames = ['paper', 'neutral', 'theorem_explain_bench', 'measured'] as const;
export type RubricName = (typeof rubricNames)[number];

/** What a judge is asked, and how it is reported. */
export interface Rubric {
  dimensions: readonly Dimension[];
  /** A score is asked for from `least` to `most`, and reported times `scale`. */
  least: number;
  most: number;
  scale: number;
  /** How the dimensions become one number; `null`: they do not. */
  mean: 'arithmetic' | 'geometric' | null;
  title: string;
}

const five: Omit<Rubric, 'title'> = {
  dimensions: paperDimensions,
  ...{ least: 0, most: 20, scale: 5, mean: 'arithmetic' },
};

export const rubrics: Readonly<Record<RubricName, Rubric>> = {
  /** Presumes texts at the left and what moves at the right, as the paper's does. */
  paper: { ...five, title: 'Aesthetics' },
  /** Presumes no arrangement. */
  neutral: { ...five, title: 'Aesthetics, layout-neutral rubric' },
  /** TheoremExplainBench's dimensions (the paper's table 8), each 1 to 5; one judge of the whole silent video. */
  theorem_explain_bench: {
    dimensions: ['accuracyDepth', 'visualRelevance', 'logicFlow', 'elementLayout', 'visualConsistency'],
    ...{ least: 1, most: 5, scale: 0.2, mean: 'geometric' },
    title: 'TheoremExplainBench’s dimensions, adapted for silent videos',
  },
  /** What can be measured without understanding: for proxies only. */
  measured: {
    dimensions: ['elementLayout', 'visualConsistency'],
    ...{ least: 0, most: 20, scale: 5, mean: null },
    title: 'Aesthetics by proxy',
  },
};

const prefix = 'aesthetics/';
export const promptOf = (rubric: RubricName) => `${prefix}${rubric}`;

/** The rubric of a template; the paper's, where an earlier record does not name one. */
export function rubricOf(prompt: string | undefined): RubricName {
  return rubricNames.find((name) => prompt === promptOf(name)) ?? 'paper';
}

/** One number from a video's dimensions, each from 0 to the rubric's most; a 0 makes a geometric mean 0. */
export function overall({ mean }: Pick<Rubric, 'mean'>, values: readonly number[]): number | null {
  if (mean === null || values.length === 0) return null;
  const n = values.length;
  if (mean === 'arithmetic') return values.reduce((a, b) => a + b, 0) / n;
  return values.reduce((product, value) => product * value, 1) ** (1 / n);
}
