import { z } from 'zod';
import type { BundleView } from '../store/bundle.ts';
import { partOf } from '../store/estimate-schema.ts';
import type { CallEvent, RenderEvent } from '../store/events.ts';
import type { Cell, Slot } from '../store/plan-file.ts';
import { isRetried } from '../store/status.ts';

/** What a finished cell or slot of an earlier run used of one role. */
export interface Sample {
  calls: number;
  input: number;
  cached: number;
  output: number;
  /** Of video made, or of rendering. */
  seconds: number;
  /** `null` when the cost of any call is not known. */
  costUsd: number | null;
}

/** What an earlier run tells. */
export interface Experience {
  /**
   * One sample for each finished cell or slot of a part, empty where there is none: of the same endpoint, where a metric asked
   * several. Those of whose tokens nothing is known are left out.
   */
  samples(part: string, role: string, endpoint: string): readonly Sample[];
}

/** What is read of its bundle. */
export type EarlierRun = Pick<BundleView, 'run' | 'plan' | 'state'>;

const noExperience: Experience = { samples: () => [] };

const methodsSchema = z.object({ methods: z.array(z.object({ id: z.string(), use: z.string() })) });

/** Reads a bundle's ledger as experience; `uses` names the methods by id, so that one is found under another id too. */
export function experienceOf(earlier: EarlierRun | null, uses: ReadonlyMap<string, string>): Experience {
  if (earlier === null) return noExperience;
  const { state } = earlier;
  const jobs = endedJobs(earlier);
  const { methods } = methodsSchema.safeParse(earlier.run.configs.at(-1)?.config).data ?? { methods: [] };
  const calls = Map.groupBy(state.calls, (call) => call.owner);
  const renders = Map.groupBy(state.renders, (render) => render.owner);
  return {
    samples(part, role, endpoint) {
      const alike = methods.find(({ use }) => use === uses.get(part))?.id ?? part;
      const found = jobs.get(part) ?? jobs.get(alike) ?? [];
      const own = found.filter((job) => 'endpoint' in job && job.endpoint === endpoint);
      return (own.length > 0 ? own : found).flatMap(({ id }) =>
        role === 'renderer'
          ? rendered(renders.get(id) ?? [])
          : (called((calls.get(id) ?? []).filter((call) => call.role === role)) ?? []),
      );
    },
  };
}

/** Cells and slots that came to an end of their own, by part. */
function endedJobs({ plan, state }: EarlierRun): Map<string, (Cell | Slot)[]> {
  const outcomes = [...state.outcomes.values()];
  const ended = new Set(
    outcomes.filter(({ status }) => !isRetried(status) && status !== 'skipped').map(({ owner }) => owner),
  );
  return Map.groupBy(
    [...plan.cells, ...plan.slots].filter(({ id }) => ended.has(id)),
    partOf,
  );
}

/** Calls whose tokens nobody knows count as the others of the job; `null` when it has no others. */
function called(calls: readonly CallEvent[]): Sample | null {
  const known = calls.filter(({ usage }) => usage.input !== null && usage.output !== null);
  if (known.length === 0 && calls.length > 0) return null;
  const share = calls.length / Math.max(1, known.length);
  const each = (value: (call: CallEvent) => number) =>
    known.reduce((sum, call) => sum + value(call), 0) * share;
  return {
    calls: calls.length,
    input: each(({ usage }) => usage.input ?? 0),
    cached: each(({ usage }) => usage.cached ?? 0),
    output: each(({ usage }) => usage.output ?? 0),
    seconds: calls.reduce((sum, { madeS = 0 }) => sum + madeS, 0),
    costUsd: calls.some(({ costUsd }) => costUsd === null)
      ? null
      : calls.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
  };
}

function rendered(renders: readonly RenderEvent[]): Sample {
  const films = renders.filter(({ operation }) => operation === 'render');
  const seconds = films.reduce((sum, { wallMs }) => sum + wallMs, 0) / 1000;
  return { calls: films.length, input: 0, cached: 0, output: 0, seconds, costUsd: 0 };
}
