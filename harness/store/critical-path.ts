import type { CallEvent, RenderEvent } from './events.ts';

/** One step of a cell: when it was asked for and had ended (ms since 1970), and what it took itself, without queues. */
interface Step {
  section: string | null;
  asked: number;
  ended: number;
  workMs: number;
}

const callStep = (call: CallEvent) =>
  step(call.section, call.time, call.workingMs, call.workingMs + call.waitingMs);
const renderStep = (render: RenderEvent) =>
  step(render.section, render.time, render.wallMs, render.wallMs + render.queuedMs);

function step(section: string | null, time: string, workMs: number, takenMs: number): Step {
  const ended = Date.parse(time);
  return { section, asked: ended - takenMs, ended, workMs };
}

/**
 * The critical path of one cell in seconds: how long it takes where nothing waits for a shared limit. Steps of one section
 * follow one another, and so do those of none; sections whose spans overlap in time were made side by side, and the slowest
 * of them counts.
 */
export function criticalPathS(calls: readonly CallEvent[], renders: readonly RenderEvent[]): number {
  const steps = [...calls.map(callStep), ...renders.map(renderStep)];
  const sections = Map.groupBy(steps, ({ section }) => section);
  const shared = workOf(sections.get(null) ?? []);
  sections.delete(null);
  const spans = [...sections.values()]
    .map((own) => ({
      from: Math.min(...own.map(({ asked }) => asked)),
      to: Math.max(...own.map(({ ended }) => ended)),
      workMs: workOf(own),
    }))
    .sort((a, b) => a.from - b.from);
  return Math.round(shared + slowestOfEach(spans)) / 1000;
}

const workOf = (steps: readonly Step[]) => steps.reduce((sum, { workMs }) => sum + workMs, 0);

/** Walks through spans in the order of their beginnings; each group that overlaps adds its longest work. */
function slowestOfEach(spans: readonly { from: number; to: number; workMs: number }[]): number {
  let [total, slowest, until] = [0, 0, Number.NEGATIVE_INFINITY];
  for (const { from, to, workMs } of spans) {
    if (from >= until) {
      total += slowest;
      slowest = 0;
    }
    slowest = Math.max(slowest, workMs);
    until = Math.max(until, to);
  }
  return total + slowest;
}
