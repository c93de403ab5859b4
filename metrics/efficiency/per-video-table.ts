import { decimal, seconds, usd, whole } from '../columns.ts';
import type { CellResult, Evidence, MethodResult } from '../evidence.ts';
import { meanFigure } from '../means.ts';
import type { Figure, Table } from '../table.ts';
import { cellsOf, costKnown, hasVideo, isFinished, timeKnown, tokensKnown } from './cells.ts';

/** The same spending by other denominators: failures counted and not, per video, per minute of video, and as the paper has it. */
export function perVideoTable(evidence: Evidence): Table {
  return {
    id: 'efficiency-per-video',
    title: 'Efficiency, failures in and out',
    detail: true,
    caption:
      'With failures: means over all finished cells. Without: over cells with a video only, which flatters a method that gives up early. Per video: everything spent, divided by the videos that it yielded. The paper’s time and tokens are means over cells with a video, in minutes and thousands of tokens, all roles counted.',
    columns: [
      whole('tokensAll', 'Tokens, with failures', 'mean over finished cells'),
      whole('tokensMade', 'Tokens, without', 'mean over cells with a video'),
      seconds('timeAll', 'Time, with failures', 'critical path, mean over finished cells'),
      seconds('timeMade', 'Time, without', 'critical path, mean over cells with a video'),
      usd('costAll', 'Cost, with failures', 'mean over finished cells'),
      usd('costMade', 'Cost, without', 'mean over cells with a video'),
      usd('costPerVideo', 'Cost / video', 'all that was spent, over the videos that there are'),
      whole('tokensPerMinute', 'Tokens / min', 'of cells with a video, over the minutes of their videos'),
      seconds('timePerMinute', 'Time / min', 'of cells with a video, over the minutes of their videos'),
      { ...decimal('paperTime', 'Time (paper)', 'as the paper’s table 1 has it'), unit: 'min' },
      { ...decimal('paperTokens', 'Token (paper)', 'as the paper’s table 1 has it'), unit: 'K' },
    ],
    rows: evidence.methods.map((method) => ({
      ...{ methodId: method.id, label: method.label },
      figures: figuresOf(cellsOf(evidence, method).filter(isFinished), method),
    })),
  };
}

function figuresOf(cells: readonly CellResult[], method: MethodResult): Record<string, Figure> {
  const made = cells.filter(hasVideo);
  const minutes = made.reduce((sum, { videoFacts }) => sum + (videoFacts?.durationS ?? 0), 0) / 60;
  const marked = method.scripted ? { scripted: true } : {};
  /** Unless every part is known the whole is not. */
  const over = (
    of: (cell: CellResult) => number | null,
    among: readonly CellResult[],
    count: number,
    n: number,
  ): Figure => {
    const values = among.map(of);
    const known = values.flatMap((value) => value ?? []);
    const complete = known.length === values.length && count > 0;
    return { value: complete ? known.reduce((a, b) => a + b, 0) / count : null, n, ...marked };
  };
  const mean = (of: (cell: CellResult) => number | null, among: readonly CellResult[], scale = 1) =>
    meanFigure(
      among.map((cell) => {
        const value = of(cell);
        return value === null ? null : value * scale;
      }),
      method.scripted,
    );
  return {
    ...{ tokensAll: mean(tokensKnown, cells), tokensMade: mean(tokensKnown, made) },
    ...{ timeAll: mean(timeKnown, cells), timeMade: mean(timeKnown, made) },
    ...{ costAll: mean(costKnown, cells), costMade: mean(costKnown, made) },
    costPerVideo: over(costKnown, cells, made.length, made.length),
    tokensPerMinute: over(tokensKnown, made, minutes, made.length),
    timePerMinute: over(timeKnown, made, minutes, made.length),
    ...{ paperTime: mean(timeKnown, made, 1 / 60), paperTokens: mean(tokensKnown, made, 1 / 1000) },
  };
}
