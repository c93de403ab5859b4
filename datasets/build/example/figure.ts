/**
 * The small moving figures below the text, drawn with glyphs of DejaVu Sans. Nothing that moves rests for as long as text
 * does, so that the moments chosen of a video are those of its slides.
 */
export const figures = ['orbit', 'row', 'seesaw', 'dice', 'rain', 'bits', 'wave', 'bars'] as const;
export type Figure = (typeof figures)[number];

/** A glyph of a figure; x, y and `shown` are ffmpeg expressions of the time t, seconds. */
export interface Glyph {
  glyph: string;
  x: string;
  y: string;
  size: number;
  shown: string;
}

const always = '1';
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

const makers: Readonly<Record<Figure, () => Glyph[]>> = {
  orbit: () => [
    { glyph: '●', x: '305+110*cos(4*t)', y: '288+24*sin(4*t)', size: 32, shown: always },
    { glyph: '●', x: '309-70*cos(4*t)', y: '292-15*sin(4*t)', size: 20, shown: always },
  ],
  row: () =>
    range(9).map((k) => ({
      glyph: '●',
      x: `${60 + 60 * k}`,
      y: '280',
      size: 36,
      shown: `lte(${k},mod(4*t,10))`,
    })),
  seesaw: () => [
    { glyph: '▲', x: '305', y: '306', size: 34, shown: always },
    { glyph: '■', x: '190', y: '285+14*sin(2*t)', size: 40, shown: always },
    { glyph: '■', x: '430', y: '289-14*sin(2*t)', size: 28, shown: always },
  ],
  dice: () =>
    ['⚀', '⚁', '⚂', '⚃', '⚄', '⚅'].map((glyph, k) => ({
      glyph,
      x: `${290 + 12 * k}`,
      y: '268',
      size: 64,
      shown: `between(mod(3*t,6),${k},${k + 0.99})`,
    })),
  rain: () =>
    range(7).map((k) => ({
      glyph: '●',
      x: `${70 + 80 * k}`,
      y: `262+mod(70*t+${29 * k},76)`,
      size: 16,
      shown: always,
    })),
  bits: () =>
    range(3).map((k) => ({
      glyph: '■',
      x: `${380 - 80 * k}`,
      y: '270',
      size: 56,
      shown: `gte(mod(8*t/${2 ** k},2),1)`,
    })),
  wave: () =>
    range(13).map((k) => ({
      glyph: '●',
      x: `${50 + 44 * k}`,
      y: `296+24*sin(4*t+${(0.7 * k).toFixed(1)})`,
      size: 18,
      shown: always,
    })),
  bars: () =>
    range(5).map((k) => ({
      glyph: '■',
      x: `${140 + 80 * k}`,
      y: `282+${8 + 5 * k}*sin(2*t+${k})`,
      size: 36,
      shown: always,
    })),
};

/** The glyphs of a figure, for a picture of 640 x 360. */
export function glyphsOf(figure: Figure): Glyph[] {
  return makers[figure]();
}
