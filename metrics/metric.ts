import type { z } from 'zod';
import type { Question } from '../datasets/schema.ts';
import type { Look } from '../harness/media/frames.ts';
import type { Screen } from '../harness/media/screens.ts';
import type { GeometryPart } from '../harness/media/video-part.ts';
import type { ChatReply, ChatRequest, ContentPart, Role } from '../harness/models/chat.ts';
import type { Observed, Reading, Verdicts } from '../harness/store/events.ts';
import type { Slot } from '../harness/store/plan-file.ts';
import type { Compared } from './comparison/compared.ts';
import type { Evidence } from './evidence.ts';
import type { Table } from './table.ts';

/** What a metric plans for: it sees the topics and the cells, no video yet. */
export interface PlanInput {
  protocol: 'paper' | 'strict' | 'both';
  /** `cluster` names the group of near-duplicate topics; `humanVideo` is the hash of the dataset's video, where no method shows videos by people. */
  topics: readonly {
    id: string;
    slug: string;
    quiz: readonly unknown[];
    cluster: string;
    humanVideo?: string | undefined;
  }[];
  cells: readonly { id: string; methodId: string; topicId: string; repeat: number }[];
}

/** A video as a measurer is shown it. */
export interface ShownVideo {
  sha256: string;
  /** The parts of a message that show it, the way its endpoint takes videos. */
  content: readonly ContentPart[];
  /** How it is shown (mode, fps or frame times, resolution): part of the measurement's id. */
  shown: Readonly<Record<string, unknown>>;
  /** Absolute path, for metrics that look at it themselves. */
  file: string;
}

export interface MeasureInput {
  topic: { id: string; slug: string; title: string; quiz: readonly Question[] };
  video: ShownVideo | null;
  /** The second video of a pair. */
  second: ShownVideo | null;
  /** Id of this measurement: what the measurer sees, hashed. */
  measurement: string;
}

/** A reply with the hash under which it is kept, or why there was none (a failure of ours, retried by the next run). */
export type Answer =
  | { ok: true; reply: ChatReply; text: string }
  | { ok: false; failure: string; message: string };

/** All that a metric may spend money with; every call is journalled and resumed at the request. */
export interface MeasureStudio {
  /** The template `configs/prompts/<name>.md` with `{{key}}` replaced. */
  prompt(name: string, values: Readonly<Record<string, string>>): string;
  /** `usable` says whether a reply serves; one that does not is kept, counted, and never served to a later run. */
  ask(
    role: Role,
    request: ChatRequest,
    purpose: string,
    usable: (reply: ChatReply) => boolean,
  ): Promise<Answer>;
  /** Keeps one reading as evidence; `reply` is the hash of the raw reply. */
  record(reading: {
    question: string;
    order: readonly number[];
    reply: string | null;
    reading: Reading | null;
  }): void;
  /** Keeps a judgement as evidence; `verdicts` is `null` when the reply held none. */
  judge(judgement: { reply: string; verdicts: Verdicts | null }): void;
  /** Looks at a video without a model; each is decoded once in a run, whoever asks. */
  look(file: string): Promise<Look>;
  /** Reads the frames of `look` by OCR. */
  screens(file: string): Promise<readonly Screen[]>;
  /** The geometry of each part of the video, as the process that ran model code told it; `null` where any has none. */
  geometry(): Promise<readonly GeometryPart[] | null>;
  /** Keeps figures as evidence, by name; `notes` are sentences with what lies behind them. */
  observe(observed: Observed): void;
}

export interface MeasureOutcome {
  status: 'ok' | 'infra_error' | 'judge_error' | 'skipped';
  cause: string | null;
  message: string | null;
}

/** Scores a production. Implement it in a folder of its own and name it in metrics/registry.ts. */
export interface Metric<Settings> {
  readonly name: string;
  /** Raised by hand when what it asks changes; part of a slot's id. */
  readonly version: string;
  /** Its own keys of a config entry, `use` not counted. */
  readonly settings: z.ZodType<Settings>;
  /** The endpoints its settings name, with the role they fill. */
  endpoints(settings: Settings): readonly { role: Role; endpoint: string }[];
  readonly prompts: readonly string[];
  /** Planned acts of measuring; a metric that only reads the ledger plans none. */
  slots(input: PlanInput, settings: Settings): readonly Omit<Slot, 'id'>[];
  /** Calls of one slot, for `mmmc estimate`. */
  estimate(slot: Slot, topic: { quiz: readonly unknown[] }): Partial<Record<Role, number>>;
  measure(
    slot: Slot,
    input: MeasureInput,
    studio: MeasureStudio,
    settings: Settings,
  ): Promise<MeasureOutcome>;
  /** Tables from evidence alone: pure, made when read. */
  score(evidence: Evidence): readonly Table[];
  /** What methods are compared by, the most important first; none where there is nothing to compare. */
  compares?(evidence: Evidence): readonly Compared[];
}

export type AnyMetric = Metric<unknown>;

/** Checks at the definition that settings schema and use agree, then forgets the type for the registry. */
export function defineMetric<Settings>(metric: Metric<Settings>): AnyMetric {
  return {
    ...metric,
    settings: metric.settings,
    endpoints: (settings) => metric.endpoints(metric.settings.parse(settings)),
    slots: (input, settings) => metric.slots(input, metric.settings.parse(settings)),
    measure: (slot, input, studio, settings) =>
      metric.measure(slot, input, studio, metric.settings.parse(settings)),
  };
}
