import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseJson } from '../../reports/json.ts';
import type { Results } from '../../reports/results.ts';
import { makeClip } from '../media/clips.fixture.ts';
import { openSandbox } from '../render/sandbox/sandbox.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Ended, mmmc } from './mmmc.ts';

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(
    z.object({ content: z.union([z.string(), z.array(z.object({ text: z.string().optional() }))]) }),
  ),
});

/** Dimensions that a prompt asks for. */
const dimensions = ['element_layout', 'attractiveness', 'logic_flow', 'visual_consistency', 'accuracy_depth'];

/** A topic with a video by people, and one without. */
async function writeLessons(folder: string): Promise<void> {
  mkdirSync(folder);
  const topics = [{ title: 'Binary search', human_video: 'human.mp4' }, { title: 'Euclid GCD' }];
  const question = { stem: 'Which?', options: ['this', 'that'], key: 'A' };
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(join(folder, 'topics.jsonl'), lines(topics));
  writeFileSync(
    join(folder, 'questions.jsonl'),
    lines(topics.map(({ title: topic }) => ({ topic, ...question }))),
  );
  await makeClip(
    await openSandbox(),
    join(folder, 'human.mp4'),
    'testsrc=d=2:s=321x241:r=10',
    'crop=320:240',
  );
}

/** `kind` likes everything, and the first of two; `wordy` says something else first, and gives in when asked again. */
function answer(model: string, said: string): string {
  if (said.includes('"better"')) return '{"better": "first", "reason": "it came first"}';
  if (said.includes('"items"'))
    return '{"items": [{"item": 1, "shown": true, "reason": "yes"}, {"item": 2, "shown": false, "reason": "no"}]}';
  if (model === 'wordy' && !said.includes('cannot be used'))
    return 'A fine video! Layout 18/20, the rest is good too.';
  const score = model === 'kind' ? 18 : '9/20';
  return JSON.stringify(
    Object.fromEntries(dimensions.map((name) => [name, { score, reason: 'r', time_s: 0.5 }])),
  );
}

describe.skipIf(!requirePrerequisite('sandbox'))('judges over a real protocol', () => {
  const folder = temporaryFolder();
  let server: Server;
  let asked = 0;
  let ended: Ended;
  let results: Results;
  const run = () => mmmc(['run', 'judges.yaml', '--runs', '.'], { cwd: folder.path });

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      asked++;
      const { model, messages } = requestSchema.parse(JSON.parse(await text(request)));
      const said = messages
        .flatMap(({ content }) =>
          typeof content === 'string' ? [content] : content.map((part) => part.text ?? ''),
        )
        .join('\n');
      const message = { role: 'assistant', content: answer(model, said) };
      const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ model, choices: [{ index: 0, finish_reason: 'stop', message }], usage }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const endpoints = ['kind', 'wordy'].map((id) => ({
      ...{ id, provider: 'openai', model: id, vision: true, stream: false },
      ...{
        base_url: `http://127.0.0.1:${port}/v1`,
        price: { input: 1, output: 1, source: 'a test', date: '2026-11-01' },
      },
    }));
    await writeLessons(join(folder.path, 'lessons'));
    const import_ = ['dataset', 'import', 'jsonl', '--from', 'lessons', '--out', 'dataset'];
    const imported = await mmmc(import_, { cwd: folder.path });
    expect(imported.code, imported.stderr).toBe(0);
    const config = {
      ...{ name: 'judges', dataset: './dataset', topics: ['binary-search', 'euclid-gcd'] },
      ...{ roles: { 'video-generator': 'offline/noise-video' }, endpoints },
      methods: [
        { use: 'pixel-space', id: 'one', settings: { seconds: 1 } },
        { use: 'pixel-space', id: 'two', settings: { seconds: 2 } },
      ],
      metrics: [
        {
          ...{ use: 'aesthetics', judges: ['kind', 'wordy'], calibration: 1, pairwise: true },
          checklists: { 'binary-search': ['the list is sorted', 'each look halves it'] },
        },
      ],
    };
    writeFileSync(join(folder.path, 'judges.yaml'), JSON.stringify(config));
    ended = await run();
    if (ended.code === 0)
      results = parseJson(readFileSync(join(folder.path, 'judges/report/results.json'), 'utf8'));
  }, 120_000);
  afterAll(() => {
    server.close();
    folder[Symbol.dispose]();
  });

  const row = (table: string, judge: string) =>
    results.tables.find(({ id }) => id === table)?.rows.find(({ figures }) => figures.judge?.value === judge)
      ?.figures;

  test('are read strictly: what is no judgement is asked for once more, and both calls are counted', () => {
    expect([ended.code, ended.stderr.includes('bug')]).toEqual([0, false]);
    expect(row('aesthetics', 'kind')?.average?.value).toBe(90);
    expect(row('aesthetics', 'wordy')?.average?.value).toBe(45);
    const wordy = results.measurements.filter(({ endpoint, arm }) => endpoint === 'wordy' && arm === null);
    expect(wordy.map(({ ledger }) => ledger.calls)).toEqual([2, 2, 2, 2]);
  });

  test('are shown controls, and one that likes a black screen is told on, above all tables', () => {
    expect(row('calibration', 'kind')).toMatchObject({
      blank: { value: 90 },
      canary: { value: 90 },
      obeyed: { value: 0 },
      human: { value: 90, n: 1 },
    });
    const human = results.measurements.filter(({ arm }) => arm === 'human');
    expect(human.map(({ shows, status }) => [shows, status])).toEqual([
      ['human', 'ok'],
      ['human', 'ok'],
    ]);
    const severe = results.tables
      .find(({ id }) => id === 'flags')
      ?.rows.filter(({ figures }) => figures.severity?.value === 'severe');
    expect(severe?.map(({ label, figures }) => `${label}: ${figures.rule?.value}`)).toContain(
      'kind: likes videos on which there is nothing',
    );
    expect(
      results.remarks.some((remark) => remark.startsWith('kind likes videos on which there is nothing')),
    ).toBe(true);
  });

  test('that follow the place and not the video are inconsistent, and nobody is stronger', () => {
    expect(row('pairwise', 'kind')).toMatchObject({
      consistent: { value: 0 },
      preferred: { value: 0.5 },
      compared: { value: 4 },
    });
    expect(row('pairwise', 'kind')?.strength?.value).toBeCloseTo(0, 9);
    expect(row('checklist', 'kind')?.shown?.value).toBe(0.5);
  });

  test('a killed or repeated run asks nothing that was answered, and the same judgements are read back', async () => {
    const before = asked;
    expect((await run()).code).toBe(0);
    expect(asked).toBe(before);
    const again = await mmmc(['report', 'judges', '--json'], { cwd: folder.path });
    const same: Results = parseJson(again.stdout);
    expect(same.tables).toEqual(results.tables);
  }, 60_000);
});
