import { ModelError } from './model-error.ts';

/** A chat reply is not larger than this, unpacked; what is, is none. */
export const longestReply = 64 * 1024 * 1024;

/**
 * The bytes of a body as they come, counted after unpacking, so that a small packed body cannot fill the memory.
 * Throws ModelError `malformed` past `most` bytes, and lets go of the connection.
 */
export async function* boundedBytes(
  body: AsyncIterable<Uint8Array> | null,
  most: number = longestReply,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > most) throw new ModelError('malformed', `the reply is larger than ${most / 1024 ** 2} MB`);
    yield chunk;
  }
}

/** A whole body as text (UTF-8). */
export async function wholeText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The data of server-sent events, one string for each event (WHATWG HTML, 9.2.6). Comments and other fields are passed
 * over. An event that the end of the body cuts off is dropped, as the standard says.
 */
export async function* eventData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const data: string[] = [];
  for await (const lines of linesOf(bytes)) {
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n');
        data.length = 0;
      } else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
    }
  }
}

/** Whole lines, ended by CR, LF or both, as many as each chunk ends; what follows the last end is no line. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  let afterCr = false;
  for await (const chunk of bytes) {
    let text = decoder.decode(chunk, { stream: true });
    if (text === '') continue;
    // The LF of a CR LF that two chunks share.
    if (afterCr && text[0] === '\n') text = text.slice(1);
    afterCr = text === '' ? false : text.endsWith('\r');
    const [first = '', ...more] = text.split(/\r\n|\r|\n/);
    rest.push(first);
    const last = more.pop();
    if (last === undefined) continue;
    yield [rest.join(''), ...more];
    rest = [last];
  }
}
