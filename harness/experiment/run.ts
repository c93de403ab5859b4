import { mkdirSync } from 'node:fs';
import type { Endpoint } from '../models/endpoint.ts';
import { priceOf } from '../models/prices.ts';
import { keyOf } from '../models/providers.ts';
import { rendererVersion } from '../render/renderer.ts';
import { OpenBundle, readRunFile, writeRunFile, writeWhole } from '../store/bundle.ts';
import { bundleUnwritable, type ExitCode, exitCodes, MmmcError } from '../store/errors.ts';
import { hashOf, sha256 } from '../store/hash.ts';
import { now } from '../store/journal.ts';
import { appendPlan, planLines, readPlan } from '../store/plan-file.ts';
import { isRetried } from '../store/status.ts';
import { Budget, checkPrices } from './budget.ts';
import { type Experiment, resolvedConfig } from './config.ts';
import { RunControl } from './control.ts';
import { estimate } from './estimate.ts';
import { openWorkshop } from './open-workshop.ts';
import { type Edit, type Plan, planExperiment } from './plan.ts';
import { collectProvenance, packageVersion } from './provenance.ts';
import { checkRecordPath, record } from './record.ts';
import { Replay, type ReplayOptions } from './replay.ts';
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
  /** A stage's result that a person edited, to run on from. */
  edit?: { cell: Omit<Edit, 'edited'>; stage: string; content: string } | undefined;
  /** Where the journal's calls are written at the end as a cassette. */
  record?: string | undefined;
  /** A cassette that answers in place of the endpoints. */
  replay?: ReplayOptions | undefined;
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
  /** Jobs that wait for a larger budget, and the budgets that are reached, in sentences. */
  unpaid: number;
  reached: string[];
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
  const plain = planExperiment(experiment, rendererVersion);
  if (options.record !== undefined) checkRecordPath(options.record);
  using replay = options.replay ? await Replay.open(options.replay) : null;
  replay?.check(experiment, plain);
  const bundle = new OpenBundle(options.folder, packageVersion());
  try {
    const plan = planExperiment(experiment, rendererVersion, editsOf(bundle, options.edit));
    writePlan(bundle, experiment, plan);
    const jobs = jobsOf(plan, experiment.topics).filter(
      (job) => options.only === 'all' || job.kind === 'measure',
    );
    const open = openJobs(bundle.state, jobs);
    watcher.opened(bundle, jobs, open);
    const budget = Budget.open(experiment, plan, bundle.state);
    if (open.length > 0)
      await work(bundle, experiment, plan, open, options, replay, budget, watcher, control);
    const reached = budget?.reached() ?? [];
    return summary(bundle, plan, jobs, open.length, reached, options, control);
  } finally {
    await control.idle();
    try {
      if (options.record !== undefined) await record(bundle, experiment, options.record);
    } finally {
      bundle.close();
    }
  }
}

/** Edits of earlier runs stay in the plan; a new one's content is kept in the bundle. */
function editsOf(bundle: OpenBundle, edit: RunOptions['edit']): Edit[] {
  const earlier = [...readPlan(bundle.paths.plan).known.cells.values()].flatMap(({ edited, ...cell }) =>
    edited === undefined ? [] : [{ ...cell, edited }],
  );
  if (edit === undefined) return earlier;
  const edited = { stage: edit.stage, sha256: sha256(edit.content) };
  try {
    mkdirSync(bundle.paths.edits, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(bundle.paths.edits, cause);
  }
  writeWhole(bundle.paths.edit(edited.sha256), edit.content);
  const same = (other: Edit) =>
    other.edited.sha256 === edited.sha256 &&
    other.methodId === edit.cell.methodId &&
    other.topicId === edit.cell.topicId;
  return earlier.some(same) ? earlier : [...earlier, { ...edit.cell, edited }];
}

async function work(
  bundle: OpenBundle,
  experiment: Experiment,
  plan: Plan,
  open: readonly Job[],
  options: RunOptions,
  replay: Replay | null,
  budget: Budget | null,
  watcher: RunWatcher,
  control: RunControl,
): Promise<void> {
  // Which endpoints a replay calls shows when it meets what was not recorded; often it is none.
  const endpoints = replay === null ? endpointsOf(experiment, plan, open) : [];
  checkPrices(experiment, endpoints);
  for (const endpoint of endpoints) keyOf(endpoint, process.env);
  const cells = new Map(plan.cells.map((cell) => [cell.id, cell.methodId]));
  const rendering = new Set(experiment.methods.filter(({ method }) => method.renders).map(({ id }) => id));
  await using shop = await openWorkshop({
    bundle,
    limits: experiment.file.limits,
    control,
    unsafeLocal: options.unsafeLocal,
    maxUnusable: options.maxUnusable,
    renders: open.some(({ owner }) => rendering.has(cells.get(owner) ?? '')),
    replay,
    budget,
    progressed: (job, fraction) => watcher.progressed?.(job, fraction),
  });
  await shop.endpoints.prepare(endpoints);
  writeProvenance(bundle, experiment, shop.media.sandbox, replay);
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
  const planned = readPlan(bundle.paths.plan);
  appendPlan(bundle.paths.plan, planLines(planned, { ...plan, config, time }));
  if (run?.configs.at(-1)?.hash === config) return;
  const entry = {
    time,
    hash: config,
    config: resolvedConfig(experiment),
    provenance: null,
    estimate: estimate(experiment, plan, run && { run, plan: planned, state: bundle.state }),
  };
  writeRunFile(bundle.paths, {
    schemaVersion: 1,
    name: experiment.file.name,
    configs: [...(run?.configs ?? []), entry],
  });
}

/** Provenance is collected when work is done, and kept with the config in force. */
function writeProvenance(
  bundle: OpenBundle,
  experiment: Experiment,
  sandbox: string,
  replay: Replay | null,
): void {
  const run = readRunFile(bundle.paths);
  const last = run?.configs.at(-1);
  if (!run || !last) return;
  const prices = [...experiment.endpoints.values()].map((endpoint) => ({
    id: endpoint.id,
    price: priceOf(endpoint),
  }));
  last.provenance = {
    ...collectProvenance(sandbox),
    prices: hashOf(prices),
    pricesFrom: prices
      .map(({ id, price }) => `${id}: ${price ? `${price.source}, ${price.date}` : 'not known'}`)
      .join('; '),
    ...(replay && { replay: replay.source }),
  };
  writeRunFile(bundle.paths, run);
}

function summary(
  bundle: OpenBundle,
  plan: Plan,
  jobs: readonly Job[],
  ran: number,
  reached: string[],
  options: RunOptions,
  control: RunControl,
): RunSummary {
  const left = jobs.filter((job) => {
    const outcome = bundle.state.outcomes.get(job.id);
    return outcome !== undefined && isRetried(outcome.status);
  }).length;
  const unpaid = reached.length === 0 ? 0 : openJobs(bundle.state, jobs).length - left;
  const exitCode = control.stopping
    ? exitCodes.interrupted
    : unpaid > 0
      ? exitCodes.budget
      : left > options.failOnError
        ? exitCodes.gateMissed
        : exitCodes.done;
  return { exitCode, plan, ran, left, unpaid, reached };
}
