import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadExperiment } from '../experiment/config.ts';
import { runExperiment } from '../experiment/run.ts';
import { requirePrerequisite } from '../setup/prerequisites.ts';
import { type BundleView, readBundle } from '../store/bundle.ts';
import { ledgerOf } from '../store/ledger.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { startScriptedCoder } from '../testing/scripted-coder.ts';
import { fence, type LessonTask, lessonModel, scene } from '../testing/scripted-lesson.ts';

const ready = requirePrerequisite('sandbox') && requirePrerequisite('manim');

interface Made {
  bundle: BundleView;
  requests: number;
  cell: string;
}

/** Makes one lesson with a scripted model behind the real providers, renderer and sandbox. */
async function make(
  folder: string,
  name: string,
  answer: (task: LessonTask) => string | null,
  settings = '{ critic: { rounds: 0 } }',
): Promise<Made> {
  const server = await startScriptedCoder(lessonModel(answer));
  const path = join(folder, `${name}.yaml`);
  writeFileSync(
    path,
    `name: ${name}
dataset: mini
topics: [binary-search]
protocol: paper
endpoints: [{ id: model, provider: openai, base_url: "${server.url}", model: scripted-coder }]
roles: { planner: model, coder: model, critic: model }
methods: [{ use: code2video, settings: ${settings} }]
metrics: [{ use: efficiency }]
limits: { check_cpu_seconds: 4, cpu_seconds: 20 }
`,
  );
  const run = { folder: join(folder, name), unsafeLocal: false, maxUnusable: 3, failOnError: 0 };
  const watcher = { opened: () => {}, started: () => {}, ended: () => {} };
  try {
    await runExperiment(await loadExperiment(path), { ...run, only: 'all' }, watcher);
  } finally {
    await server.close();
  }
  const bundle = readBundle(run.folder);
  return {
    bundle,
    requests: server.requests.length,
    cell: join(run.folder, 'cells', bundle.plan.cells[0]?.id ?? ''),
  };
}

const outcomeOf = ({ bundle }: Made) => [...bundle.state.outcomes.values()][0];
const purposesOf = ({ bundle }: Made) => bundle.state.calls.map(({ purpose }) => purpose).toSorted();
const rendersOf = ({ bundle }: Made, operation: string) =>
  bundle.state.renders.filter((render) => render.operation === operation).length;

describe.skipIf(!ready)('Code2Video with a scripted model', () => {
  const folder = temporaryFolder();
  let plain: Made;
  let counted: Made;
  let hostile: Made;
  beforeAll(async () => {
    plain = await make(folder.path, 'plain', () => null);
    counted = await make(folder.path, 'counted', countedModel());
    hostile = await make(folder.path, 'hostile', hostileModel, '{ critic: { rounds: 0 }, repairs: 2 }');
  });
  afterAll(() => folder[Symbol.dispose]());

  test('golden: the first code is the code that is rendered, once for each section', () => {
    expect(outcomeOf(plain)).toMatchObject({ status: 'ok', video: expect.stringMatching(/video\.mp4$/) });
    expect(purposesOf(plain)).toEqual(['outline', ...Array(3).fill('section_code'), 'storyboard']);
    expect([rendersOf(plain, 'check'), rendersOf(plain, 'render')]).toEqual([3, 3]);
    for (const n of [1, 2, 3]) {
      const code = readFileSync(join(plain.cell, `section_${n}/code.py`), 'utf8');
      expect(code).toContain(`part ${n}`);
    }
  });

  test('golden: every call is accounted for, corrections and repairs included, as counted by hand', () => {
    expect(outcomeOf(counted)).toMatchObject({ status: 'ok' });
    // Section 1 works; 2 has a wrong name, mended at its line; 3 comes without code first; the storyboard is corrected.
    expect(purposesOf(counted)).toEqual([
      'outline',
      'repair_line',
      ...Array(4).fill('section_code'),
      'storyboard',
      'storyboard_correction',
    ]);
    const ledger = ledgerOf(counted.bundle.state.calls, counted.bundle.state.renders);
    expect(counted.requests).toBe(8);
    expect(ledger).toMatchObject({ calls: 8, repairs: 1, tokens: { input: 80, output: 160 } });
    expect(ledger.byPurpose.reduce((sum, { calls }) => sum + calls, 0)).toBe(8);
  });

  test('a section that runs for ever, or has no code, is given up within its bound and takes nothing down', () => {
    const outcome = outcomeOf(hostile);
    expect(outcome).toMatchObject({ status: 'partial', cause: 'sections_missing' });
    expect(outcome?.sections.map(({ rendered, error }) => [rendered, error?.kind])).toEqual([
      [true, undefined],
      [false, 'killed:cpu'],
      [false, 'no_code'],
    ]);
    const calls = Map.groupBy(hostile.bundle.state.calls, ({ section }) => section);
    expect([1, 2, 3].map((n) => calls.get(`section_${n}`)?.length)).toEqual([1, 3, 2]);
  });
});

/** A model with one fault of each kind that costs a call. */
function countedModel(): (task: LessonTask) => string | null {
  let third = 0;
  return ({ task, section, problem, lines }) => {
    if (task === 'storyboard' && problem === undefined) return 'I have lost the storyboard.';
    if (task === 'section_code' && section === 2) return scene(2, 'self.wait(pausee)');
    if (task === 'section_code' && section === 3 && third++ === 0) return 'Which colours would you like?';
    return task === 'repair' ? fence('python', lines.join('\n').replace('pausee', '0.2')) : null;
  };
}

function hostileModel({ section }: LessonTask): string | null {
  if (section === 2) return scene(2, 'while True: pass');
  return section === 3 ? 'I would rather not.' : null;
}
