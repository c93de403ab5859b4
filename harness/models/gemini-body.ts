import type { Content, GenerateContentRequest, Part } from '@google/generative-ai';
import { exitCodes, MmmcError } from '../store/errors.ts';
import type { ChatMessage, ChatRequest, ContentPart, VideoPart } from './chat.ts';
import type { Endpoint } from './endpoint.ts';

/** How a whole video stands in a request: within it, or as a file that was uploaded. */
export type VideoSource = (
  video: VideoPart,
) => Promise<
  { inlineData: { mimeType: string; data: string } } | { fileData: { mimeType: string; fileUri: string } }
>;

const resolutions = {
  low: 'MEDIA_RESOLUTION_LOW',
  medium: 'MEDIA_RESOLUTION_MEDIUM',
  high: 'MEDIA_RESOLUTION_HIGH',
} as const;

/**
 * The body of `generateContent`. `parameters` are the generation config as they stand (`temperature`, `thinkingConfig`, …), but
 * `safetySettings` stand beside it. Throws what `videoOf` throws.
 */
export async function contentBody(
  endpoint: Endpoint,
  request: ChatRequest,
  videoOf: VideoSource,
): Promise<GenerateContentRequest> {
  const { safetySettings, ...parameters } = endpoint.parameters;
  const words = request.messages
    .filter(({ role }) => role === 'system')
    .flatMap(({ content }) => content.flatMap((part) => (part.type === 'text' ? part.text : [])));
  const turns = request.messages.filter(({ role }) => role !== 'system');
  const generationConfig = {
    ...parameters,
    maxOutputTokens: request.maxOutputTokens ?? endpoint.maxOutputTokens,
    ...(endpoint.videoResolution && { mediaResolution: resolutions[endpoint.videoResolution] }),
    ...formOf(endpoint, request),
  };
  const beside = Array.isArray(safetySettings) ? { safetySettings } : {};
  return {
    ...beside,
    ...(words.length > 0 && { systemInstruction: words.join('\n\n') }),
    contents: await Promise.all(turns.map((turn) => contentOf(endpoint, turn, videoOf))),
    generationConfig,
  };
}

/** A form that the API enforces: JSON Schema, under the name that v1beta has for it. */
function formOf({ structured }: Endpoint, { schema }: ChatRequest) {
  if (schema === undefined || structured !== 'json_schema') return {};
  return { responseMimeType: 'application/json', responseJsonSchema: schema.schema };
}

async function contentOf(
  endpoint: Endpoint,
  { role, content }: ChatMessage,
  videoOf: VideoSource,
): Promise<Content> {
  const parts = await Promise.all(content.map((part) => partOf(endpoint, part, videoOf)));
  return { role: role === 'assistant' ? 'model' : 'user', parts };
}

async function partOf(endpoint: Endpoint, part: ContentPart, videoOf: VideoSource): Promise<Part> {
  if (part.type === 'text') return { text: part.text };
  if (part.type === 'image') {
    const { mediaType: mimeType, bytes } = part;
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    return { inlineData: { mimeType, data } };
  }
  if (endpoint.videoMode !== 'native')
    throw new MmmcError('no_video_mode', `endpoint ${endpoint.id} was given a whole video`, {
      hint: 'Set video_mode: native in the endpoint, or frames to show it pictures.',
      exitCode: exitCodes.usage,
    });
  const { videoFps: fps } = endpoint;
  return { ...(await videoOf(part)), ...(fps && { videoMetadata: { fps } }) };
}
