import type { Topic } from '../../datasets/schema.ts';
import type { Answer, MeasureOutcome, MeasureStudio, ShownVideo } from '../../metrics/metric.ts';
import type { ChatReply } from '../models/chat.ts';
import { endpointIdentity } from '../models/endpoint.ts';
import { ModelError } from '../models/model-error.ts';
import { quizHash } from '../quiz/question.ts';
import { MmmcError } from '../store/errors.ts';
import type { OutcomeEvent } from '../store/events.ts';
import { shortId } from '../store/hash.ts';
import { now } from '../store/journal.ts';
import { appendPlan, type Slot } from '../store/plan-file.ts';
import { OwnedCalls } from './calls.ts';
import type { Experiment, MetricEntry } from './config.ts';
import { measureJob, produceJob } from './plan.ts';
import { fillPrompt } from './prompts.ts';
import { showVideo } from './show-video.ts';
import type { Workshop } from './workshop.ts';

export type Ending = Omit<OutcomeEvent, 'type' | 'time' | 'job' | 'owner' | 'wallMs' | 'questions'>;

const nothing = { video: null, videoFacts: null, sections: [], sandbox: null, artifacts: [] };

/** Takes one measurement, or finds that it was taken already, or that there is nothing to measure. */
export async function takeMeasurement(shop: Workshop, experiment: Experiment, slot: Slot): Promise<Ending> {
  const topic = experiment.topics.find((t) => t.id === slot.topicId);
  const entry = experiment.metrics.find((m) => m.metric.name === slot.metric);
  if (!topic || !entry) throw new MmmcError('plan_damaged', `slot ${slot.id} names what the config does not`);
  const produced =
    slot.cellId === null ? null : shop.bundle.state.outcomes.get(produceJob({ id: slot.cellId }));
  if (produced === undefined || (produced !== null && produced.video === null))
    return { ...nothing, status: 'skipped', cause: 'no_video', message: null, measurement: null };
  const endpoint = experiment.endpoints.get(slot.endpoint);
  if (!endpoint) throw new MmmcError('plan_damaged', `slot ${slot.id} names endpoint ${slot.endpoint}`);
  const video = produced?.video == null ? null : await showVideo(shop, slot, produced.video, endpoint);
  const measurement = measurementId(experiment, entry, slot, topic, video);
  appendPlan(shop.bundle.paths.plan, [{ type: 'measurement', id: measurement, slot: slot.id }]);
  const ended = alreadyTaken(shop, measurement)
    ? { status: 'ok' as const, cause: null, message: null }
    : await once(shop, measurement, () => measure(shop, experiment, entry, slot, topic, video, measurement));
  return { ...nothing, ...ended, measurement };
}

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

/** What the measurer sees: the slot with its cell replaced by the file's hash, the questions as shown, the frames. */
function measurementId(
  experiment: Experiment,
  entry: MetricEntry,
  slot: Slot,
  topic: Topic,
  video: ShownVideo | null,
): string {
  const { id: _, cellId: __, ...planned } = slot;
  const endpoint = experiment.endpoints.get(slot.endpoint);
  return shortId('measurement', {
    ...planned,
    endpoint: endpoint && endpointIdentity(endpoint),
    version: entry.metric.version,
    prompt: experiment.prompts.get(slot.prompt)?.sha256,
    questions: quizHash(topic.quiz),
    video: video && { sha256: video.sha256, ...video.shown },
  });
}

async function measure(
  shop: Workshop,
  experiment: Experiment,
  entry: MetricEntry,
  slot: Slot,
  topic: Topic,
  video: ShownVideo | null,
  measurement: string,
): Promise<MeasureOutcome> {
  const endpoint = experiment.endpoints.get(slot.endpoint);
  if (!endpoint) throw new MmmcError('plan_damaged', `slot ${slot.id} names endpoint ${slot.endpoint}`);
  const job = measureJob(slot);
  const calls = new OwnedCalls(shop.bundle, shop.endpoints, shop.control, {
    job,
    owner: slot.id,
    files: video ? [video.sha256] : [],
    maxUnusable: shop.maxUnusable,
  });
  const studio: MeasureStudio = {
    prompt(name, values) {
      const template = experiment.prompts.get(name);
      if (!template) throw new MmmcError('no_prompt', `metric ${slot.metric} did not declare prompt ${name}`);
      return fillPrompt(template, values);
    },
    ask: (role, request, purpose, usable) =>
      asAnswer(calls.chat(endpoint, role, request, { purpose }, usable)),
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
  return entry.metric.measure(slot, { topic, video, measurement }, studio);
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
