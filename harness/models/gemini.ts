import { type GenerateContentRequest, type GenerativeModel, GoogleGenerativeAI } from '@google/generative-ai';
import { exitCodes, MmmcError } from '../store/errors.ts';
import { parseJson } from '../store/parse-json.ts';
import { boundedBytes, eventData, wholeText } from './body-reader.ts';
import { connectionError, keptFailure } from './call-failure.ts';
import type { ChatModel, ChatRequest } from './chat.ts';
import { deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import { contentBody } from './gemini-body.ts';
import { type Fetch, withFetch } from './gemini-fetch.ts';
import { GeminiFiles } from './gemini-files.ts';
import { GeminiReply, geminiError } from './gemini-reply.ts';
import { GeminiVideos, largestInline } from './gemini-videos.ts';
import { ModelError } from './model-error.ts';
import { openFetch } from './open-fetch.ts';
import type { Access } from './providers.ts';
import { type Stall, stallAfter, whatEnded } from './stall.ts';

/** A request is not larger, bytes of its body (blog.google, "Increased file size limits … in Gemini API", January 2026). */
const largestBody = 100 * 1000 * 1000;

/**
 * A chat model behind Google's generateContent, through the package @google/generative-ai. One call is one attempt of at most
 * `endpoint.timeoutS`; an upload that it waits for has as much for itself. Whole videos go along as they are, with
 * `videoFps` and `videoResolution`.
 * Throws `ModelError`, or the signal's reason on abort; MmmcError for a request that the API cannot take.
 */
export function createGeminiChat(
  endpoint: Endpoint,
  access: Access,
  mostInline: number = largestInline,
): ChatModel {
  const { origin, version } = placeOf(access.baseUrl);
  const model = new GoogleGenerativeAI(access.key ?? '').getGenerativeModel(
    { model: endpoint.model },
    { baseUrl: origin, apiVersion: version },
  );
  const timeoutMs = endpoint.timeoutS * 1000;
  const files = new GeminiFiles(`${origin}/${version}`, access.key, timeoutMs);
  const videos = new GeminiVideos(files, mostInline);
  const once = async (request: ChatRequest, uploaded: Set<string>, signal: AbortSignal) => {
    const source = await videos.sourceFor(request, uploaded, signal);
    const body = await contentBody(endpoint, request, source);
    const limit = deadline(signal, timeoutMs);
    const stall = stallAfter(endpoint.stallS);
    const reply = new GeminiReply();
    try {
      const ended = AbortSignal.any([limit.signal, stall.signal]);
      await readReply(await sent(model, body, endpoint.stream, ended), stall, reply);
      return reply.whole();
    } catch (thrown) {
      const failed = connectionError(whatEnded(limit, stall, thrown));
      throw failed instanceof ModelError ? keptFailure(failed, reply.usage, access.key) : failed;
    }
  };
  return {
    async chat(request, { signal }) {
      signal.throwIfAborted();
      const uploaded = new Set<string>();
      // An uploaded video that has ended is uploaded again; a request that was refused for it cost nothing.
      return once(request, uploaded, signal).catch((thrown: unknown) => {
        if (uploaded.size === 0 || !isFileGone(thrown)) throw thrown;
        videos.forget(uploaded);
        return once(request, new Set(), signal);
      });
    },
    close: () => videos.close(),
  };
}

/**
 * Sends a request as Google's package builds it, and returns the server's own answer: the package would read it without bound, a stream's event in
 * time that grows with its square, and passes over what it does not know (blocks, errors in a stream, tokens of thoughts).
 */
async function sent(
  model: GenerativeModel,
  body: GenerateContentRequest,
  stream: boolean,
  signal: AbortSignal,
): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  // It may fail before it is waited for.
  promise.catch(() => undefined);
  const fetch: Fetch = async (input, init) => {
    const length = typeof init?.body === 'string' ? init.body.length : 0;
    if (length > largestBody) reject(tooLarge(length));
    else openFetch(String(input), { ...init, signal }).then(resolve, reject);
    return new Response('{}');
  };
  await withFetch(fetch, async () => {
    if (!stream) await model.generateContent(body);
    // Its promise of the whole reply finds nothing: the reply is ours.
    else (await model.generateContentStream(body)).response.catch(() => undefined);
  });
  return promise;
}

async function readReply(response: Response, stall: Stall, reply: GeminiReply): Promise<void> {
  const { ok, status, headers } = response;
  const bytes = boundedBytes(response.body);
  const type = headers.get('content-type') ?? '';
  if (ok && type.includes('text/event-stream')) {
    try {
      for await (const data of eventData(stall.watch(bytes))) reply.add(parseJson(data));
    } catch (thrown) {
      // What happens to the connection after the last word takes nothing from the reply.
      if (!reply.ended) throw thrown;
    }
    return;
  }
  const text = await wholeText(bytes);
  if (!ok) throw geminiError(parseJson(text) ?? text, status, headers);
  if (/^\s*</.test(text))
    throw new ModelError('malformed', 'the reply is a page of HTML: is base_url right?');
  // Some gateways answer a request for a stream with the list of its pieces.
  for (const piece of [parseJson(text)].flat()) reply.add(piece);
}

function tooLarge(length: number): MmmcError {
  return new MmmcError(
    'request_too_large',
    `a request of ${Math.ceil(length / 1e6)} MB; this API takes ${largestBody / 1e6} MB`,
    { hint: 'Show fewer frames, or the video whole: video_mode: native.', exitCode: exitCodes.usage },
  );
}

/** The package wants host and version apart; an address without a version means the one that the features here are in. */
function placeOf(baseUrl: string): { origin: string; version: string } {
  const [, version] = /\/(v\d\w*)$/.exec(baseUrl) ?? [];
  return version === undefined
    ? { origin: baseUrl, version: 'v1beta' }
    : { origin: baseUrl.slice(0, -version.length - 1), version };
}

/** An uploaded file that has ended is met as "you may not", or as "there is none". */
const isFileGone = (failed: unknown) =>
  failed instanceof ModelError &&
  /\bfiles?\b/i.test(failed.message) &&
  [403, 404].includes(failed.status ?? 0);
