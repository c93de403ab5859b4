import type { z } from 'zod';
import type { ChatReply, ChatRequest, Role } from '../harness/models/chat.ts';
import type { VideoRequest } from '../harness/models/video.ts';
import type { CheckResult, RenderResult, Scene } from '../harness/render/renderer.ts';

/** What a method is told of a topic. There is no field for the quiz. */
export interface Lesson {
  topicId: string;
  title: string;
  language: string;
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
  /** The prompt template `configs/prompts/<name>.md` with its data written into the fenced json block. */
  prompt(name: string, data: Record<string, unknown>): string;
  chat(role: Role, request: ChatRequest, tag: CallTag): Promise<ChatReply>;
  /** A video generator's answer as a checked mp4 at `target` in the folder, or why it is not one. */
  video(
    request: VideoRequest,
    target: string,
    tag: CallTag,
  ): Promise<{ ok: true; durationS: number } | { ok: false; refused: boolean; reason: string }>;
  check(scene: Scene, tag: CallTag): Promise<CheckResult>;
  /** Renders into the named subfolder of the folder: `<subfolder>/video.mp4`, `<subfolder>/geometry.json`. */
  render(scene: Scene, subfolder: string, tag: CallTag): Promise<RenderResult>;
  /** Joins videos of the folder, in the order given, into `target`. */
  concat(
    parts: readonly string[],
    target: string,
  ): Promise<{ ok: true; durationS: number } | { ok: false; reason: string }>;
  /** Writes a readable file (a stage's result) into the folder; parents are made. */
  write(path: string, content: string): Promise<void>;
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
}

/** One system under test. Implement it in a folder of its own and name it in baselines/registry.ts. */
export interface Method<Settings> {
  readonly name: string;
  /** Raised by hand when behaviour changes; part of a cell's id. */
  readonly version: string;
  readonly settings: z.ZodType<Settings>;
  /** Roles that a config must fill. */
  readonly roles: readonly Role[];
  /** Names of its prompt templates: their text is part of a cell's id. */
  readonly prompts: readonly string[];
  /** Does it run model-written code (so that renderer settings count in its cells' ids)? */
  readonly renders: boolean;
  /** A first guess for `mmmc estimate`: calls by role and renders for one cell. */
  estimate(settings: Settings): { calls: Partial<Record<Role, number>>; renders: number };
  /** Makes the video for one lesson. Returns its own failures; throws only what the studio threw. */
  produce(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production>;
}

/** Checks at the definition that settings schema and use agree, then forgets the type for the registry. */
export function defineMethod<Settings>(method: Method<Settings>): AnyMethod {
  return {
    ...method,
    settings: method.settings,
    estimate: (settings) => method.estimate(method.settings.parse(settings)),
    produce: (lesson, settings, studio) => method.produce(lesson, method.settings.parse(settings), studio),
  };
}

/** A method as the registry hands it out: settings are parsed inside. */
export type AnyMethod = Method<unknown>;
