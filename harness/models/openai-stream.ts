import { eventData } from './body-reader.ts';
import type { ChatReply } from './chat.ts';
import { ModelError } from './model-error.ts';
import { type Chunk, readChunk, replyOf } from './openai-reply.ts';

/** What a stream has said so far. */
export interface Heard {
  /** `null` until a chunk had it. */
  usage: Chunk['usage'];
}

/**
 * Puts a streamed completion together. It is whole when the server gave a finish reason or said `[DONE]`; a stream that
 * ends before is `network`, one that carries an error is what the error says. What was `heard` outlives a failure.
 */
export async function readStream(bytes: AsyncIterable<Uint8Array>, heard: Heard): Promise<ChatReply> {
  const said: Said = { content: [], refusal: [], finish: null, model: null, done: false };
  try {
    // Read to its end, so that the connection serves the next request.
    for await (const data of eventData(bytes)) if (!said.done) hear(data, said, heard);
  } catch (thrown) {
    // What happens to the connection after the last word takes nothing from the reply.
    if (!said.done) throw thrown;
  }
  const { content, refusal, finish, model, done } = said;
  if (!done && finish === null)
    throw new ModelError('network', 'the stream ended in the middle of the reply');
  return replyOf({ content: content.join(''), refusal: refusal.join(''), finish, model, usage: heard.usage });
}

interface Said {
  content: string[];
  refusal: string[];
  finish: string | null;
  model: string | null;
  done: boolean;
}

function hear(data: string, said: Said, heard: Heard): void {
  if (data.trim() === '[DONE]') {
    said.done = true;
    return;
  }
  const chunk = readChunk(data);
  const [choice] = chunk.choices ?? [];
  if (choice?.delta?.content) said.content.push(choice.delta.content);
  if (choice?.delta?.refusal) said.refusal.push(choice.delta.refusal);
  said.finish = choice?.finish_reason ?? said.finish;
  said.model = chunk.model ?? said.model;
  heard.usage = chunk.usage ?? heard.usage;
}
