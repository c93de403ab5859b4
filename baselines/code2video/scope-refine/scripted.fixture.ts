import { z } from 'zod';
import { type ChatReply, unknownUsage } from '../../../harness/models/chat.ts';
import { toDisk } from '../../../harness/store/keys.ts';
import type { CallTag, Studio } from '../../method.ts';
import { prepareCode } from '../scene-code.ts';
import { refineScene } from './refine.ts';
import { broken, type Fate, factsOf, fate, fence } from './scenes.fixture.ts';
import type { RefineTask } from './types.ts';

interface Sent {
  tag: CallTag;
  text: string;
  prompt: string;
  data: Record<string, unknown>;
}

/** A prompt of these tests: the template's name before the one json block, as the shipped templates have it. */
export function promptOf(name: string, data: Record<string, unknown>): string {
  const block = JSON.stringify(toDisk(data), null, 2).replaceAll('`', '\\u0060');
  return `${name}\n\n${fence(block, 'json')}`;
}

function readPrompt(text: string): { prompt: string; data: Record<string, unknown> } {
  const [, prompt = '', block = ''] = /^(\S+)\n\n```json\n([\s\S]*)\n```$/.exec(text) ?? [];
  return { prompt, data: z.record(z.string(), z.unknown()).parse(JSON.parse(block)) };
}

/** A reply of a script: its text alone where it is whole. */
export type Reply = string | Partial<ChatReply>;

/** A studio whose coder answers from `replies` in turn, and whose scenes fare as `fate` says. It keeps all that was done. */
export function scriptedStudio(replies: readonly Reply[], fate: (code: string) => Fate) {
  const sent: Sent[] = [];
  const done: string[] = [];
  const files = new Map<string, string>();
  const cost = { wallMs: 0, cpuMs: 0, queuedMs: 0 };
  const meets = (code: string, stage: string) => {
    done.push(stage);
    const met = fate(code);
    return met?.stage === stage ? met.error : null;
  };
  const absent = () => {
    throw new Error('not of this test');
  };
  const studio: Studio = {
    prompt: (name, data) => promptOf(name, data),
    chat: async (_role, request, tag) => {
      const part = request.messages[0]?.content[0];
      const text = part?.type === 'text' ? part.text : '';
      sent.push({ tag, text, ...readPrompt(text) });
      const reply = replies[sent.length - 1];
      if (reply === undefined) throw new Error(`no reply ${sent.length}: the endpoint is away`);
      const said = typeof reply === 'string' ? { text: reply } : reply;
      return { text: '', finish: 'stop', usage: unknownUsage, servedModel: null, ...said };
    },
    inspect: async ({ code }) => {
      const error = meets(code, 'inspect');
      const facts = factsOf(code);
      return error === null
        ? { ok: true, ...facts, cost }
        : { ok: false, error, problems: [error], facts, cost };
    },
    check: async ({ code }) => {
      const error = meets(code, 'check');
      return error === null ? { ok: true, cost } : { ok: false, error, cost };
    },
    render: async ({ code }) => {
      const error = meets(code, 'render');
      if (error !== null) return { ok: false, error, cost };
      return { ok: true, files: { video: 'v', geometry: 'g', durationS: 1 }, cost };
    },
    write: async (path, content) => {
      files.set(path, content);
    },
    asset: absent,
    video: absent,
    concat: absent,
    accept: absent,
    program: absent,
    look: absent,
    read: absent,
    sees: () => false,
    frames: absent,
    geometry: absent,
    given: () => null,
    repeat: 0,
    signal: new AbortController().signal,
  };
  const tries = () =>
    (files.get('section_1/tries.jsonl') ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return { studio, sent, done, files, tries };
}

/** The task of these tests: k1 = k2 = 2, one regeneration, six repairs. */
export function refineTask(changes: Partial<RefineTask> = {}): RefineTask {
  const className = 'Section1Scene';
  return {
    title: 'Tests',
    language: 'en',
    section: { id: 'section_1' },
    reference: 'self.place_at(mobject, cell) and the colour FIRST',
    anchors: '6x6',
    subfolder: 'section_1',
    className,
    modules: {},
    prepare: (reply) => prepareCode(reply, { className })?.code ?? null,
    debug: 'scope',
    k1: 2,
    k2: 2,
    regenerations: 1,
    repairs: 6,
    askAgain: () =>
      promptOf('code2video/section-code', { task: 'section_code', section: { id: 'section_1' } }),
    ...changes,
  };
}

/** Refines a code with these replies. `path`: scope, result and next scope of each try; `count`: how often a stage was run. */
export async function refine(
  replies: readonly Reply[],
  { code = broken, of = fate, ...task }: Partial<RefineTask> & { code?: string; of?: typeof fate } = {},
) {
  const scripted = scriptedStudio(replies, of);
  const outcome = await refineScene(code, refineTask(task), scripted.studio);
  const path = outcome.tries.map(({ scope, result, next }) => `${scope.kind} ${result} ${next}`);
  const count = (stage: string) => scripted.done.filter((done) => done === stage).length;
  return { ...scripted, outcome, path, count, purposes: scripted.sent.map(({ tag }) => tag.purpose) };
}
