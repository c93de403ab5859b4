import type { Topic } from '../../datasets/schema.ts';
import type { Answer, MeasureOutcome, MeasureStudio, ShownVideo } from '../../metrics/metric.ts';
import type { ChatReply } from '../models/chat.ts';
import { type Endpoint, endpointIdentity } from '../models/endpoint.ts';
import { ModelError } from '../models/model-error.ts';
import { quizHash } from '../quiz/question.ts';
import { MmmcError } from '../store/errors.ts';
import type { Artifact, OutcomeEvent } from '../store/events.ts';
import { shortId } from '../store/hash.ts';
import { now } from '../store/journal.ts';
import { appendPlan, type Slot } from '../store/plan-file.ts';
import { OwnedCalls } from './calls.ts';
import type { Experiment, MetricEntry } from './config.ts';
import { measureJob } from './plan.ts';
import { fillPrompt } from './prompts.ts';
import { showVideo } from './show-video.ts';
import { readParts, videoFileOf } from './video-file.ts';
import type { PlacedFile } from './video-parts.ts';
import type { Workshop } from './workshop.ts';

export type Ending = Omit<OutcomeEvent, 'type' | 'time' | 'job' | 'owner' | 'wallMs' | 'questions'>;

const nothing = { video: null, videoFacts: null, sections: [], sandbox: null, artifacts: [] };

type Shown =
  | { video: ShownVideo | null; made: Artifact[]; geometry: readonly PlacedFile[] }
  | { missing: string };
const nothingShown: Shown = { video: null, made: [], geometry: [] };

/** All that one act of measuring is about. */
interface Task {
  experiment: Experiment;
  entry: MetricEntry;
  slot: Slot;
  topic: Topic;
  /** `null`: no model is asked. */
  endpoint: Endpoint | null;
  video: ShownVideo | null;
  second: ShownVideo | null;
  geometry: readonly PlacedFile[];
}

/** Takes one measurement, or finds that it was taken already, or that there is nothing to measure. */
export async function takeMeasurement(shop: Workshop, experiment: Experiment, slot: Slot): Promise<Ending> {
  const topic = experiment.topics.find((t) => t.id === slot.topicId);
  const entry = experiment.metrics.find((m) => m.metric.name === slot.metric);
  const endpoint = slot.endpoint === '' ? null : experiment.endpoints.get(slot.endpoint);
  if (!topic || !entry || endpoint === undefined)
    throw new MmmcError('plan_damaged', `slot ${slot.id} names what the config does not`);
  const show = async (cellId: string | null): Promise<Shown> => {
    const found = await videoFileOf(shop, experiment, slot, topic, cellId);
    if (typeof found === 'string') return { missing: found };
    const { geometry, made } = found;
    try {
      return { video: await showVideo(shop, found, endpoint), made: made ? [made] : [], geometry };
    } catch (thrown) {
      // The video is what it is: asking again would find the same.
      if (thrown instanceof MmmcError && thrown.code === 'video_undecodable') return { missing: thrown.code };
      throw thrown;
    }
  };
  const isShown = slot.cellId !== null || slot.shows !== undefined;
  const first = isShown ? await show(slot.cellId) : nothingShown;
  const second = slot.secondCellId === undefined ? nothingShown : await show(slot.secondCellId);
  if ('missing' in first) return skipped(first.missing);
  if ('missing' in second) return skipped(second.missing);
  const { video, geometry } = first;
  const task = { experiment, entry, slot, topic, endpoint, video, second: second.video, geometry };
  const measurement = measurementId(task);
  appendPlan(shop.bundle.paths.plan, [{ type: 'measurement', id: measurement, slot: slot.id }]);
  const ended = alreadyTaken(shop, measurement)
    ? { status: 'ok' as const, cause: null, message: null }
    : await once(shop, measurement, () => measure(shop, task, measurement));
  return { ...nothing, ...ended, artifacts: first.made, measurement };
}

const skipped = (cause: string): Ending => ({
  ...nothing,
  ...{ status: 'skipped', cause, message: null, measurement: null },
});

/** Two slots that see the same thing at the same time are one measurement: the second waits for the first. */
async function once(
  shop: Workshop,
  measurement: string,
  take: () => Promise<MeasureOutcome>,
): Promise<MeasureOutcome> {
  const running = shop.measuring.get(measurement);
  if (running) return running;
  const taking = take().finally(() => shop.measuring.delete(measurement));
  shop.measuring.set(measurement, taking);
  return taking;
}

function alreadyTaken(shop: Workshop, measurement: string): boolean {
  const { outcomes } = shop.bundle.state;
  return outcomes.values().some((o) => o.measurement === measurement && o.status === 'ok');
}

/** What the measurer sees: the slot with its cells replaced by the files' hashes, the questions as shown, the frames. */
function measurementId({ experiment, entry, slot, topic, endpoint, video, second }: Task): string {
  const { id: _, cellId: __, secondCellId: ___, ...planned } = slot;
  const seen = (shown: ShownVideo | null) => shown && { sha256: shown.sha256, ...shown.shown };
  return shortId('measurement', {
    ...planned,
    endpoint: endpoint && endpointIdentity(endpoint),
    version: entry.metric.version,
    prompt: experiment.prompts.get(slot.prompt)?.sha256,
    questions: quizHash(topic.quiz),
    video: seen(video),
    ...(second && { second: seen(second) }),
  });
}

async function measure(shop: Workshop, task: Task, measurement: string): Promise<MeasureOutcome> {
  const { experiment, entry, slot, topic, endpoint, video, second, geometry } = task;
  const job = measureJob(slot);
  const calls = new OwnedCalls(shop.bundle, shop.endpoints, shop.control, {
    job,
    owner: slot.id,
    files: [video, second].flatMap((shown) => shown?.sha256 ?? []),
    maxUnusable: shop.maxUnusable,
  });
  const studio: MeasureStudio = {
    prompt(name, values) {
      const template = experiment.prompts.get(name);
      if (!template) throw new MmmcError('no_prompt', `metric ${slot.metric} did not declare prompt ${name}`);
      return fillPrompt(template, values);
    },
    ask: (role, request, purpose, usable) => {
      if (endpoint === null) throw new MmmcError('no_endpoint', `slot ${slot.id} has no model to ask`);
      return asAnswer(calls.chat(endpoint, role, request, { purpose }, usable));
    },
    look: (file) => shop.media.look(file, shop.control.signal),
    screens: (file) => shop.media.screens(file, shop.control.signal),
    geometry: () => readParts(geometry),
    observe: ({ facts, notes }) =>
      shop.bundle.append({
        ...{ type: 'observation', time: now(), job, owner: slot.id, measurement },
        ...{ facts, notes },
      }),
    judge: (judgement) =>
      shop.bundle.append({ type: 'judgement', time: now(), job, owner: slot.id, measurement, ...judgement }),
    record: (reading) =>
      shop.bundle.append({
        type: 'reading',
        time: now(),
        job,
        owner: slot.id,
        measurement,
        ...reading,
        order: [...reading.order],
      }),
  };
  return entry.metric.measure(slot, { topic, video, second, measurement }, studio, entry.settings);
}

/** A failed call is an answer too: `null` with a reason, so that the other questions go on. */
async function asAnswer(call: Promise<{ reply: ChatReply; text: string }>): Promise<Answer> {
  try {
    return { ok: true, ...(await call) };
  } catch (thrown) {
    if (thrown instanceof ModelError) return { ok: false, failure: thrown.failure, message: thrown.message };
    if (thrown instanceof MmmcError && thrown.code === 'gave_up')
      return { ok: false, failure: 'no_reading', message: thrown.message };
    throw thrown;
  }
}
