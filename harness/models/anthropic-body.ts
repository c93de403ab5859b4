import { exitCodes, MmmcError } from '../store/errors.ts';
import type { ChatMessage, ChatRequest, ContentPart } from './chat.ts';
import type { Endpoint } from './endpoint.ts';

/** More pictures in one request are refused by the API's older models. */
const mostImages = 100;

/** The body of `POST /messages`: system messages stand apart, and the cap of the reply is always sent. */
export function messageBody(endpoint: Endpoint, request: ChatRequest): Record<string, unknown> {
  const { system, turns } = apart(request.messages);
  const images = turns.flatMap(({ content }) => content.filter(({ type }) => type === 'image')).length;
  if (images > mostImages)
    throw new MmmcError(
      'too_many_images',
      `${images} pictures in one request; this API takes ${mostImages}.`,
      {
        hint: 'Show fewer frames, or use an endpoint that takes whole videos.',
        exitCode: exitCodes.usage,
      },
    );
  return {
    ...endpoint.parameters,
    model: endpoint.model,
    max_tokens: request.maxOutputTokens ?? endpoint.maxOutputTokens,
    ...(system === '' ? {} : { system }),
    messages: turns.map(({ role, content }) => ({ role, content: content.map(wirePart) })),
    ...outputConfig(endpoint, request),
    ...(endpoint.stream ? { stream: true } : {}),
  };
}

/** A form that the API enforces: `output_config.format`, beside what the endpoint's parameters say of the output. */
function outputConfig({ structured, parameters }: Endpoint, { schema }: ChatRequest) {
  if (schema === undefined || structured !== 'json_schema') return {};
  const { output_config: own } = parameters;
  const format = { type: 'json_schema', schema: schema.schema };
  return { output_config: { ...(typeof own === 'object' ? own : {}), format } };
}

function apart(messages: readonly ChatMessage[]) {
  const words = messages
    .filter(({ role }) => role === 'system')
    .flatMap(({ content }) => content.flatMap((part) => (part.type === 'text' ? part.text : [])));
  return { system: words.join('\n\n'), turns: messages.filter(({ role }) => role !== 'system') };
}

function wirePart(part: ContentPart) {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (part.type === 'image') {
    const { mediaType, bytes } = part;
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    return { type: 'image', source: { type: 'base64', media_type: mediaType, data } };
  }
  throw new MmmcError('no_video_mode', 'this API takes pictures, and was given a whole video', {
    hint: 'Set video_mode: frames in the endpoint.',
    exitCode: exitCodes.usage,
  });
}
