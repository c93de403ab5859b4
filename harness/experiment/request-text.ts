import type { ChatMessage, ChatRequest, ContentPart } from '../models/chat.ts';
import { type Endpoint, endpointIdentity } from '../models/endpoint.ts';
import type { VideoRequest } from '../models/video.ts';
import { sha256 } from '../store/hash.ts';

/** The request as it is hashed and kept: media by what they are, never by bytes. */
export function chatRequestText(endpoint: Endpoint, request: ChatRequest): string {
  const messages = request.messages.map((message) => ({
    role: message.role,
    content: message.content.map((part) => asHashed(part, endpoint)),
  }));
  const { maxOutputTokens = null, schema } = request;
  const asked = { endpoint: endpointIdentity(endpoint), maxOutputTokens, messages, schema };
  return JSON.stringify(asked, null, 1);
}

function asHashed(part: ContentPart, { videoMode, videoFps, videoResolution }: Endpoint) {
  if (part.type === 'text') return part.text;
  if (part.type === 'image') return { image: part.source, mediaType: part.mediaType };
  return { video: part.source, mode: videoMode, fps: videoFps, resolution: videoResolution };
}

/** Hashes of the media bytes that a request sends, kept beside it. */
export function mediaHashes(messages: readonly ChatMessage[]): string[] {
  return messages.flatMap((m) =>
    m.content.flatMap((part) => {
      if (part.type === 'text') return [];
      return [part.type === 'image' ? sha256(part.bytes) : part.sha256];
    }),
  );
}

export function videoRequestText(endpoint: Endpoint, request: VideoRequest): string {
  return JSON.stringify({ endpoint: endpointIdentity(endpoint), request }, null, 1);
}
