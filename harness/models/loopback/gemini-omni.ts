import { type DeskJob, type Handling, type Seen, startVideoDesk, type VideoDesk } from './video-desk.ts';

/*
 * A server for tests, on 127.0.0.1, that speaks Google's Interactions API as far as videos go, written from its documentation:
 * a background interaction, a file of the Files API that is made ready after it, and the download of that file.
 */

export interface OmniServer extends VideoDesk {
  /** The video comes in the answer, in base64. */
  inline: boolean;
  /** What the model says in words, in place of a video. */
  words: string | null;
  /** Looks at a file until it is ready. */
  processing: number;
}

export async function startGeminiOmni(): Promise<OmniServer> {
  const own = { inline: false, words: null, processing: 1 };
  const desk = await startVideoDesk('', (seen) => handle(seen, me));
  const me: OmniServer = Object.assign(desk, own);
  return me;
}

function handle({ route, body, query }: Seen, me: OmniServer): Handling | null {
  if (route === 'POST /v1beta/interactions')
    return {
      step: 'submit',
      answer: () => ({ body: interaction(me.take(JSON.parse(body.toString())), me) }),
    };
  const [, method, id = '', cancel] =
    /^(GET|POST) \/v1beta\/interactions\/([^/]+?)(\/cancel)?$/.exec(route) ?? [];
  const job = me.find(id);
  if (job !== undefined && method === 'POST' && cancel !== undefined) {
    job.cancelled = true;
    return { step: 'cancel', answer: () => ({ body: { id, status: 'cancelled' } }) };
  }
  if (job !== undefined && method === 'GET') {
    return {
      step: 'look',
      answer: () => {
        job.looks++;
        return { body: interaction(job, me) };
      },
    };
  }
  if (route === 'GET /v1beta/files/clip-1') {
    const state = me.processing-- > 0 ? 'PROCESSING' : 'ACTIVE';
    return { step: 'look', answer: () => ({ body: { name: 'files/clip-1', state, mimeType: 'video/mp4' } }) };
  }
  if (route === 'GET /v1beta/files/clip-1:download' && query.get('alt') === 'media')
    return { step: 'file', answer: () => ({ type: me.videoType, body: me.video }) };
  return null;
}

const words = { waiting: 'in_progress', completed: 'completed', failed: 'failed', expired: 'incomplete' };

function interaction(job: DeskJob, me: OmniServer) {
  const look = me.look(job, false);
  const about = { id: job.id, object: 'interaction', model: `served-${String(job.asked.model)}` };
  // A blocked one has an error and no status.
  if (look.error) return { ...about, error: look.error };
  const input = { type: 'user_input', content: [{ type: 'text', text: job.asked.input }] };
  if (look.status !== 'completed') return { ...about, status: words[look.status], steps: [input] };
  const part = me.inline
    ? { data: me.video.toString('base64') }
    : { uri: `${me.origin}/v1beta/files/clip-1` };
  const content = [
    me.words === null ? { type: 'video', mime_type: 'video/mp4', ...part } : { type: 'text', text: me.words },
  ];
  const usage = { total_input_tokens: 9, total_output_tokens: 46336, total_thought_tokens: 0 };
  return { ...about, status: 'completed', usage, steps: [input, { type: 'model_output', content }] };
}
