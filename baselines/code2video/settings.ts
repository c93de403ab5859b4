import { z } from 'zod';

/** What places things on the stage (paper Table 7): a grid of anchors, its centre alone, free points, or nothing. */
export const anchorModes = ['none', 'centre', '4x4', '6x6', '8x8', 'self'] as const;
export type AnchorMode = (typeof anchorModes)[number];

/** How a section's code is mended (paper Table 3). */
export const debugModes = ['scope', 'retry', 'file', 'none'] as const;
export type DebugMode = (typeof debugModes)[number];

const count = (most: number) => z.int().min(0).max(most);

/**
 * Settings of Code2Video; every switch is one ablation of the paper (Tables 2, 3 and 7). In a config they are written in
 * snake_case.
 */
export const settingsSchema = z.strictObject({
  /** Outline and storyboard; without it the coder writes the whole lesson as one scene. */
  planner: z.boolean().default(true),
  /** The external database: the dataset's picture of the topic goes to the planner, and icons to the coder. */
  externalDatabase: z
    .strictObject({
      references: z.boolean().default(true),
      assets: z.enum(['none', 'iconify-json', 'iconify', 'iconfinder']).default('iconify-json'),
    })
    .prefault({}),
  anchors: z.enum(anchorModes).default('6x6'),
  /**
   * `scope`: ScopeRefine, line -> block -> section. `retry`: the section is written again, told nothing of its error.
   * `file`: the whole file is debugged with its error. `none`: a section that fails is given up.
   */
  debug: z.enum(debugModes).default('scope'),
  /**
   * K1 and K2 of the paper, which gives no values: most errors of a scene name their line and are mended by one look at it,
   * a second look is cheap, and what two looks did not mend seldom lies in that line.
   */
  scopeRefine: z
    .strictObject({ k1: count(10).default(2), k2: count(10).default(2), regenerations: count(10).default(1) })
    .prefault({}),
  /** Requests for repairs of one section, of whatever kind, after which it is given up. */
  repairs: count(20).default(6),
  critic: z
    .strictObject({
      rounds: count(10).default(2),
      /** The critic also compares the section before and after an edit; else only measurements do. */
      compares: z.boolean().default(false),
    })
    .prefault({}),
  /** Sections side by side; without it one after the other. */
  parallel: z.boolean().default(true),
});
export type Settings = z.infer<typeof settingsSchema>;
