import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { readBundle } from '../store/bundle.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Ended, mmmc } from './mmmc.ts';

/** A certificate for 127.0.0.1 that nobody has signed, and its key: for this test only. */
const certificate =
  'MIIBgDCCASWgAwIBAgIUUSHLJUfJ6XcAf/cZlTESHCLYc1wwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMzEwNDcwN1oYDzIxMjYxMDMwMTA0NzA3WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASUq6NgRwqNvpNLSxo6N5D3VNm0qYXOr8zmAaaXf3Be8KsZccKX6zx5j0s/aH1NAHy1A6FLeNyKUGI6fVm4E7Ywo1MwUTAdBgNVHQ4EFgQULrN4pVWD7oZMT81Bx0JXIDujKqcwHwYDVR0jBBgwFoAULrN4pVWD7oZMT81Bx0JXIDujKqcwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAzC0OEwaJ82mP2kp5+rfgjnSVih02GiS5d/YdIyf5Y2sCIQDEPnOmqw/N1wh0+tbAoowYWnNvVtDV4jR40Focdgg51Q==';
const certificateKey =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6a82FRVnhkAGyj2m2wkcBbSOcj1aF3YQ98k/5ZC25dChRANCAASUq6NgRwqNvpNLSxo6N5D3VNm0qYXOr8zmAaaXf3Be8KsZccKX6zx5j0s/aH1NAHy1A6FLeNyKUGI6fVm4E7Yw';
const pem = (kind: string, base64: string) => `-----BEGIN ${kind}-----\n${base64}\n-----END ${kind}-----\n`;

/** How each bad server answers. */
const answers: Record<string, (response: ServerResponse) => void> = {
  html: (response) =>
    response.setHeader('content-type', 'text/html').end('<!DOCTYPE html><title>Sign in</title>'),
  big: (response) => {
    response.setHeader('content-type', 'application/json').write('{"choices": [{"message": {"content": "');
    const megabyte = 'x'.repeat(2 ** 20);
    let left = 70;
    const more = () => {
      while (left-- > 0) if (!response.write(megabyte)) return response.once('drain', more);
      return response.end('"}}]}');
    };
    more();
  },
  cut: (response) => {
    const event = { model: 'm', choices: [{ index: 0, delta: { content: 'Hello' } }] };
    response.setHeader('content-type', 'text/event-stream');
    response.write(`data: ${JSON.stringify(event)}\n\n`, () => response.destroy());
  },
  foreign: (response) => fail(response, 400, { error: { message: '模型请求参数错误', code: '1210' } }),
  key: (response) =>
    fail(response, 401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }),
  gone: (response) => fail(response, 404, { error: { message: 'no such model', code: 'model_not_found' } }),
  empty: (response) => fail(response, 200, {}),
};

/** Endpoint -> class of its failure, and the next step that the user is told. */
const expected: Record<string, [string, RegExp]> = {
  html: ['malformed', /check base_url .*not where the API answers/],
  big: ['malformed', /not in its protocol’s shape/],
  cut: ['network', /can be reached; the same command goes on/],
  foreign: ['bad_request', /correct its entry/],
  key: ['auth', /check the key in MMMC_TEST_KEY/],
  gone: ['model_gone', /use newer in its place/],
  empty: ['malformed', /not in its protocol’s shape/],
  tls: ['network', /NODE_EXTRA_CA_CERTS/],
  plain: ['network', /write http:\/\//],
  refused: ['network', /start its server/],
  unknown: ['network', /nobody knows that name/],
};

describe.skipIf(!requirePrerequisite('sandbox'))('endpoints that are wrong or broken', () => {
  const folder = temporaryFolder();
  const servers: Server[] = [];
  let ended: Ended;

  beforeAll(async () => {
    const http = await listen(servers, createServer(answer));
    const keys = { key: pem('PRIVATE KEY', certificateKey), cert: pem('CERTIFICATE', certificate) };
    const tls = await listen(servers, createTlsServer(keys, answer));
    const closed = createServer();
    const nobody = await listen([], closed);
    await new Promise((resolve) => closed.close(resolve));
    const urls: Record<string, string> = {
      tls: `https://127.0.0.1:${tls}/v1`,
      plain: `https://127.0.0.1:${http}/v1`,
      refused: `http://127.0.0.1:${nobody}/v1`,
      unknown: 'http://no-such-host.invalid/v1',
    };
    const endpoints = Object.keys(expected).map((id) => ({
      id,
      provider: 'openai',
      base_url: urls[id] ?? `http://127.0.0.1:${http}/${id}/v1`,
      key_variable: 'MMMC_TEST_KEY',
      model: id,
      attempts: 1,
      timeout_s: 30,
      ...(id === 'gone' && { retired: '2020-01-31', replacement: 'newer' }),
    }));
    const experiment = {
      name: 'bad',
      dataset: 'mini',
      topics: ['pendulum'],
      protocol: 'paper',
      endpoints,
      methods: endpoints.map(({ id }) => ({ use: 'direct-code', id, roles: { coder: id } })),
    };
    writeFileSync(join(folder.path, 'bad.yaml'), JSON.stringify(experiment));
    ended = await mmmc(['run', 'bad.yaml', '--runs', '.'], {
      cwd: folder.path,
      env: { MMMC_TEST_KEY: 'not a real key' },
    });
  });
  afterAll(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    folder[Symbol.dispose]();
  });

  test('each failure is put in its class, is nobody’s wrong answer, and can be tried again', () => {
    expect(ended.code, ended.stderr).toBe(1);
    const { state } = readBundle(join(folder.path, 'bad'));
    const classes = state.calls.map(({ endpoint, failure }) => [endpoint, failure?.class]);
    expect(Object.fromEntries(classes)).toEqual(
      Object.fromEntries(Object.entries(expected).map(([id, [failure]]) => [id, failure])),
    );
    expect(new Set([...state.outcomes.values()].map(({ status }) => status))).toEqual(
      new Set(['infra_error']),
    );
  });

  test('a model that was shut down is told of before anything is paid, and in the report', () => {
    const told = 'gone is retired since 2020-01-31, use newer';
    const before = ended.stderr.slice(0, ended.stderr.indexOf('jobs to do'));
    expect(before).toContain(`Endpoint ${told}: its calls will fail.`);
    const remark = results(join(folder.path, 'bad')).find((text: string) => text.includes('retired'));
    expect(remark).toBe(`gone: ${told}.`);
  });

  test.each(Object.entries(expected))(
    '%s: one line says what failed, the next what to do',
    (id, [failure, next]) => {
      const lines = ended.stderr.split('\n');
      const at = lines.findIndex((line) => line.includes(`call failed   ${id} / pendulum: ${failure}, `));
      expect(at, ended.stderr).toBeGreaterThanOrEqual(0);
      expect(lines[at + 1]).toMatch(next);
      expect(lines[at]?.length).toBeLessThan(300);
    },
  );
});

const results = (bundle: string): string[] =>
  JSON.parse(readFileSync(join(bundle, 'report/results.json'), 'utf8')).remarks;

const answer: RequestListener = (request, response) => {
  request.resume();
  const [, how = ''] = (request.url ?? '').split('/');
  (answers[how] ?? answers.empty)?.(response);
};

async function listen(servers: Server[], server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function fail(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}
