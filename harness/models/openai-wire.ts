import { MmmcError } from '../store/errors.ts';
import type { ChatMessage, ChatRequest, ContentPart, VideoPart } from './chat.ts';
import type { Endpoint } from './endpoint.ts';
import type { VideoUrls } from './video-urls.ts';

/**
 * The body of `POST /chat/completions` for a request: the endpoint's parameters, its model, the messages, and the form of
 * the reply where the server enforces one. Sampling is what `parameters` say, or nothing.
 */
export async function chatBody(
  endpoint: Endpoint,
  request: ChatRequest,
  videos: VideoUrls,
): Promise<Record<string, unknown>> {
  const { schema, messages, maxOutputTokens = endpoint.maxOutputTokens } = request;
  const enforced = schema !== undefined && endpoint.structured === 'json_schema';
  return {
    ...(hasVideo(messages) ? videoKnobs(endpoint) : {}),
    ...endpoint.parameters,
    model: endpoint.model,
    messages: await Promise.all(messages.map((message) => wireMessage(message, endpoint, videos))),
    [endpoint.tokenField]: maxOutputTokens,
    ...(endpoint.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    ...(enforced ? { response_format: responseFormat(schema) } : {}),
  };
}

function responseFormat({ name, schema }: NonNullable<ChatRequest['schema']>) {
  return { type: 'json_schema', json_schema: { name, strict: true, schema } };
}

/** A single text travels as a plain string, which every compatible server takes; all else as a list of parts. */
async function wireMessage({ role, content }: ChatMessage, endpoint: Endpoint, videos: VideoUrls) {
  const [only] = content;
  if (content.length === 1 && only?.type === 'text') return { role, content: only.text };
  return { role, content: await Promise.all(content.map((part) => wirePart(part, endpoint, videos))) };
}

async function wirePart(part: ContentPart, endpoint: Endpoint, videos: VideoUrls) {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (part.type === 'image')
    return { type: 'image_url', image_url: { url: imageUrl(part.mediaType, part.bytes) } };
  return { type: 'video_url', video_url: await videoUrl(part, endpoint, videos) };
}

/** SGLang reads how many frames a second to take in the part itself; vLLM beside the messages; OpenRouter nowhere. */
async function videoUrl(video: VideoPart, endpoint: Endpoint, videos: VideoUrls) {
  const { videoMode, videoFps: fps } = endpoint;
  if (videoMode === 'frames' || videoMode === 'native')
    throw new MmmcError(
      'no_video_mode',
      `endpoint ${endpoint.id} was given a whole video in mode ${videoMode}`,
      {
        hint: 'Set video_mode to the dialect of its server: vllm, sglang or openrouter.',
      },
    );
  const url = await videos.of(video);
  return videoMode === 'sglang' && fps !== undefined ? { url, fps } : { url };
}

/** To vLLM a rate alone: it lifts the server's own cap on the number of frames. Parameters of the same name win. */
function videoKnobs({ videoMode, videoFps: fps }: Endpoint) {
  return videoMode === 'vllm' && fps !== undefined ? { media_io_kwargs: { video: { fps } } } : {};
}

const hasVideo = (messages: readonly ChatMessage[]) =>
  messages.some(({ content }) => content.some(({ type }) => type === 'video'));

function imageUrl(mediaType: string, bytes: Uint8Array): string {
  return `data:${mediaType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
}
