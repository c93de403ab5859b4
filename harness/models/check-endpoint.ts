import { exitCodes, MmmcError } from '../store/errors.ts';
import { nearestWord } from '../store/yaml-file.ts';
import type { Endpoint } from './endpoint.ts';

/** What the providers write into a request themselves: a parameter of that name would be lost, or break the reading. */
const ours: Partial<Record<Endpoint['provider'], readonly string[]>> = {
  openai: [
    'model',
    'messages',
    'stream',
    'stream_options',
    'response_format',
    'max_tokens',
    'max_completion_tokens',
    'n',
  ],
  gemini: [
    'model',
    'contents',
    'systemInstruction',
    'generationConfig',
    'maxOutputTokens',
    'responseMimeType',
    'responseSchema',
    'responseJsonSchema',
    'candidateCount',
  ],
};

/** The same of what asks for videos. */
const oursOfVideos: Partial<Record<Endpoint['provider'], readonly string[]>> = {
  'videos-http': [
    'model',
    'prompt',
    'width',
    'height',
    'size',
    'fps',
    'num_frames',
    'seconds',
    'duration',
    'seed',
    'n',
  ],
  'gemini-omni': ['model', 'input', 'background', 'store', 'stream'],
};

/** The modes in which a provider shows a video, and what of it they let us choose. */
const videoKnobs: Partial<
  Record<Endpoint['provider'], Partial<Record<Endpoint['videoMode'], readonly string[]>>>
> = {
  openai: { frames: [], vllm: ['video_fps'], sglang: ['video_fps'], openrouter: [] },
  gemini: { frames: [], native: ['video_fps', 'video_resolution'] },
};

/** More frames a second Google does not take (ai.google.dev, "Video understanding"). */
const mostGeminiFps = 24;

/**
 * Checks an endpoint before anything is sent or paid. Throws MmmcError `bad_config` (exit 2) for parameters that the model
 * does not take, with the nearest that it does, and for settings that would have no effect.
 */
export function checkEndpoint(endpoint: Endpoint): void {
  const { accepts, parameters, provider } = endpoint;
  for (const name of Object.keys(parameters)) {
    if (accepts !== undefined && !accepts.includes(name)) throw notAccepted(endpoint, name, accepts);
    if (ours[provider]?.includes(name))
      throw problem(endpoint, `parameter ${name} is written by the harness`, hintFor(name));
  }
  checkVideo(endpoint);
  const written = oursOfVideos[provider]?.find((name) => name in parameters);
  if (written !== undefined)
    throw problem(
      endpoint,
      `parameter ${written} is written by the harness`,
      'Set size, length and seed in the settings of the method, or as clip of the endpoint.',
    );
}

function checkVideo(endpoint: Endpoint): void {
  const { provider, videoMode, videoFps, videoResolution } = endpoint;
  const modes = videoKnobs[provider];
  if (modes === undefined) return;
  const knobs = modes[videoMode];
  if (knobs === undefined)
    throw problem(
      endpoint,
      `provider ${provider} has no video mode ${videoMode}`,
      `Known: ${Object.keys(modes).join(', ')}`,
    );
  const set = { video_fps: videoFps, video_resolution: videoResolution };
  for (const [name, value] of Object.entries(set))
    if (value !== undefined && !knobs.includes(name))
      throw problem(endpoint, `${name} has no effect in video mode ${videoMode}`, `Remove ${name}.`);
  if (provider === 'gemini' && videoFps !== undefined && videoFps > mostGeminiFps)
    throw problem(
      endpoint,
      `video_fps: ${videoFps} is more than Google takes`,
      `Set ${mostGeminiFps} at most.`,
    );
}

function notAccepted(endpoint: Endpoint, name: string, accepts: readonly string[]): MmmcError {
  const nearest = nearestWord(name, accepts);
  const meant = nearest === undefined ? '' : `, did you mean ${nearest}?`;
  const known = accepts.length === 0 ? 'It takes none.' : `It takes: ${accepts.join(', ')}`;
  return problem(endpoint, `${endpoint.model} takes no parameter ${name}${meant}`, known);
}

function hintFor(name: string): string {
  if (name === 'maxOutputTokens') return 'Set max_output_tokens in the entry itself.';
  if (name.startsWith('max_')) return 'Set max_output_tokens, and token_field for the name it is sent under.';
  if (name.startsWith('stream')) return 'Set stream: true or stream: false in the entry itself.';
  return name.startsWith('response') ? 'Set structured: json_schema in the entry itself.' : 'Remove it.';
}

function problem({ id }: Endpoint, message: string, hint: string): MmmcError {
  return new MmmcError('bad_config', `Endpoint ${id}: ${message}`, { hint, exitCode: exitCodes.usage });
}
