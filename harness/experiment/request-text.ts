import type { ChatMessage, ChatRequest } from '../models/chat.ts';
import { type Endpoint, endpointIdentity } from '../models/endpoint.ts';
import type { VideoRequest } from '../models/video.ts';
import { sha256 } from '../store/hash.ts';

/** The request as it is hashed and kept: media by what they are, never by bytes. */
export function chatRequestText(endpoint: Endpoint, request: ChatRequest): string {
  const messages = request.messages.map((message) => ({
    role: message.role,
    content: message.content.map((part) =>
      part.type === 'text' ? part.text : { image: part.source, mediaType: part.mediaType },
    ),
  }));
  const { maxOutputTokens = null } = request;
  return JSON.stringify({ endpoint: endpointIdentity(endpoint), maxOutputTokens, messages }, null, 1);
}

/** Hashes of the media bytes that a request sends, kept beside it. */
export function mediaHashes(messages: readonly ChatMessage[]): string[] {
  return messages.flatMap((m) =>
    m.content.flatMap((part) => (part.type === 'image' ? [sha256(part.bytes)] : [])),
  );
}

export function videoRequestText(endpoint: Endpoint, request: VideoRequest): string {
  return JSON.stringify({ endpoint: endpointIdentity(endpoint), request }, null, 1);
}
