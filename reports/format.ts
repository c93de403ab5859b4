/** Numbers as a reader sees them, the same in pages, exports and terminal. */
import type { Figure, Table } from '../metrics/table.ts';
import { oneLine } from './plain.ts';

export type Column = Table['columns'][number];

/** Stands for "not known"; a note says why. */
export const unknown = '–';

function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const sign = value < 0 && /[1-9]/.test(text) ? '−' : '';
  return `${sign}${text}`;
}

export const formatInteger = (value: number | null) => (value === null ? unknown : fixed(value, 0));
export const formatSeconds = (value: number | null) => (value === null ? unknown : `${fixed(value, 1)} s`);

/** US dollars; small sums keep four digits, because a call may cost a hundredth of a cent. */
export function formatUsd(value: number | null): string {
  return value === null ? unknown : `$${fixed(value, Math.abs(value) < 100 ? 4 : 2)}`;
}

function signed(text: string): string {
  return /[1-9]/.test(text) && !text.startsWith('−') ? `+${text}` : text;
}

/**
 * A figure by its column's format. `percent` and `points` (a difference of two percentages, printed with its sign)
 * take shares from 0 to 1; `seconds` seconds; `usd` dollars. `null` is "–", text stays text on one line.
 */
export function formatValue(value: number | string | null, format: Column['format']): string {
  if (value === null) return unknown;
  if (typeof value === 'string') return oneLine(value);
  switch (format) {
    case 'percent':
      return `${fixed(value * 100, 1)} %`;
    case 'points':
      return signed(fixed(value * 100, 1));
    case 'seconds':
      return formatSeconds(value);
    case 'usd':
      return formatUsd(value);
    case 'integer':
      return formatInteger(value);
    case 'decimal':
      return fixed(value, 2);
    case 'text':
      return String(value);
  }
}

/** A figure as it is printed: one that is known in part only is at least this. */
export function formatFigure({ value, atLeast }: Figure, format: Column['format']): string {
  return `${atLeast === true && value !== null ? '≥ ' : ''}${formatValue(value, format)}`;
}

/** A cost of which something may not be known: `≥ $1.20`; nothing known is "–". */
export function formatCost({
  costUsd,
  costKnownUsd,
}: {
  costUsd: number | null;
  costKnownUsd: number;
}): string {
  if (costUsd !== null || costKnownUsd === 0) return formatUsd(costUsd);
  return `≥ ${formatUsd(costKnownUsd)}`;
}

/** A column's heading with its unit, where the figures do not carry it themselves. */
export function columnLabel(column: Column): string {
  const carried = ['percent', 'seconds', 'usd'].includes(column.format);
  return column.unit === undefined || carried ? column.label : `${column.label} (${column.unit})`;
}

/** `1 section`, `3 sections`. */
export function count(n: number, word: string): string {
  return `${formatInteger(n)} ${word}${n === 1 ? '' : 's'}`;
}

/** An ISO time as `2026-01-31 12:00 UTC`; anything else as it is. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
