import type { Role } from '../models/chat.ts';
import type { Experiment } from './config.ts';
import type { Plan } from './plan.ts';

/** What a run would do, by method or metric and role: counts, no money yet. */
export interface EstimateLine {
  part: string;
  role: Role | 'renderer';
  endpoint: string;
  /** Calls, or renders for the renderer. */
  count: number;
}

/** Counts calls and renders from the plan: exact for quizzes, a first guess for methods (repairs vary). */
export function estimate(experiment: Experiment, plan: Plan): EstimateLine[] {
  const methods = experiment.methods.flatMap((entry): EstimateLine[] => {
    const cells = plan.cells.filter((cell) => cell.methodId === entry.id).length;
    const guess = entry.method.estimate(entry.settings);
    const calls = [...entry.roles].map(([role, endpoint]) => ({
      part: entry.id,
      role,
      endpoint: endpoint.id,
      count: (guess.calls[role] ?? 0) * cells,
    }));
    const renders: EstimateLine[] =
      guess.renders > 0
        ? [{ part: entry.id, role: 'renderer', endpoint: 'manim', count: guess.renders * cells }]
        : [];
    return [...calls, ...renders];
  });
  return [...methods, ...measuring(experiment, plan)];
}

function measuring(experiment: Experiment, plan: Plan): EstimateLine[] {
  const lines = plan.slots.flatMap((slot) => {
    const entry = experiment.metrics.find((m) => m.metric.name === slot.metric);
    const topic = experiment.topics.find((t) => t.id === slot.topicId);
    if (!entry || !topic) return [];
    return Object.entries(entry.metric.estimate(slot, topic)).map(([role, count]) => ({
      part: `${slot.metric} ${slot.arm ?? ''}`.trim(),
      role,
      endpoint: slot.endpoint,
      count,
    }));
  });
  const groups = Map.groupBy(lines, (line) => `${line.part}|${line.role}|${line.endpoint}`);
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    const role = first?.role;
    if (!first || (role !== 'student' && role !== 'judge')) return [];
    return [{ ...first, role, count: group.reduce((sum, line) => sum + line.count, 0) }];
  });
}
