import type { Table } from '../table.ts';

/** One figure of a video: how it is printed, its unit, and what it means. Formulas stand in docs/layout.md. */
export interface LayoutFact {
  label: string;
  format: Table['columns'][number]['format'];
  unit?: string;
  help: string;
}

/** By what the pixels show: had of every video, whatever made it. */
export const pictureFacts = {
  characters: {
    label: 'Characters',
    format: 'decimal',
    help: 'letters and digits that OCR reads on a frame, on the mean: text density',
  },
  textHeight: {
    label: 'Text height',
    format: 'decimal',
    unit: 'px',
    help: 'height of a read word at 480p, the fifth percentile',
  },
  contrast: {
    label: 'Contrast',
    format: 'decimal',
    help: 'WCAG ratio of ink to ground, median over read words; 4.5 is the least for small text',
  },
  confidence: {
    label: 'OCR sure',
    format: 'percent',
    help: 'how sure the OCR is of the words it read, on the mean',
  },
  frozen: { label: 'Frozen', format: 'percent', help: 'share of the time in which nothing changes' },
  longestHold: { label: 'Longest hold', format: 'seconds', help: 'longest time in which nothing changes' },
  black: { label: 'Black', format: 'percent', help: 'share of the pictures that are black' },
  flicker: {
    label: 'Flicker',
    format: 'decimal',
    unit: 'Hz',
    help: 'flashes a second: the whole picture gets brighter and darker again in half a second, or the other way round; WCAG allows three in any second',
  },
  sceneChanges: {
    label: 'Scenes/min',
    format: 'decimal',
    help: 'times a minute that most of what is drawn is replaced at once',
  },
} as const satisfies Record<string, LayoutFact>;

/** By the render's own geometry: had of videos that were rendered from code here. */
export const geometryFacts = {
  textOnText: {
    label: 'Text on text',
    format: 'decimal',
    help: 'texts hidden by texts in each block of the lesson: 1 is one text wholly under another',
  },
  textOnFigure: {
    label: 'Text on figure',
    format: 'decimal',
    help: 'texts that lie across figures in each block: 1 is one text wholly on one; labels inside a figure do not count',
  },
  worstOverlap: {
    label: 'Worst',
    format: 'percent',
    help: 'share of the area of all texts that other things overlap, at the worst moment',
  },
  offFrame: {
    label: 'Off frame',
    format: 'decimal',
    help: 'objects outside the frame in each block: 1 is one whole object',
  },
  coveredLecture: {
    label: 'Covered',
    format: 'decimal',
    help: 'title and lecture lines covered in each block: 1 is one whole line',
  },
  smallestText: {
    label: 'Smallest text',
    format: 'decimal',
    unit: 'px',
    help: 'from ascender to descender at 480p',
  },
  empty: {
    label: 'Empty',
    format: 'percent',
    help: 'largest empty rectangle of the frame, at the moment when it is smallest',
  },
  grid: {
    label: 'Grid used',
    format: 'percent',
    help: 'share of the 6 x 6 cells of the frame with something in them, on the mean',
  },
  dwell: {
    label: 'Dwell',
    format: 'seconds',
    help: 'how long a text can be read without a break, the median; by the geometry',
  },
  hurried: {
    label: 'Hurried',
    format: 'percent',
    help: 'share of the texts that can be read for less than a second, or than 15 characters a second need; by the geometry',
  },
  legible: {
    label: 'Legible',
    format: 'percent',
    help: 'share of the words of the geometry’s texts that OCR finds on the frames',
  },
  contradicted: {
    label: 'Contradicted',
    format: 'percent',
    help: 'share of large, bright, uncovered texts of the geometry that OCR never finds',
  },
} as const satisfies Record<string, LayoutFact>;

export type PictureFact = keyof typeof pictureFacts;
export type GeometryFact = keyof typeof geometryFacts;
