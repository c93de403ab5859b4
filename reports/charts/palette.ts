/** Okabe and Ito's colours, told apart with every common colour vision, in the order of use. */
export const palette = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;

export const ink = '#1a1c20';
export const muted = '#5d646e';
export const rule = '#e3e6ea';

/** The colour of the n-th series. */
export function colourAt(n: number): string {
  return palette[n % palette.length] ?? ink;
}
