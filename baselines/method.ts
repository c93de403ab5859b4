import type { z } from 'zod';
import type { AssetSourceName, FoundAsset } from '../harness/assets/asset.ts';
import type { VideoFrame } from '../harness/media/ports.ts';
import type { ChatReply, ChatRequest, ImageType, Role } from '../harness/models/chat.ts';
import type { VideoWish } from '../harness/models/video.ts';
import type { Geometry } from '../harness/render/geometry.ts';
import type { Inspection } from '../harness/render/inspection.ts';
import type { CheckResult, RenderResult, Scene } from '../harness/render/renderer.ts';
import type { Span } from '../harness/store/estimate-schema.ts';
import type { GivenPlace, GivenVideo, Reported } from './given.ts';
import type { Program, ProgramEnd } from './program.ts';

/** What a method is told of a topic. There is no field for the quiz. */
export interface Lesson {
  topicId: string;
  title: string;
  language: string;
  /** A picture that shows what the topic looks like, where the dataset has one. */
  referenceImage?: ReferenceImage;
  /** The video that exists for it, for methods that are `given` theirs. */
  given?: GivenVideo;
}

/** A picture as a model is sent it. */
export interface ReferenceImage {
  mediaType: ImageType;
  bytes: Uint8Array;
  sha256: string;
}

/** An icon in the folder of the production. */
export interface StudioAsset extends FoundAsset {
  /** Its path in the folder: `assets/<file name>.svg`. */
  file: string;
}

/** For the ledger only: none of it reaches an endpoint. */
export interface CallTag {
  /** What the call is for: `outline`, `section_code`, `repair`, … */
  purpose: string;
  section?: string;
  attempt?: number;
}

/**
 * All that a method may spend money or time with, so that the ledger is complete by construction.
 * Calls are journalled: after an interruption the same requests are answered from the journal, unpaid.
 * Failures of ours (network, quota, no sandbox) are thrown and end the cell as `infra_error`: a method never
 * catches them. A model's refusal arrives as a reply with finish `refusal`.
 */
export interface Studio {
  /**
   * The prompt template `configs/prompts/<name>.md` with its data written into the fenced json block. Its other variables
   * are filled from `values`, else from texts of the data.
   */
  prompt(name: string, data: Record<string, unknown>, values?: Readonly<Record<string, string>>): string;
  chat(role: Role, request: ChatRequest, tag: CallTag): Promise<ChatReply>;
  /** A video generator's answer as a checked mp4 at `target` in the folder, or why it is not one. */
  video(
    wish: VideoWish,
    target: string,
    tag: CallTag,
  ): Promise<{ ok: true; durationS: number } | { ok: false; refused: boolean; reason: string }>;
  /** Looks at the code without running any of it: syntax, names, imports, and the facts that repairs rest on. */
  inspect(scene: Scene, tag: CallTag): Promise<Inspection>;
  check(scene: Scene, tag: CallTag): Promise<CheckResult>;
  /** Renders into the named subfolder of the folder: `<subfolder>/video.mp4`, `<subfolder>/geometry.json`. */
  render(scene: Scene, subfolder: string, tag: CallTag): Promise<RenderResult>;
  /** Joins videos of the folder, in the order given, into `target`. */
  concat(
    parts: readonly string[],
    target: string,
  ): Promise<{ ok: true; durationS: number } | { ok: false; reason: string }>;
  /**
   * The best icon for some plain words, written into the folder as `assets/<id>.svg`; `null` where the source has none. It
   * costs no call of a model. After an interruption it is looked for again: the same words find the same icon.
   */
  asset(source: AssetSourceName, query: string, id: string): Promise<StudioAsset | null>;
  /** Can the endpoint of a role see pictures? Only then are they to be sent. */
  sees(role: Role): boolean;
  /**
   * Pictures of a video of the folder, each with its time: those at `times` (seconds, at most 24), or at most 24 chosen
   * from the file alone.
   */
  frames(path: string, times?: readonly number[]): Promise<readonly VideoFrame[]>;
  /** What stood where in a rendered subfolder, taken during the render; `null` when it cannot be read. */
  geometry(subfolder: string): Promise<Geometry | null>;
  /** Copies a given video to `target` in the folder and looks at it in the sandbox. Throws when it is not what it was when planned. */
  accept(
    given: GivenVideo,
    target: string,
  ): Promise<{ ok: true; durationS: number } | { ok: false; reason: string }>;
  /** Runs a program of others, its calls of models through the metering proxy. */
  program(program: Program): Promise<ProgramEnd>;
  /** A video of the folder, looked at in the sandbox. */
  look(path: string): Promise<{ ok: true; durationS: number } | { ok: false; reason: string }>;
  /** A text file of the folder of at most so many bytes; `null` where there is none. */
  read(path: string, maxBytes: number): Promise<string | null>;
  /** Writes a readable file (a stage's result) into the folder; parents are made. */
  write(path: string, content: string): Promise<void>;
  /** The result of a stage that a person edited, to go on from; `null`: make it. Earlier stages are then not needed. */
  given(stage: string): string | null;
  /** Which try at the topic this is, from 0: a generator that takes a seed varies it by this. */
  readonly repeat: number;
  /** Aborted on Ctrl-C; pass it on to anything that waits. */
  readonly signal: AbortSignal;
}

/** What became of one part of a production. */
export interface SectionReport {
  id: string;
  title: string;
  codeProduced: boolean;
  checked: boolean;
  rendered: boolean;
  repairs: number;
  /** The same by scope, where a method knows scopes. */
  repairsByScope?: { line: number; block: number; section: number };
  /** What came of each round of the critic, where there is one. */
  critic?: string[];
  /** Its film in the folder, when rendered. */
  video?: string;
  /** Readable cause of the failure, `null` when rendered. */
  error: { kind: string; message: string } | null;
}

/**
 * What a method made: a video (`ok`), a video with parts missing (`partial`), or its own failure.
 * Whatever it made is kept either way.
 */
export interface Production {
  status: 'ok' | 'partial' | 'method_failed' | 'refused';
  /** Short machine word for the cause when not ok: `plan_unusable`, `no_section_rendered`, `scene_failed`, … */
  cause: string | null;
  /** The cause for people. */
  message: string | null;
  /** Path of the video in the folder. */
  video: string | null;
  sections: readonly SectionReport[];
  /** Tries that were all made, whichever was taken, and how many of them gave a video. */
  samples?: { tried: number; passed: number };
  /** What the maker says that it cost, where not all of it went through the studio. */
  reported?: Reported | undefined;
}

/** What one cell takes; a span reaches from a lesson that goes well to one that needs much mending. */
export interface CellEstimate {
  calls: Partial<Record<Role, number | Span>>;
  renders: number | Span;
  /** Seconds of each clip, where the settings say. */
  clipS?: number | undefined;
}

/** One system under test. Implement it in a folder of its own and name it in baselines/registry.ts. */
export interface Method<Settings> {
  readonly name: string;
  /** Raised by hand when behaviour changes; part of a cell's id. */
  readonly version: string;
  readonly settings: z.ZodType<Settings>;
  /** Roles that a config must fill, all of them unless `uses` says which. */
  readonly roles: readonly Role[];
  /** The roles that these settings need: a part that is switched off wants no endpoint. */
  uses?(settings: Settings): readonly Role[];
  /** Names of its prompt templates: their text is part of a cell's id. */
  readonly prompts: readonly string[];
  /** Does it run model-written code (so that renderer settings count in its cells' ids)? */
  readonly renders: boolean;
  /** What of the settings counts in a cell's id; all of them when absent. */
  identity?(settings: Settings): unknown;
  /** For methods whose videos exist already: by topic id, looked up when the experiment is planned. */
  given?(settings: Settings, place: GivenPlace): Promise<ReadonlyMap<string, GivenVideo>>;
  /** Stages that a person may edit and run on from, with `mmmc run --from <stage>=<file>`. */
  readonly stages?: readonly string[];
  /** A first guess for `mmmc estimate`, before anything was run. */
  estimate(settings: Settings): CellEstimate;
  /** Makes the video for one lesson. Returns its own failures; throws only what the studio threw. */
  produce(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production>;
}

/** Checks at the definition that settings schema and use agree, then forgets the type for the registry. */
export function defineMethod<Settings>(method: Method<Settings>): AnyMethod {
  return {
    ...method,
    settings: method.settings,
    ...(method.identity && {
      identity: (settings: unknown) => method.identity?.(method.settings.parse(settings)),
    }),
    ...(method.given && {
      given: (settings: unknown, place: GivenPlace) =>
        method.given?.(method.settings.parse(settings), place) ?? Promise.resolve(new Map()),
    }),
    uses: (settings) => method.uses?.(method.settings.parse(settings)) ?? method.roles,
    estimate: (settings) => method.estimate(method.settings.parse(settings)),
    produce: (lesson, settings, studio) => method.produce(lesson, method.settings.parse(settings), studio),
  };
}

/** A method as the registry hands it out: settings are parsed inside. */
export type AnyMethod = Method<unknown>;
