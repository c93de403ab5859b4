import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from '../../reports/plain.ts';

/** How to draw on a stream: NO_COLOR, FORCE_COLOR, TERM=dumb, CI and non-terminals are respected. */
export function terminalStyle(stream: NodeJS.WriteStream): { colour: boolean; width: number; live: boolean } {
  const { NO_COLOR, FORCE_COLOR, TERM, CI } = process.env;
  const terminal = stream.isTTY === true && TERM !== 'dumb';
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0';
  return {
    colour: NO_COLOR ? false : forced || terminal,
    width: stream.columns ?? 100,
    live: terminal && !CI,
  };
}

/** Rows as aligned columns, two spaces apart; columns named in `right` are aligned to the right. */
export function alignColumns(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const shown = (cell: string | undefined) => displayWidth(stripVTControlCharacters(cell ?? ''));
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => shown(row[i]))));
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const pad = ' '.repeat((widths[i] ?? 0) - shown(cell));
          return right.includes(i) ? pad + cell : cell + pad;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
