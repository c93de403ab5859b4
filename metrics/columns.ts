import type { Table } from './table.ts';

type Column = Table['columns'][number];

const column =
  (format: Column['format'], unit?: string) =>
  (key: string, label: string, help?: string): Column => ({
    ...{ key, label },
    ...(unit === undefined ? {} : { unit }),
    ...{ format, align: format === 'text' ? 'left' : 'right' },
    ...(help === undefined ? {} : { help }),
  });

export const text = column('text');
/** Of a whole, in [0, 1]; printed in per cent. */
export const share = column('percent');
/** A difference of shares, in [-1, 1]; printed in percentage points. */
export const points = column('points', 'points');
export const whole = column('integer');
export const decimal = column('decimal');
export const seconds = column('seconds', 's');
export const usd = column('usd', 'USD');
export const tokens = column('integer', 'tokens');
