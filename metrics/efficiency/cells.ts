import type { CellResult, Evidence, MethodResult } from '../evidence.ts';

/** A cell is finished when it is neither waiting nor a failure of ours; only finished cells enter a mean. */
export const isFinished = (cell: CellResult) =>
  ['ok', 'partial', 'method_failed', 'refused'].includes(cell.status);

export const hasVideo = (cell: CellResult) => cell.video !== null;

export function cellsOf(evidence: Evidence, method: MethodResult): CellResult[] {
  return evidence.cells.filter((cell) => cell.methodId === method.id);
}

type Reported = NonNullable<CellResult['reported']>;

export const tokensSaid = ({ inputTokens: input, outputTokens: output }: Reported) =>
  input === null || output === null ? null : input + output;

/** Input and output of our own ledger. */
export function tokensOf(cell: CellResult): number | null {
  const { input, output } = cell.ledger.tokens;
  return input === null || output === null ? null : input + output;
}

/** Of our own ledger, or what their makers say; `null` where neither knows. */
export const tokensKnown = (cell: CellResult) => (cell.reported ? tokensSaid(cell.reported) : tokensOf(cell));
export const timeKnown = (cell: CellResult) => (cell.reported ? cell.reported.timeS : cell.timeS);
export const costKnown = (cell: CellResult) => (cell.reported ? cell.reported.costUsd : cell.ledger.costUsd);
