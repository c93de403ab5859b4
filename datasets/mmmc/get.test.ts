import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MmmcError } from '../../harness/store/errors.ts';
import { sha256 } from '../../harness/store/hash.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import { getReleased } from './get.ts';
import { type PinnedFile, pinnedFiles } from './pinned.ts';

const content = 'x'.repeat(100_000);
const pinned = (name: string): PinnedFile => ({
  name,
  path: `json_files/${name}`,
  bytes: content.length,
  sha256: sha256(content),
});

/** A server on this machine that answers by path and counts what it was asked for. */
async function serve(answers: Record<string, (response: ServerResponse, baseUrl: string) => void>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    if (answer) answer(response, baseUrl);
    else response.writeHead(404).end('no');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return { baseUrl, asked };
}

const good = (response: ServerResponse) => response.end(content);
const to = (target: string) => (response: ServerResponse, baseUrl: string) =>
  response.writeHead(302, { location: target.replace('BASE', baseUrl) }).end();

async function failureOf(work: Promise<unknown>): Promise<MmmcError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MmmcError) return error;
  throw new Error('it did not fail as it should', { cause: error });
}

test('files are fetched, checked and kept, and not fetched again', async () => {
  const { baseUrl, asked } = await serve({ '/json_files/a.json': good, '/json_files/b.json': good });
  const options = { folder: join(testFolder(), 'new'), baseUrl, files: [pinned('a.json'), pinned('b.json')] };
  const lines: string[] = [];
  await getReleased({ ...options, onProgress: (line) => lines.push(line) });
  expect(readFileSync(join(options.folder, 'a.json'), 'utf8')).toBe(content);
  expect(lines).toEqual(asked.map((path) => `fetching ${baseUrl}${path} (100000 bytes)`));
  writeFileSync(join(options.folder, 'b.json'), content.replace('x', 'y'));
  await getReleased({ ...options, onProgress: (line) => lines.push(line) });
  expect(asked).toEqual(['/json_files/a.json', '/json_files/b.json', '/json_files/b.json']);
  expect(lines).toContain('1 files are here already');
  expect(readdirSync(options.folder)).toEqual(['a.json', 'b.json']);
});

test('a redirect on this machine is followed', async () => {
  const { baseUrl } = await serve({ '/json_files/a.json': to('/b'), '/b': to('BASE/c'), '/c': good });
  const folder = testFolder();
  await getReleased({ folder, baseUrl, files: [pinned('a.json')] });
  expect(existsSync(join(folder, 'a.json'))).toBe(true);
});

const cut = (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': content.length });
  response.write(content.slice(0, 1000), () => response.destroy());
};
const stall = (response: ServerResponse) => {
  response.writeHead(200);
  response.write('x');
};

test.each([
  [
    'other content',
    (r: ServerResponse) => r.end(content.replace('x', 'y')),
    'wrong_hash',
    'is not what it was',
  ],
  ['less content', (r: ServerResponse) => r.end('x'), 'wrong_hash', 'got 1 with'],
  [
    'more content',
    (r: ServerResponse) => r.end(`${content}x`),
    'download_failed',
    'more came than the 100000',
  ],
  ['a body cut in the middle', cut, 'download_failed', 'terminated'],
  [
    '404',
    (r: ServerResponse) => r.writeHead(404).end(),
    'download_failed',
    'the server answered 404 Not Found',
  ],
  ['a redirect to itself', to('/json_files/a.json'), 'download_failed', 'more than 3 redirects'],
  ['a redirect to plain http', to('http://example.org/a'), 'download_failed', 'which is not https'],
  ['a redirect to a file', to('file:///etc/passwd'), 'download_failed', 'which is not https'],
  ['silence', stall, 'download_failed', 'no byte came for 0.2 s'],
  ['a closed connection', (r: ServerResponse) => r.destroy(), 'download_failed', 'fetch failed'],
])('%s is an error, and nothing is written', async (_, answer, code, message) => {
  const { baseUrl } = await serve({ '/json_files/a.json': answer });
  const folder = testFolder();
  const files = [pinned('a.json'), pinned('b.json')];
  const error = await failureOf(getReleased({ folder, baseUrl, files, stallMs: 200 }));
  expect(error).toMatchObject({ code, exitCode: 4 });
  expect(error.message).toContain(message);
  expect(error.hint).toContain(
    `${baseUrl}/json_files/a.json -> a.json\n  ${baseUrl}/json_files/b.json -> b.json`,
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('where nobody listens the hint says what to put where', async () => {
  const error = await failureOf(getReleased({ folder: testFolder(), baseUrl: 'http://127.0.0.1:1' }));
  expect(error.code).toBe('download_failed');
  for (const { path } of pinnedFiles) expect(error.hint).toContain(`http://127.0.0.1:1/${path} -> `);
  expect(error.hint).toContain('mmmc dataset import mmmc --from <folder>');
});

test.each(['http://example.org/', 'file:///tmp', 'nothing'])('%s is refused as a source', async (baseUrl) => {
  expect(await failureOf(getReleased({ folder: testFolder(), baseUrl }))).toMatchObject({
    code: 'bad_url',
    exitCode: 2,
  });
});

test('without a mirror it asks the release over https at its commit', async () => {
  const asked: string[] = [];
  const refuse = async (url: unknown) => {
    asked.push(String(url));
    throw new TypeError('no network');
  };
  await failureOf(getReleased({ folder: testFolder(), fetch: refuse }));
  expect(asked).toEqual(['https://raw.githubusercontent.com/showlab/Code2Video/36a608c/LICENSE']);
});
