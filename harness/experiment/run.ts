import type { Endpoint } from '../models/endpoint.ts';
import { keyOf } from '../models/providers.ts';
import { rendererVersion } from '../render/renderer.ts';
import { OpenBundle, readRunFile, writeRunFile } from '../store/bundle.ts';
import { type ExitCode, exitCodes, MmmcError } from '../store/errors.ts';
import { hashOf } from '../store/hash.ts';
import { now } from '../store/journal.ts';
import { appendPlan, planLines, readPlan } from '../store/plan-file.ts';
import { isRetried } from '../store/status.ts';
import { type Experiment, resolvedConfig } from './config.ts';
import { RunControl } from './control.ts';
import { openWorkshop } from './open-workshop.ts';
import { type Plan, planExperiment } from './plan.ts';
import { collectProvenance, packageVersion } from './provenance.ts';
import { type Job, jobsOf, openJobs, runJobs, type ScheduleWatcher } from './schedule.ts';

export interface RunOptions {
  /** The bundle's folder. */
  folder: string;
  unsafeLocal: boolean;
  /** Unusable replies to one request, over all runs, after which it is given up. */
  maxUnusable: number;
  /** Jobs left as failures of ours that still count as done. */
  failOnError: number;
  /** `measure` leaves cells alone: only what is produced already is measured. */
  only: 'all' | 'measure';
}

/** Told of everything that happens, to show it. */
export interface RunWatcher extends ScheduleWatcher {
  opened(bundle: OpenBundle, jobs: readonly Job[], open: readonly Job[]): void;
}

export interface RunSummary {
  exitCode: ExitCode;
  plan: Plan;
  /** Jobs that this call ran. */
  ran: number;
  /** Jobs left as failures of ours. */
  left: number;
}

/**
 * Plans, produces and measures into the bundle; the same call again goes on from where it stopped, and does nothing
 * when all is done. Throws MmmcError for what a person must mend first (config, key, sandbox, disk).
 */
export async function runExperiment(
  experiment: Experiment,
  options: RunOptions,
  watcher: RunWatcher,
  control = new RunControl(),
): Promise<RunSummary> {
  const plan = planExperiment(experiment, rendererVersion);
  const bundle = new OpenBundle(options.folder, packageVersion());
  try {
    writePlan(bundle, experiment, plan);
    const jobs = jobsOf(plan, experiment.topics).filter(
      (job) => options.only === 'all' || job.kind === 'measure',
    );
    const open = openJobs(bundle.state, jobs);
    watcher.opened(bundle, jobs, open);
    if (open.length > 0) await work(bundle, experiment, plan, open, options, watcher, control);
    return summary(bundle, plan, jobs, open.length, options, control);
  } finally {
    await control.idle();
    bundle.close();
  }
}

async function work(
  bundle: OpenBundle,
  experiment: Experiment,
  plan: Plan,
  open: readonly Job[],
  options: RunOptions,
  watcher: RunWatcher,
  control: RunControl,
): Promise<void> {
  for (const endpoint of endpointsOf(experiment, plan, open)) keyOf(endpoint, process.env);
  await using shop = await openWorkshop({
    bundle,
    limits: experiment.file.limits,
    control,
    unsafeLocal: options.unsafeLocal,
    maxUnusable: options.maxUnusable,
  });
  writeProvenance(bundle, experiment, shop.media.sandbox);
  await runJobs(shop, experiment, plan, open, watcher);
}

/** The endpoints that these jobs will call: only their keys are needed. */
function endpointsOf(experiment: Experiment, plan: Plan, jobs: readonly Job[]): Set<Endpoint> {
  const owners = new Set(jobs.map((job) => job.owner));
  const producing = plan.cells.filter((cell) => owners.has(cell.id)).map((cell) => cell.methodId);
  const roles = experiment.methods
    .filter((m) => producing.includes(m.id))
    .flatMap((m) => [...m.roles.values()]);
  const slots = plan.slots.filter((slot) => owners.has(slot.id));
  return new Set([...roles, ...slots.flatMap((slot) => experiment.endpoints.get(slot.endpoint) ?? [])]);
}

function writePlan(bundle: OpenBundle, experiment: Experiment, plan: Plan): void {
  const run = readRunFile(bundle.paths);
  if (run && run.name !== experiment.file.name)
    throw new MmmcError(
      'other_run',
      `${bundle.paths.folder} holds the run ${run.name}, not ${experiment.file.name}`,
      {
        exitCode: exitCodes.usage,
        hint: 'Choose another folder with --run.',
      },
    );
  const config = hashOf(resolvedConfig(experiment));
  const time = now();
  appendPlan(bundle.paths.plan, planLines(readPlan(bundle.paths.plan), { ...plan, config, time }));
  if (run?.configs.at(-1)?.hash === config) return;
  const entry = { time, hash: config, config: resolvedConfig(experiment), provenance: null };
  writeRunFile(bundle.paths, {
    schemaVersion: 1,
    name: experiment.file.name,
    configs: [...(run?.configs ?? []), entry],
  });
}

/** Provenance is collected when work is done, and kept with the config in force. */
function writeProvenance(bundle: OpenBundle, experiment: Experiment, sandbox: string): void {
  const run = readRunFile(bundle.paths);
  const last = run?.configs.at(-1);
  if (!run || !last) return;
  const endpoints = [...experiment.endpoints.values()].map(({ id, price }) => ({ id, price: price ?? null }));
  last.provenance = { ...collectProvenance(sandbox), prices: hashOf(endpoints) };
  writeRunFile(bundle.paths, run);
}

function summary(
  bundle: OpenBundle,
  plan: Plan,
  jobs: readonly Job[],
  ran: number,
  options: RunOptions,
  control: RunControl,
): RunSummary {
  const left = jobs.filter((job) => {
    const outcome = bundle.state.outcomes.get(job.id);
    return outcome !== undefined && isRetried(outcome.status);
  }).length;
  const exitCode = control.stopping
    ? exitCodes.interrupted
    : left > options.failOnError
      ? exitCodes.gateMissed
      : exitCodes.done;
  return { exitCode, plan, ran, left };
}
