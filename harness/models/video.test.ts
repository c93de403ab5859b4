import { expect, it } from 'vitest';
import { checkEndpoint } from './check-endpoint.ts';
import { endpointIdentity, endpointSchema } from './endpoint.ts';
import { requestOf } from './video.ts';

const settings = { id: 'v', provider: 'videos-http', baseUrl: 'http://127.0.0.1/v1', model: 'm' };
const clip = { width: 832, height: 480, fps: 16, frames: 81 };
const wish = { prompt: 'waves', seed: 1 };

it('fills what a method does not say from the clip of the endpoint, to the frame', () => {
  expect(requestOf(wish, { clip })).toEqual({ ...wish, ...clip });
  expect(requestOf({ ...wish, seconds: 2 }, { clip }).frames).toBe(32);
  expect(requestOf({ ...wish, fps: 8 }, { clip })).toMatchObject({ fps: 8, frames: 41 });
  expect(requestOf({ ...wish, width: 64, height: 64 }, { clip })).toMatchObject({ width: 64, frames: 81 });
});

it('asks for five seconds in the size of a low Manim render where nobody says more, and for one frame at least', () => {
  expect(requestOf(wish, {})).toMatchObject({ width: 854, height: 480, fps: 15, frames: 75 });
  expect(requestOf({ ...wish, seconds: 0.01 }, {}).frames).toBe(1);
});

it('counts the clip of an endpoint in ids, and leaves those without one as they were', () => {
  expect(endpointIdentity(endpointSchema.parse({ ...settings, clip }))).toHaveProperty('clip', clip);
  expect(endpointIdentity(endpointSchema.parse(settings))).not.toHaveProperty('clip');
});

it('refuses parameters that the request writes itself, before anything is paid', () => {
  const check = (provider: string, parameters: object) =>
    checkEndpoint(endpointSchema.parse({ ...settings, provider, parameters }));
  expect(() => check('videos-http', { seed: 3 })).toThrow(/parameter seed is written by the harness/);
  expect(() => check('gemini-omni', { store: false })).toThrow(/parameter store/);
  expect(() => check('videos-http', { guidance_scale: 4, resolution: '720p' })).not.toThrow();
});
