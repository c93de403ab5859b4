import { inspect } from 'node:util';
import type { ChatModel } from './chat.ts';
import { ModelError } from './model-error.ts';
import type { VideoModel } from './video.ts';

/** Shorter ones are words: to look for them would spoil texts that have nothing to do with them. */
const shortestKey = 8;
/** A piece of a key that is as long is taken out as well: messages are cut somewhere, and a key with them. */
const shortestPiece = 12;
const stand = '[key]';
/** Letters of a text that are looked up at once. */
const step = 4;

interface Place {
  form: string;
  offset: number;
}

/**
 * Takes keys out of what others wrote, whole or in part, in the forms in which servers repeat what they were sent: as they are, escaped for
 * JSON or an address, in hexadecimal, in base64 within anything longer.
 */
export function redactor(keys: readonly string[]): (text: string) => string {
  const forms = new Set(keys.filter((key) => key.length >= shortestKey).flatMap(formsOf));
  if (forms.size === 0) return (text) => text;
  const places = placesIn(forms);
  return (text) => {
    const clean: string[] = [];
    let done = 0;
    // A piece covers at least one step from its beginning to its end, so each step is looked at once.
    for (let at = 0; at + step <= text.length; at += step) {
      const run = at < done ? undefined : longestRun(text, at, places.get(text.slice(at, at + step)) ?? []);
      if (run === undefined) continue;
      clean.push(text.slice(done, Math.max(done, run.start)), stand);
      done = run.end;
    }
    return done === 0 ? text : clean.join('') + text.slice(done);
  };
}

function formsOf(key: string): string[] {
  const hex = Buffer.from(key).toString('hex');
  const escaped = JSON.stringify(key).slice(1, -1);
  return [key, escaped, encodeURIComponent(key), hex, hex.toUpperCase(), ...base64Forms(key)];
}

/** Where in the forms each few letters stand. */
function placesIn(forms: Iterable<string>): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const form of forms)
    for (let offset = 0; offset + step <= form.length; offset++) {
      const letters = form.slice(offset, offset + step);
      places.set(letters, [...(places.get(letters) ?? []), { form, offset }]);
    }
  return places;
}

/** The longest piece of a form around a place of the text; `undefined` when all are too short to matter. */
function longestRun(
  text: string,
  at: number,
  places: readonly Place[],
): { start: number; end: number } | undefined {
  const runs = places.map(({ form, offset }) => {
    let [start, from] = [at, offset];
    while (start > 0 && from > 0 && text[start - 1] === form[from - 1]) [start, from] = [start - 1, from - 1];
    let [end, to] = [at + step, offset + step];
    while (end < text.length && to < form.length && text[end] === form[to]) [end, to] = [end + 1, to + 1];
    return { start, end, enough: end - start >= Math.min(shortestPiece, form.length) };
  });
  return runs.filter(({ enough }) => enough).sort((a, b) => b.end - b.start - (a.end - a.start))[0];
}

/** What the key becomes in base64 at each of the three places where it may begin; letters that neighbours share are left out. */
function base64Forms(key: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(key)]);
    const [start, end] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    return [bytes.toString('base64').slice(start, end), bytes.toString('base64url').slice(start, end)];
  });
}

/** A chat model whose replies and failures do not hold its keys. */
export function withoutKeys(model: ChatModel, keys: readonly string[]): ChatModel {
  const clean = redactor(keys);
  return {
    async chat(request, options) {
      const reply = await model.chat(request, options).catch((thrown) => rethrow(thrown, clean));
      const { text, servedModel } = reply;
      return { ...reply, text: clean(text), servedModel: servedModel === null ? null : clean(servedModel) };
    },
    close: async () => model.close?.(),
  };
}

/** The same of a video generator; the bytes of a video are left as they are. */
export function videoWithoutKeys(model: VideoModel, keys: readonly string[]): VideoModel {
  const clean = redactor(keys);
  return {
    async generate(request, options) {
      const reply = await model.generate(request, options).catch((thrown) => rethrow(thrown, clean));
      const { echo, servedModel } = reply;
      const cleaned: unknown = JSON.parse(clean(JSON.stringify(echo)));
      return {
        ...reply,
        echo: typeof cleaned === 'object' && cleaned !== null ? { ...cleaned } : {},
        servedModel: servedModel === null ? null : clean(servedModel),
      };
    },
  };
}

/** What a failure was caused by may repeat a key as well: then it goes. */
function rethrow(thrown: unknown, clean: (text: string) => string): never {
  if (!(thrown instanceof ModelError)) throw thrown;
  const message = clean(thrown.message);
  const whole = inspect(thrown, { depth: 8 });
  if (clean(whole) === whole) throw thrown;
  const { failure, status, retryAfterMs, usage, submitted } = thrown;
  throw new ModelError(failure, message, {
    status: status ?? undefined,
    retryAfterMs: retryAfterMs ?? undefined,
    usage: usage ?? undefined,
    submitted,
  });
}
