import type { ChatRequest, ContentPart } from './chat.ts';
import type { Endpoint } from './endpoint.ts';
import { imageSize } from './offline/token-count.ts';

/** Tokens that a call can use at most. */
export interface MostTokens {
  input: number;
  output: number;
}

/** What a server may add around the request and around each message: marks of roles, its own instructions. */
const perRequest = 256;
const perMessage = 32;

/**
 * A bound on the tokens of a request and its reply, from what is sent alone.
 * Text: a token of a tokenizer that works on bytes (all models in use) stands for at least one byte of UTF-8, so a text has no
 * more tokens than bytes; usually it has a quarter. The reply: the cap that is sent, reasoning included, for each reply asked
 * for. Pictures and videos: `imageBound` and `videoBound`. A context that is known bounds the prompt too.
 */
export function mostTokens(endpoint: Endpoint, request: ChatRequest): MostTokens {
  const parts = request.messages.flatMap((message) => message.content);
  const prompt = parts.reduce((sum, part) => sum + partBound(endpoint, part), 0);
  const schema = request.schema === undefined ? 0 : bytesOf(JSON.stringify(request.schema));
  const input = prompt + schema + perRequest + perMessage * request.messages.length;
  return {
    input: Math.min(input, endpoint.contextTokens ?? input),
    output: mostOutput(endpoint, request),
  };
}

function partBound(endpoint: Endpoint, part: ContentPart): number {
  if (part.type === 'text') return bytesOf(part.text);
  if (part.type === 'image') return imageBound(endpoint, part.bytes);
  return videoBound(endpoint, part.durationS);
}

const bytesOf = (text: string) => Buffer.byteLength(text);

/**
 * A picture. Anthropic: 4,784, of its largest size. Gemini: 2,240, of its highest resolution. Servers in OpenAI's shape: a token for
 * each 14 x 14 pixels before any are merged, at least 4,096 (models that cut a picture into tiles) and at most 16,384 (the cap
 * of those that take it whole); gpt-4o-mini, which charges pictures 33-fold, is above it. A program: as the last.
 */
function imageBound({ provider }: Endpoint, bytes: Uint8Array): number {
  if (provider === 'anthropic') return 4784;
  if (provider === 'gemini') return 2240;
  const size = imageSize(bytes);
  if (size === null) return 16_384;
  const patches = Math.ceil(size.width / 14) * Math.ceil(size.height / 14);
  return Math.min(16_384, Math.max(4096, patches));
}

/** Frames a second where the endpoint does not say: Gemini takes 1, vLLM and SGLang up to 2. */
const usualFps = 2;

/**
 * A whole video: 1,120 tokens for each frame (Gemini's highest resolution of a still; a frame has 280 at most there) and 64 for each
 * second of sound and time marks.
 */
function videoBound({ videoFps = usualFps }: Endpoint, durationS: number): number {
  return Math.ceil(durationS * videoFps + 1) * 1120 + Math.ceil(durationS + 1) * 64;
}

const capNames = ['max_tokens', 'max_completion_tokens', 'maxOutputTokens', 'max_output_tokens'];
const countNames = ['n', 'best_of', 'candidateCount', 'candidate_count'];

/** Parameters may raise the cap under another name, or ask for several replies. */
function mostOutput({ parameters, maxOutputTokens }: Endpoint, request: ChatRequest): number {
  const given = (names: readonly string[]) =>
    names.map((name) => parameters[name]).filter((value) => typeof value === 'number');
  const cap = Math.max(request.maxOutputTokens ?? maxOutputTokens, ...given(capNames));
  return cap * Math.max(1, ...given(countNames));
}
