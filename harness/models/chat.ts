/** The port to chat models: one request in, one reply out. Providers implement it; see docs/architecture.md. */

/** What a model is used as. */
export const roles = [
  'planner',
  'coder',
  'critic',
  'judge',
  'student',
  'video-generator',
  'builder',
  'reviewer',
] as const;
export type Role = (typeof roles)[number];

/** Pictures that chat endpoints take. */
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;
export type ImageType = (typeof imageTypes)[number];

export type ContentPart =
  | { type: 'text'; text: string }
  | {
      type: 'image';
      mediaType: ImageType;
      bytes: Uint8Array;
      /** What the picture is, for the request hash: the sha256 of a file plus a time, never its own bytes. */
      source: string;
    }
  | VideoPart;

/** A whole video, for endpoints whose `videoMode` takes one; they read it from the file, once for all their requests. */
export interface VideoPart {
  type: 'video';
  mediaType: 'video/mp4';
  /** A file of ours that was probed in the sandbox. */
  file: string;
  sha256: string;
  durationS: number;
  /** What the video is, for the request hash: the cell for rendered videos, never its own bytes. */
  source: string;
}

/** A form that a reply must have: sent where the endpoint can enforce it, else said in the prompt alone. */
export interface ReplySchema {
  /** Letters, digits, dash, underscore. */
  name: string;
  /** JSON Schema; every object closed, every property required, as strict modes want it. */
  schema: Readonly<Record<string, unknown>>;
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: readonly ContentPart[];
}

export interface ChatRequest {
  messages: readonly ChatMessage[];
  /** Cap of the reply in tokens, reasoning included; the endpoint's default when absent. */
  maxOutputTokens?: number;
  /** Use `askStructured` (structured.ts), which checks the reply as well. */
  schema?: ReplySchema;
}

/** Tokens of one call. `null` means the endpoint did not say, which is not 0. */
export interface TokenUsage {
  /** All input tokens, cached ones included. */
  input: number | null;
  cached: number | null;
  /** All output tokens, reasoning included. */
  output: number | null;
  reasoning: number | null;
}

export const unknownUsage: TokenUsage = { input: null, cached: null, output: null, reasoning: null };

/** Why the model stopped: `stop` is a complete reply; the others are not. */
export type FinishReason = 'stop' | 'length' | 'content_filter' | 'refusal' | 'other';

export interface ChatReply {
  /** The final text, without a thinking part that the endpoint keeps apart. */
  text: string;
  finish: FinishReason;
  usage: TokenUsage;
  /** The model that answered, as the endpoint names it; `null` when it does not say. */
  servedModel: string | null;
  /** What the provider itself says the call cost, in USD; it wins over any price. */
  providerCostUsd?: number;
}

export interface ChatModel {
  /**
   * Sends one request, once: no retry here, the harness has one retry loop (retry.ts).
   * Throws `ModelError` (model-error.ts) for every failure, classified; rejects with the signal's reason on abort.
   */
  chat(request: ChatRequest, options: { signal: AbortSignal }): Promise<ChatReply>;
  /** Gives back what it holds at the provider (uploaded files); no request may follow. */
  close?(): Promise<void>;
}
