import pLimit from 'p-limit';
import type { Topic } from '../../datasets/schema.ts';
import { ModelError } from '../models/model-error.ts';
import { quizHash } from '../quiz/question.ts';
import { exitCodes, MmmcError, messageOf } from '../store/errors.ts';
import { now } from '../store/journal.ts';
import type { JournalState } from '../store/state.ts';
import { isRetried, type Status } from '../store/status.ts';
import type { Experiment } from './config.ts';
import { Interrupted } from './control.ts';
import { type Ending, takeMeasurement } from './measure.ts';
import { measureJob, type Plan, produceJob } from './plan.ts';
import { produceCell } from './produce.ts';
import type { Workshop } from './workshop.ts';

/** The unit of work, of resume and of distribution: plain data. */
export interface Job {
  id: string;
  kind: 'produce' | 'measure';
  /** Id of its cell or slot. */
  owner: string;
  /** Jobs that must have ended before it. */
  after: readonly string[];
  /** Hash of the questions it asks; an outcome for others is none. */
  questions: string | null;
}

/**
 * Jobs of a plan: cells first, so that measuring starts as soon as the first video is there; and all that is measured of one
 * video together, whichever metric does, so that its frames are taken once.
 */
export function jobsOf(plan: Plan, topics: readonly Topic[]): Job[] {
  const questions = new Map(topics.map((topic) => [topic.id, quizHash(topic.quiz)]));
  const places = new Map(plan.cells.map(({ id }, place) => [id, place]));
  const placeOf = ({ cellId }: Plan['slots'][number]) => places.get(cellId ?? '') ?? -1;
  return [
    ...plan.cells.map(
      (cell): Job => ({ id: produceJob(cell), kind: 'produce', owner: cell.id, after: [], questions: null }),
    ),
    ...plan.slots
      .toSorted((a, b) => placeOf(a) - placeOf(b))
      .map(
        (slot): Job => ({
          id: measureJob(slot),
          kind: 'measure',
          owner: slot.id,
          after: [slot.cellId, slot.secondCellId].flatMap((id) => (id == null ? [] : produceJob({ id }))),
          questions: questions.get(slot.topicId) ?? null,
        }),
      ),
  ];
}

/** A job is done when its last outcome is terminal; failures of ours are open again. */
function isDone(state: JournalState, jobId: string): boolean {
  const outcome = state.outcomes.get(jobId);
  return outcome !== undefined && !isRetried(outcome.status);
}

/** The jobs still to run; a measurement skipped for want of a video is open once its cell is, or has one. */
export function openJobs(state: JournalState, jobs: readonly Job[]): Job[] {
  const skippedInVain = (job: Job) => {
    const outcome = state.outcomes.get(job.id);
    if (outcome?.status !== 'skipped') return false;
    // Any other cause lies in the video itself, and stays while it does.
    const forWantOfIt = outcome.cause === null || outcome.cause === 'no_video';
    return job.after.some(
      (id) => !isDone(state, id) || (forWantOfIt && state.outcomes.get(id)?.video !== null),
    );
  };
  const askedOthers = (job: Job) => {
    const asked = state.outcomes.get(job.id)?.questions ?? null;
    return asked !== null && asked !== job.questions;
  };
  return jobs.filter((job) => !isDone(state, job.id) || skippedInVain(job) || askedOthers(job));
}

export interface ScheduleWatcher {
  started(job: Job): void;
  ended(job: Job, status: Status): void;
  /** It was given up for now and stays open: a stop, or a budget that is reached. */
  left?(job: Job): void;
  /** How far a video is that a job waits for, 0 to 1. */
  progressed?(job: string, fraction: number): void;
}

/**
 * Runs jobs, each as soon as what it needs is there: no stage waits for another.
 * Returns when none can run any more. Throws only what makes going on senseless (the bundle cannot be written).
 */
export async function runJobs(
  shop: Workshop,
  experiment: Experiment,
  plan: Plan,
  jobs: readonly Job[],
  watcher: ScheduleWatcher,
): Promise<void> {
  // Apart, so that a video is measured as soon as it is there, however many cells still wait.
  const { jobsAtOnce } = experiment.file;
  const produce = pLimit(jobsAtOnce);
  const limits = { produce, measure: jobsAtOnce === 1 ? produce : pLimit(jobsAtOnce) };
  const running = new Map<string, Promise<void>>();
  const left = new Set<string>();
  let fatal: unknown = null;
  const runOne = async (job: Job): Promise<void> => {
    if (shop.control.stopping) return;
    // What it needs was given up: it waits too, for there will be something to measure.
    if (job.after.some((id) => left.has(id))) return void left.add(job.id);
    watcher.started(job);
    try {
      watcher.ended(job, await runJob(shop, experiment, plan, job));
    } catch (thrown) {
      left.add(job.id);
      watcher.left?.(job);
      if (isInterruption(thrown, shop)) return;
      fatal ??= thrown;
      shop.control.stop();
    }
  };
  for (const job of jobs) {
    const needs = job.after.map((id) => running.get(id));
    running.set(
      job.id,
      Promise.all(needs).then(() => limits[job.kind](() => runOne(job))),
    );
  }
  await Promise.all(running.values());
  if (fatal !== null) throw fatal;
}

function isInterruption(thrown: unknown, shop: Workshop): boolean {
  return thrown instanceof Interrupted || (shop.control.signal.aborted && !isUnwritable(thrown));
}

function isUnwritable(thrown: unknown): boolean {
  return thrown instanceof MmmcError && thrown.exitCode === exitCodes.bundleUnwritable;
}

async function runJob(shop: Workshop, experiment: Experiment, plan: Plan, job: Job): Promise<Status> {
  const start = performance.now();
  const ending = await attempt(shop, experiment, plan, job);
  const refused = shop.endpoints.budget?.refused(job.owner) ?? null;
  if (refused !== null) throw refused;
  shop.bundle.append({
    type: 'outcome',
    time: now(),
    job: job.id,
    owner: job.owner,
    wallMs: Math.round(performance.now() - start),
    questions: ending.measurement === null ? null : job.questions,
    ...ending,
  });
  return ending.status;
}

async function attempt(shop: Workshop, experiment: Experiment, plan: Plan, job: Job): Promise<Ending> {
  try {
    const cell = plan.cells.find((c) => c.id === job.owner);
    if (cell) return await produceCell(shop, experiment, cell);
    const slot = plan.slots.find((s) => s.id === job.owner);
    if (slot) return await takeMeasurement(shop, experiment, slot);
    throw new MmmcError('plan_damaged', `job ${job.id} has neither cell nor slot`);
  } catch (thrown) {
    if (isInterruption(thrown, shop) || isUnwritable(thrown)) throw thrown;
    return failureOfOurs(thrown);
  }
}

/** Whatever a job threw is no failure of the method: `infra_error`, retried by the next run. */
function failureOfOurs(thrown: unknown): Ending {
  const cause =
    thrown instanceof ModelError ? thrown.failure : thrown instanceof MmmcError ? thrown.code : 'bug';
  return {
    status: 'infra_error',
    cause,
    message: messageOf(thrown),
    measurement: null,
    video: null,
    videoFacts: null,
    sections: [],
    sandbox: null,
    artifacts: [],
  };
}
