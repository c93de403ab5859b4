import { expect, it } from 'vitest';
import { exitCodes, MmmcError } from '../store/errors.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { endpointSchema } from './endpoint.ts';

function problemOf(changes: Record<string, unknown>): MmmcError | null {
  const settings = { id: 'e', provider: 'openai', baseUrl: 'http://127.0.0.1/v1', model: 'm' };
  try {
    checkEndpoint(endpointSchema.parse({ ...settings, ...changes }));
    return null;
  } catch (thrown) {
    if (thrown instanceof MmmcError) return thrown;
    throw thrown;
  }
}

it('refuses a parameter that the model does not take, and names the nearest that it does', () => {
  const parameters = { reasoning_efort: 'low' };
  const problem = problemOf({ parameters, accepts: ['reasoning_effort', 'verbosity'] });
  expect(problem).toMatchObject({ code: 'bad_config', exitCode: exitCodes.usage });
  expect(problem?.message).toContain('did you mean reasoning_effort?');
  expect(problemOf({ parameters: { temperature: 0 }, accepts: [] })?.hint).toBe('It takes none.');
});

it('takes any parameter where the entry lists none, and those that it lists', () => {
  expect(problemOf({ parameters: { temperature: 0 } })).toBeNull();
  expect(problemOf({ parameters: { seed: 1 }, accepts: ['seed'] })).toBeNull();
});

it('refuses parameters that the harness writes itself, and says what to set instead', () => {
  expect(problemOf({ parameters: { max_tokens: 5 } })?.hint).toContain('max_output_tokens');
  expect(problemOf({ parameters: { stream: false } })?.hint).toContain('stream: false');
  expect(problemOf({ parameters: { n: 2 } })?.code).toBe('bad_config');
});

it('refuses settings of a video that its mode could not send', () => {
  expect(problemOf({ videoMode: 'native' })?.message).toContain('no video mode native');
  expect(problemOf({ videoMode: 'openrouter', videoFps: 1 })?.message).toContain('video_fps has no effect');
  expect(problemOf({ videoMode: 'vllm', videoResolution: 'low' })?.message).toContain('video_resolution');
  expect(problemOf({ videoMode: 'sglang', videoFps: 2 })).toBeNull();
});

it('knows what provider gemini writes itself and how it shows a video', () => {
  const gemini = { provider: 'gemini', baseUrl: 'https://generativelanguage.googleapis.com' };
  expect(problemOf({ ...gemini, parameters: { maxOutputTokens: 5 } })?.hint).toContain('max_output_tokens');
  expect(problemOf({ ...gemini, parameters: { responseSchema: {} } })?.hint).toContain('structured');
  expect(problemOf({ ...gemini, videoMode: 'vllm' })?.hint).toBe('Known: frames, native');
  expect(problemOf({ ...gemini, videoResolution: 'low' })?.message).toContain(
    'no effect in video mode frames',
  );
  expect(problemOf({ ...gemini, videoMode: 'native', videoFps: 30 })?.hint).toBe('Set 24 at most.');
  const whole = { videoMode: 'native', videoFps: 24, videoResolution: 'high' };
  expect(problemOf({ ...gemini, ...whole, parameters: { thinkingConfig: {} } })).toBeNull();
});
