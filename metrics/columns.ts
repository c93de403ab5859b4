import type { Table } from './table.ts';

type Column = Table['columns'][number];

export const text = (key: string, label: string, help?: string): Column => ({
  ...{ key, label, format: 'text', align: 'left' },
  ...(help === undefined ? {} : { help }),
});
export const share = (key: string, label: string, help: string): Column => ({
  ...{ key, label, format: 'percent', align: 'right', help },
});
export const points = (key: string, label: string, help: string): Column => ({
  ...{ key, label, unit: 'points', format: 'points', align: 'right', help },
});
export const whole = (key: string, label: string, help: string): Column => ({
  ...{ key, label, format: 'integer', align: 'right', help },
});
export const decimal = (key: string, label: string, help: string): Column => ({
  ...{ key, label, format: 'decimal', align: 'right', help },
});
export const seconds = (key: string, label: string, help: string): Column => ({
  ...{ key, label, format: 'seconds', align: 'right', help },
});
