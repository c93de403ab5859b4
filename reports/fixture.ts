/** Results for tests: three methods, three topics, failures of several kinds, hostile text wherever a model may write. */
import type { Ledger, Spending } from '../harness/store/ledger-schema.ts';
import type { AnswerResult, CellResult, MeasurementResult, MethodResult } from '../metrics/evidence.ts';
import { fixtureTables } from './fixture-tables.ts';
import type { Results } from './results.ts';

/** Text as the worst model would write it. */
export const hostile = {
  script: '<script>window.hacked = true</script>',
  close: '</details></table><img src="http://example.org/x.png" onerror="window.hacked = true">',
  ansi: '\u001b[31mred\u001b[0m \u001b]8;;http://example.org\u0007link\u001b]8;;\u0007 \u0000\u202egnp',
  formula: '=cmd()|"/c calc"!A1',
  markdown: '| a | b |\n[click](http://example.org) `x` **bold** <b>html</b>',
} as const;

/** Nothing is known of what it costs. */
const unpriced = {
  costUsd: null,
  costKnownUsd: 0,
  unbilled: 0,
  media: { images: 0, videoS: 0, madeS: 0 },
};

const spending = (role: string, purpose: string, calls: number, output: number): Spending => ({
  role,
  purpose,
  calls,
  failedCalls: purpose === 'repair' ? 1 : 0,
  tokens: { input: calls * 812, cached: null, output, reasoning: null },
  ...unpriced,
});

const ledger = (byPurpose: Spending[], renders: number): Ledger => ({
  calls: byPurpose.reduce((n, s) => n + s.calls, 0),
  tokens: {
    input: byPurpose.reduce((n, s) => n + (s.tokens.input ?? 0), 0),
    cached: null,
    output: byPurpose.reduce((n, s) => n + (s.tokens.output ?? 0), 0),
    reasoning: null,
  },
  ...unpriced,
  workingS: 31.4 * renders,
  waitingS: 2.5,
  renderS: 28.1 * renders,
  cpuS: 40.2 * renders,
  checks: renders + 2,
  renders,
  repairs: 2,
  byPurpose,
});

const method = (
  id: string,
  label: string,
  settings: Record<string, unknown>,
  role: string,
): MethodResult => ({
  id,
  label,
  method: id,
  version: '1',
  settings,
  scripted: true,
  roles: [
    {
      role,
      endpoint: `offline/${role}`,
      model: 'author-1',
      servedModels: ['author-1'],
      scripted: true,
      usageSource: 'counted_locally',
    },
  ],
});

const methods = [
  method('code2video', 'Code2Video', { maxRepairs: 3, quality: 'low' }, 'planner'),
  method('direct', 'Direct code', { repairs: 0 }, 'coder'),
  method('pixel', 'Pixel space', {}, 'video-generator'),
];

const topics = [
  { id: 't-derivative', title: 'The derivative as a slope', category: 'Calculus' },
  { id: 't-bayes', title: 'Bayes’ rule', category: 'Probability' },
  { id: 't-hostile', title: `Sorting ${hostile.script}`, category: hostile.formula },
];

const section = (n: number, title: string, error: CellResult['sections'][number]['error']) => ({
  id: `section_${n}`,
  title,
  codeProduced: true,
  checked: error === null,
  rendered: error === null,
  repairs: n % 3,
  error,
});

const sections = [
  section(1, 'Two points and a line between them', null),
  section(2, 'The second point moves closer', null),
  section(3, 'Reading the slope', null),
];
const failing = section(4, `Limits ${hostile.script}`, {
  kind: 'latex',
  message: `Undefined control sequence ${hostile.close} ${hostile.ansi}`,
});

const icon = {
  name: 'stethoscope',
  set: `Icons ${hostile.script}`,
  author: 'A. Drawer',
  url: 'https://icons.example/stethoscope',
  licence: 'CC-BY-4.0',
  licenceUrl: 'javascript:alert(1)',
};

function cell(methodId: string, topicId: string, change: Partial<CellResult>): CellResult {
  const id = `${methodId}-${topicId}`;
  const spent = ledger(
    [spending('planner', 'outline', 1, 410), spending('coder', 'section_code', 4, 5120)],
    4,
  );
  const none = change.video === null;
  return {
    id,
    methodId,
    topicId,
    repeat: 0,
    status: 'ok',
    reason: null,
    video: `cells/${id}/video.mp4`,
    videoFacts: none ? null : { durationS: 84.2, width: 854, height: 480, fps: 15 },
    files: methodId === 'pixel' ? [] : [`cells/${id}/outline.json`, `cells/${id}/section_1/scene #1.py`],
    ...(methodId === 'code2video' && { assets: [icon] }),
    sections: methodId === 'code2video' ? sections : [],
    sandbox: methodId === 'pixel' ? null : 'bwrap',
    ledger: spent,
    timeS: spent.workingS / 2,
    ...change,
  };
}

const failed = (code: string, message: string) => ({ video: null, reason: { code, message } });

const cells: CellResult[] = [
  cell('code2video', 't-derivative', {}),
  cell('direct', 't-derivative', { sandbox: 'none' }),
  cell('pixel', 't-derivative', {}),
  cell('code2video', 't-bayes', {
    status: 'partial',
    reason: { code: 'sections_missing', message: 'one section of four could not be rendered' },
    sections: [...sections, failing],
  }),
  cell('direct', 't-bayes', {
    status: 'method_failed',
    ...failed('killed:memory', `the scene used more than 2 GB ${hostile.ansi}`),
  }),
  cell('pixel', 't-bayes', {}),
  cell('code2video', 't-hostile', { status: 'method_failed', ...failed('plan_unusable', hostile.close) }),
  cell('direct', 't-hostile', { status: 'refused', ...failed('policy', hostile.formula) }),
  cell('pixel', 't-hostile', {
    status: 'infra_error',
    ...failed('network', 'the endpoint did not answer for 30 seconds'),
  }),
];

const stems = [
  ['What does the slope of the secant line become as the second point moves closer?', 'seeing'],
  [`Which value stands beside ${hostile.script}?`, 'text'],
  ['How many intervals are drawn under the curve?', 'unknown'],
] as const;
const options = ['The slope of the tangent line', 'A constant', hostile.close, hostile.formula];
const replies: (Pick<AnswerResult, 'reply' | 'reading'> | undefined)[] = [
  { reply: '{"answer": "A"}', reading: { kind: 'letter', letter: 'A' } },
  { reply: `ANSWER: B\n${hostile.script}\n${hostile.ansi}`, reading: { kind: 'letter', letter: 'B' } },
  { reply: 'NULL', reading: { kind: 'abstain' } },
  { reply: `A or B ${hostile.close}`, reading: { kind: 'invalid' } },
  { reply: null, reading: null },
];

function answers(seed: number): AnswerResult[] {
  return stems.map(([stem, needs], i) => {
    const given = replies[(seed + i) % replies.length] ?? { reply: null, reading: null };
    const correct =
      given.reading === null ? null : given.reading.kind === 'letter' && given.reading.letter === 'A';
    return { questionId: `q${i + 1}`, stem, options, key: 'A', needs, ...given, correct };
  });
}

function measurement(arm: string, topicId: string, cellId: string | null, seed: number): MeasurementResult {
  const status = seed % 5 === 4 ? 'infra_error' : 'ok';
  return {
    slot: `${arm}-${topicId}-${cellId ?? 'none'}`,
    metric: 'teachquiz',
    arm,
    topicId,
    cellId,
    endpoint: 'offline/reader',
    status,
    reason: status === 'ok' ? null : { code: 'timeout', message: 'one question got no answer' },
    scripted: true,
    answers: answers(seed),
    ledger: ledger([spending('student', 'answer', 3, 24)], 0),
  };
}

const measurements = topics.flatMap((topic, t) => [
  measurement('baseline', topic.id, null, t),
  measurement('unlearned', topic.id, null, t + 2),
  ...cells
    .filter((c) => c.topicId === topic.id && c.video !== null)
    .map((c, i) => measurement('video', topic.id, c.id, t + i)),
]);

/** Results with every kind of thing that a report must draw. */
export function fixtureResults(scripted: Results['run']['scripted'] = 'all'): Results {
  return {
    schemaVersion: 1,
    run: {
      name: 'quickstart',
      title: 'Three ways to make a lesson',
      description: 'Code2Video beside direct code generation and a pixel-space stand-in, on three topics.',
      lastEvent: '2026-03-01T10:12:33.000Z',
      dataset: 'mini',
      view: 'mini@1',
      protocol: 'paper',
      quality: 'low',
      scripted,
      provenance: [
        { key: 'commit', value: '2df3d8f (with changes)' },
        { key: 'manim', value: '0.19.0' },
        { key: 'hostile', value: hostile.script },
      ],
      jobs: { planned: 22, done: 17, failed: 3, left: 2 },
      ledger: {
        generation: ledger(
          cells.flatMap((c) => c.ledger.byPurpose),
          9,
        ),
        evaluation: ledger([spending('student', 'answer', 36, 280)], 0),
      },
    },
    methods,
    topics,
    cells,
    measurements,
    tables: fixtureTables(scripted !== 'none'),
    remarks: [
      'One production ran model-written code without a sandbox.',
      `The endpoint answered as ${hostile.script}, not as the model asked for.`,
    ],
  };
}
