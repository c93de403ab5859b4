import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { OpenBundle } from './bundle.ts';
import { Cassette } from './cassette.ts';
import { writeCassette } from './cassette-export.ts';
import type { CallEvent } from './events.ts';
import { sha256 } from './hash.ts';
import { appendPlan } from './plan-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = testFolder();
  path = join(folder, 'out.cassette');
});

const call = (change: Partial<CallEvent>): CallEvent => ({
  type: 'call',
  time: '2026-11-23T10:00:00.000Z',
  job: 'produce:cell-a',
  owner: 'cell-a',
  role: 'coder',
  purpose: 'section_code',
  request: 'r1',
  occurrence: 0,
  endpoint: 'my-endpoint',
  section: null,
  attempt: null,
  prompt: sha256('prompt'),
  files: [],
  media: [],
  reply: null,
  finish: 'stop',
  usable: true,
  failure: null,
  servedModel: 'm',
  usage: { input: 1, cached: null, output: 2, reasoning: null },
  costUsd: 0.5,
  attempts: 1,
  workingMs: 10,
  waitingMs: 0,
  ...change,
});

/** A bundle with these calls, exported; replies are given as texts. */
async function exported(
  calls: (Partial<CallEvent> & { says?: string })[],
  prepare: (bundle: OpenBundle) => unknown = () => {},
  secrets: string[] = [],
) {
  const bundle = new OpenBundle(join(folder, 'bundle'), 'test');
  try {
    bundle.texts.put('prompt');
    prepare(bundle);
    for (const { says, ...change } of calls)
      bundle.append(call({ ...change, ...(says === undefined ? {} : { reply: bundle.texts.put(says) }) }));
    const head = { version: '0', time: '2026-11-23T11:00:00.000Z', dataset: { name: 'd', view: 'v' } };
    return await writeCassette(bundle, { path, head, secrets });
  } finally {
    bundle.close();
  }
}

const key = { owner: 'cell-a', role: 'coder', purpose: 'section_code', request: 'r1' };
const lines = () => gunzipSync(readFileSync(path)).toString('utf8');
const rewritten = (change: (text: string) => string) => writeFileSync(path, gzipSync(change(lines())));

test('what was recorded is read again: replies by occurrence, failures with their class and bill', async () => {
  await exported([
    { failure: { class: 'server', message: 'x' }, finish: null, usable: false },
    { says: 'one' },
    { says: 'two', occurrence: 1 },
  ]);
  using cassette = await Cassette.open(path);
  expect(cassette.head.dataset).toEqual({ name: 'd', view: 'v' });
  expect(cassette.calls(key, 0).map(({ failure }) => failure)).toEqual(['server', null]);
  expect(cassette.text(cassette.calls(key, 1)[0]?.reply ?? '')).toBe('two');
  expect(cassette.calls(key, 1)[0]).toMatchObject({ costUsd: 0.5, workingMs: 10, usage: { input: 1 } });
  expect(cassette.calls(key, 2)).toEqual([]);
});

test('look-ups cross neither owners, roles, purposes nor requests', async () => {
  await exported([{ says: 'one' }]);
  using cassette = await Cassette.open(path);
  for (const other of [{ owner: 'b' }, { role: 'critic' }, { purpose: 'p' }, { request: 'r2' }])
    expect(cassette.calls({ ...key, ...other }, 0)).toEqual([]);
});

test('an equal text is kept once, and so is a video, which may be larger than a line', async () => {
  const video = Buffer.alloc(3_000_000, 'film');
  const hash = sha256(video);
  const clip = { role: 'video-generator', reply: hash };
  await exported(
    [{ says: 'same' }, { says: 'same', request: 'r2' }, clip, { ...clip, request: 'r2' }],
    (b) => [
      mkdirSync(b.paths.cell('cell-a')),
      writeFileSync(join(b.paths.cell('cell-a'), 'video.mp4'), video),
    ],
  );
  expect(lines().match(/"type":"text"/g)).toHaveLength(1);
  expect(lines().match(/"type":"video"/g)).toHaveLength(3);
  using cassette = await Cassette.open(path);
  expect(sha256(cassette.video(hash) ?? '')).toBe(hash);
  expect(cassette.video(sha256('another'))).toBeNull();
});

test('a call whose video is gone is left out and counted', async () => {
  expect(await exported([{ role: 'video-generator', reply: sha256('gone') }, { says: 'x' }])).toEqual({
    calls: 1,
    lost: 1,
  });
});

test('answers about a video that was made anew since are left out', async () => {
  await exported([
    { says: 'of the old', files: ['old'] },
    { says: 'of the new', files: ['new'] },
  ]);
  using cassette = await Cassette.open(path);
  expect(cassette.calls(key, 0).map(({ reply }) => cassette.text(reply ?? ''))).toEqual(['of the new']);
});

test('slots that were one measurement each have its calls, under the request that names their own cell', async () => {
  const slot = {
    metric: 'm',
    arm: 'video',
    topicId: 't',
    order: 'file',
    endpoint: 'e',
    prompt: 'p',
    repeat: 0,
  };
  const asked = (cell: string) => `{"image": "${cell}/video@1.000"}`;
  const mine = { owner: 'slot-a', request: sha256(asked('cell-a')), prompt: sha256(asked('cell-a')) };
  await exported([{ ...mine, says: 'B' }], (bundle) => {
    bundle.texts.put(asked('cell-a'));
    appendPlan(
      bundle.paths.plan,
      ['a', 'b'].flatMap((x) => [
        { type: 'slot' as const, id: `slot-${x}`, cellId: `cell-${x}`, ...slot },
        { type: 'measurement' as const, id: 'measurement-1', slot: `slot-${x}` },
      ]),
    );
  });
  using cassette = await Cassette.open(path);
  const other = { ...key, owner: 'slot-b', request: sha256(asked('cell-b')) };
  expect(cassette.text(cassette.calls(other, 0)[0]?.reply ?? '')).toBe('B');
});

test('keys, addresses, error wordings, prompts and local paths never enter it', async () => {
  const secret = 'sk-canary+1234567890';
  const encoded = [Buffer.from(secret).toString('base64'), encodeURIComponent(secret)];
  await exported(
    [
      {
        endpoint: 'canary-endpoint',
        servedModel: '/home/canary/models/qwen',
        failure: { class: 'auth', message: `http://canary.example refused ${secret}` },
      },
      { says: `Your key is ${secret}, also ${encoded.join(' and ')}.`, occurrence: 1 },
    ],
    (bundle) => void bundle.texts.put('canary prompt'),
    [secret],
  );
  expect(lines()).not.toContain('canary');
  for (const form of encoded) expect(lines()).not.toContain(form);
  expect(lines()).toContain('"served_model":"qwen"');
  expect(lines()).toContain('Your key is [key], also [key] and [key].');
});

const without = (line: RegExp) => () => rewritten((text) => text.replace(line, ''));

test.each([
  ['no file', () => rmSync(path), /there is no cassette/],
  ['a folder', () => [rmSync(path), mkdirSync(path)], /is no cassette/],
  ['an empty file', () => writeFileSync(path, ''), /was cut short/],
  ['a text', () => writeFileSync(path, 'hello'), /is no cassette/],
  ['a packed text', () => rewritten(() => 'hello\n'), /is no cassette/],
  ['another kind of JSON', () => rewritten(() => '{"a":1}\n'), /line 1 is no line of a cassette/],
  ['half a file', () => writeFileSync(path, readFileSync(path).subarray(0, 200)), /was cut short/],
  ['one without the last line', without(/.*"end".*\n/), /was cut short/],
  ['one with a call too few', without(/.*"call".*\n/), /was cut short/],
  ['one with a lost reply', without(/.*"text".*\n/), /the reply to r1 is missing/],
  ['one without a head', without(/.*\n/), /is no cassette/],
  ['one of a later version', () => rewritten((t) => t.replace('n":1', 'n":7')), /schema version 7/],
])('%s is refused as a mistake of usage', async (_, spoil, message) => {
  await exported([{ says: 'one' }]);
  spoil();
  const opened = Cassette.open(path);
  await expect(opened).rejects.toThrow(message);
  await expect(opened).rejects.toMatchObject({ code: 'bad_cassette', exitCode: 2 });
});

test('a path that cannot be written leaves no half file, and says so', async () => {
  path = join(folder, 'no', 'such', 'folder', 'x.cassette');
  await expect(exported([{ says: 'one' }])).rejects.toMatchObject({ code: 'bundle_unwritable', exitCode: 5 });
});
