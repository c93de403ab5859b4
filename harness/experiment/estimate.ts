import type { Role } from '../models/chat.ts';
import { chatCost } from '../models/cost.ts';
import type { Endpoint } from '../models/endpoint.ts';
import { priceOf } from '../models/prices.ts';
import { type EstimateLine, partOf, type Span } from '../store/estimate-schema.ts';
import type { Slot } from '../store/plan-file.ts';
import type { Experiment, MethodEntry } from './config.ts';
import { type CallUse, guessCall, guessRenderS } from './estimate-guess.ts';
import { type EarlierRun, type Experience, experienceOf, type Sample } from './experience.ts';
import type { Plan } from './plan.ts';
import { none, spanOf, sumLike, sumOfSpans, times } from './span.ts';

/**
 * What a plan would call, use, cost and render, by method or arm of a metric, and role. Each line rests on the cells and slots
 * of the same part in an earlier run where there are any, else on a guess: calls by the method's own word (exact for
 * questions without a video), tokens and times by role.
 */
export function estimate(
  experiment: Experiment,
  plan: Plan,
  earlier: EarlierRun | null = null,
): EstimateLine[] {
  const uses = new Map(experiment.methods.map(({ id, method }) => [id, method.name]));
  const experience = experienceOf(earlier, uses);
  const producing = experiment.methods.flatMap((entry) => {
    const cells = plan.cells.filter((cell) => cell.methodId === entry.id).length;
    return cells === 0 ? [] : methodLines(experiment, entry, cells, experience);
  });
  const slots = Map.groupBy(plan.slots, (slot) => `${partOf(slot)}|${slot.endpoint}`);
  return [...producing, ...[...slots.values()].flatMap((group) => slotLines(experiment, group, experience))];
}

function methodLines(
  { file }: Experiment,
  { id: part, method, settings, roles }: MethodEntry,
  cells: number,
  experience: Experience,
): EstimateLine[] {
  const guess = method.estimate(settings);
  const count = spanOf(cells);
  const lines = [...roles].map(([role, endpoint]) => {
    const calls = times(spanOf(guess.calls[role] ?? 0), count);
    const each = guessCall(role, endpoint, { clipS: guess.clipS });
    return callLine({ part, role, endpoint, jobs: cells, calls, each }, experience);
  });
  const renders = times(spanOf(guess.renders), count);
  return renders.high === 0 ? lines : [...lines, renderLine(part, cells, renders, file.quality, experience)];
}

function slotLines(experiment: Experiment, group: readonly Slot[], experience: Experience): EstimateLine[] {
  const [first] = group;
  const endpoint = first && experiment.endpoints.get(first.endpoint);
  const entry = experiment.metrics.find(({ metric }) => metric.name === first?.metric);
  if (first === undefined || endpoint === undefined || entry === undefined) return [];
  const roles = new Map<Role, number>();
  for (const slot of group) {
    const topic = experiment.topics.find(({ id }) => id === slot.topicId);
    for (const { role } of entry.metric.endpoints(entry.settings)) {
      const calls = topic ? (entry.metric.estimate(slot, topic)[role] ?? 0) : 0;
      roles.set(role, (roles.get(role) ?? 0) + calls);
    }
  }
  const ofCell = first.cellId !== null;
  const seesVideo = ofCell || first.shows !== undefined;
  const each = (role: Role) => guessCall(role, endpoint, { seesVideo });
  // Nobody is asked about a video that was not made.
  const asked = (calls: number) => ({ low: ofCell ? calls / 2 : calls, high: calls });
  return [...roles].map(([role, calls]) =>
    callLine(
      { part: partOf(first), role, endpoint, jobs: group.length, calls: asked(calls), each: each(role) },
      experience,
    ),
  );
}

interface Calls {
  part: string;
  role: Role;
  endpoint: Endpoint;
  /** Cells or slots. */
  jobs: number;
  /** A guess at their calls together, and at each of them. */
  calls: Span;
  each: CallUse;
}

function callLine({ part, role, endpoint, jobs, calls, each }: Calls, experience: Experience): EstimateLine {
  const about = { part, role, endpoint: endpoint.id };
  const samples = experience.samples(part, role, endpoint.id);
  if (samples.length > 0) {
    const use = useLike(samples, jobs);
    return { ...about, basis: 'ledger', ...use, costUsd: costOf(endpoint, use, samples, jobs) };
  }
  const use = {
    calls,
    input: times(calls, each.input),
    output: times(calls, each.output),
    seconds: times(calls, each.seconds),
  };
  return { ...about, basis: 'guess', ...use, costUsd: costOf(endpoint, use, [], jobs) };
}

function renderLine(
  part: string,
  cells: number,
  renders: Span,
  quality: keyof typeof guessRenderS,
  experience: Experience,
): EstimateLine {
  const about = { part, role: 'renderer', endpoint: 'manim', costUsd: none };
  const samples = experience.samples(part, 'renderer', about.endpoint);
  if (samples.length > 0) return { ...about, basis: 'ledger', ...useLike(samples, cells) };
  const seconds = times(renders, guessRenderS[quality]);
  return { ...about, basis: 'guess', calls: renders, input: none, output: none, seconds };
}

function useLike(
  samples: readonly Sample[],
  jobs: number,
): Pick<EstimateLine, 'calls' | 'input' | 'output' | 'seconds'> {
  const like = (value: (sample: Sample) => number) => sumLike(samples.map(value), jobs);
  return {
    calls: like((sample) => sample.calls),
    input: like((sample) => sample.input),
    output: like((sample) => sample.output),
    seconds: like((sample) => sample.seconds),
  };
}

type Use = Pick<EstimateLine, 'calls' | 'input' | 'output' | 'seconds'>;

/** Money by the endpoint's price of today, at the share of cached tokens there was; else what such jobs were charged. */
function costOf(endpoint: Endpoint, use: Use, samples: readonly Sample[], jobs: number): Span | null {
  const input = samples.reduce((sum, sample) => sum + sample.input, 0);
  const cachedShare = input === 0 ? 0 : samples.reduce((sum, sample) => sum + sample.cached, 0) / input;
  const at = (end: 'low' | 'high') => priced(endpoint, use, end, cachedShare);
  const [low, high] = [at('low'), at('high')];
  if (low !== null && high !== null) return { low, high };
  const charged = samples.flatMap(({ costUsd }) => costUsd ?? []);
  return samples.length > 0 && charged.length === samples.length ? sumLike(charged, jobs) : null;
}

function priced(endpoint: Endpoint, use: Use, end: 'low' | 'high', cachedShare: number): number | null {
  const calls = use.calls[end];
  if (use.calls.high === 0) return 0;
  const { second } = priceOf(endpoint) ?? {};
  if (use.seconds.high > 0) return second === undefined ? null : second * use.seconds[end];
  if (calls === 0) return priceOf(endpoint)?.input === undefined ? null : 0;
  const input = use.input[end] / calls;
  const usage = { input, cached: input * cachedShare, output: use.output[end] / calls, reasoning: null };
  const each = chatCost(endpoint, usage);
  return each === null ? null : each * calls;
}

/** All lines together; money is known in part where a price is missing. */
export function totalOf(lines: readonly EstimateLine[]) {
  const costs = lines.flatMap(({ costUsd }) => costUsd ?? []);
  const renders = lines.filter(({ role }) => role === 'renderer');
  const calls = lines.filter(({ role }) => role !== 'renderer');
  return {
    calls: sumOfSpans(calls.map((line) => line.calls)),
    input: sumOfSpans(calls.map((line) => line.input)),
    output: sumOfSpans(calls.map((line) => line.output)),
    renders: sumOfSpans(renders.map((line) => line.calls)),
    renderS: sumOfSpans(renders.map((line) => line.seconds)),
    costUsd: sumOfSpans(costs),
    /** Lines whose price is not known: the cost is at least this. */
    unpriced: lines.length - costs.length,
  };
}
