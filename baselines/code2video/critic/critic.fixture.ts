import { frame, sampleOf, text } from '../../../harness/media/layout/geometry.fixture.ts';
import { type ChatReply, type ContentPart, unknownUsage } from '../../../harness/models/chat.ts';
import type { Geometry } from '../../../harness/render/geometry.ts';
import type { Placement, SceneFacts } from '../../../harness/render/inspection.ts';
import type { SceneError } from '../../../harness/render/renderer.ts';
import { toDisk } from '../../../harness/store/keys.ts';
import type { CallTag, Studio } from '../../method.ts';
import { anchorPoint } from '../reference.ts';
import { criticize } from './rounds.ts';
import type { CriticSettings, CriticTask } from './task.ts';

/** A section with two words on one anchor. */
export const overlapping = `from manim import *
from teaching_scene import *


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout("T", ["One"])
        self.line(1)
        a = self.place_at(Text("alpha"), "B2")
        b = self.place_at(Text("beta"), "B2")
        self.play(FadeIn(a, b))
        self.wait(1)
`;

const places = /^( *)(\w) = self\.place_at\((Text\("(\w+)"\)), ("\w\d")\)$/;

/** What an inspection says of scenes of this form. */
export function factsOf(code: string): SceneFacts {
  const lines = code.trimEnd().split('\n');
  const placements = lines.flatMap((line, i): Placement[] => {
    const [whole, indent = '', name = '', made = '', , cell = ''] = places.exec(line) ?? [];
    if (whole === undefined) return [];
    const at = (part: string, from: number) => ({
      ...{ text: part, line: i + 1, endLine: i + 1 },
      ...{ column: from, endColumn: from + part.length },
    });
    const object = at(made, line.indexOf(made));
    const given = [object, at(cell, line.lastIndexOf(cell))].map((part) => ({ name: null, ...part }));
    const { text: _, ...range } = at(line.slice(indent.length + 4), indent.length + 4);
    const base = { method: 'place_at', object, root: null, assigned: name, animated: false, block: 1 };
    return [{ ...base, arguments: given, ...range }];
  });
  const names = placements.map(({ assigned, line }) => ({ name: assigned ?? '', scope: 'construct', line }));
  const statements = lines.flatMap((line, i) => (/^ {8}\S/.test(line) ? [{ start: i + 1, end: i + 1 }] : []));
  const isLit = code.includes('self.line(1)');
  const blocks = [
    { line: 0, start: 7, end: isLit ? 7 : lines.length },
    ...(isLit ? [{ line: 1, start: 8, end: lines.length }] : []),
  ];
  const functions = [{ name: 'construct', start: 6, end: lines.length }];
  return { className: 'Section1Scene', names, blocks, statements, functions, placements, imports: [] };
}

/** Where the words of such a scene stand, 1.6 by 0.4 units each, for as long as it waits. */
export function geometryOf(code: string): Geometry {
  const rows = [text('self.lecture[0]', [-6, 0, -3, 0.4], { color: '#ffd166', text: 'One' })];
  const words = code.split('\n').flatMap((line) => {
    const [whole, , name = '', , word = '', cell = ''] = places.exec(line) ?? [];
    const point = whole === undefined ? undefined : anchorPoint('6x6', cell.slice(1, 3));
    if (point === undefined) return [];
    const { x, y } = point;
    return [text(name, [x - 0.8, y - 0.2, x + 0.8, y + 0.2], { text: word })];
  });
  const waits = [...code.matchAll(/self\.wait\(([\d.]+)\)/g)].reduce((sum, [, s]) => sum + Number(s), 1);
  const samples = [sampleOf([...rows, ...words], waits)].map((sample) => ({ ...sample, frame }));
  return { codeSha256: '0'.repeat(64), truncated: false, problems: [], samples };
}

export const critique = (...problems: unknown[]) => `\`\`\`json\n${JSON.stringify({ problems })}\n\`\`\``;
export const asks = (edit: unknown, more: object = {}) => ({ kind: 'overlap', object: 'b', ...more, edit });
export const moves = (to: unknown, object = 'b') => asks({ action: 'move', object, to });

export const task: CriticTask = {
  title: 'Tests',
  section: { id: 'section_1', title: 'T', lectureLines: ['One'], animations: ['Show both'] },
  subfolder: 'section_1',
  className: 'Section1Scene',
  modules: {},
};

interface Sent {
  role: string;
  tag: CallTag;
  prompt: string;
  data: Record<string, unknown>;
  content: readonly ContentPart[];
}

const failure = (message: string): SceneError => ({
  kind: 'exception',
  type: 'TypeError',
  message,
  frames: [],
});
const cost = { wallMs: 0, cpuMs: 0, queuedMs: 0 };

/** A studio whose models answer from `replies` in turn. Code with `BadLook`, `BadCheck` or `BadRender` fails there. */
export function scriptedStudio(replies: readonly (string | Partial<ChatReply>)[], sees = false) {
  const sent: Sent[] = [];
  const asked: { name: string; data: Record<string, unknown> }[] = [];
  const done: string[] = [];
  const files = new Map<string, string>();
  const rendered = new Map([['section_1', overlapping]]);
  const absent = () => {
    throw new Error('not of this test');
  };
  const outcome = (stage: string, code: string, word: string) => {
    done.push(stage);
    return code.includes(word) ? failure(word) : null;
  };
  const studio: Studio = {
    prompt: (name, data) => {
      asked.push({ name, data });
      return `${name} ${JSON.stringify(toDisk(data))}`;
    },
    chat: async (role, { messages }, tag) => {
      const last = asked.at(-1);
      sent.push({
        role,
        tag,
        prompt: last?.name ?? '',
        data: last?.data ?? {},
        content: messages[0]?.content ?? [],
      });
      const reply = replies[sent.length - 1];
      if (reply === undefined) throw new Error(`no reply ${sent.length}: the endpoint is away`);
      const said = typeof reply === 'string' ? { text: reply } : reply;
      return { text: '', finish: 'stop', usage: unknownUsage, servedModel: null, ...said };
    },
    inspect: async ({ code }) => {
      const error = outcome('inspect', code, 'BadLook');
      const facts = factsOf(code);
      return error === null
        ? { ok: true, ...facts, cost }
        : { ok: false, error, problems: [error], facts, cost };
    },
    check: async ({ code }) => {
      const error = outcome('check', code, 'BadCheck');
      return error === null ? { ok: true, cost } : { ok: false, error, cost };
    },
    render: async ({ code }, folder) => {
      const error = outcome(`render ${folder}`, code, 'BadRender');
      if (error !== null) return { ok: false, error, cost };
      rendered.set(folder, code);
      return { ok: true, files: { video: 'v', geometry: 'g', durationS: 1 }, cost };
    },
    geometry: async (folder) => {
      const code = rendered.get(folder);
      return code === undefined || code.includes('BadGeometry') ? null : geometryOf(code);
    },
    write: async (path, content) => {
      files.set(path, content);
    },
    sees: () => sees,
    frames: async (_path, times = []) => times.map((timeS) => ({ timeS, jpeg: new Uint8Array([1]) })),
    video: absent,
    concat: absent,
    accept: absent,
    program: absent,
    look: absent,
    read: absent,
    asset: absent,
    given: () => null,
    repeat: 0,
    signal: new AbortController().signal,
  };
  const kept = (path: string): Record<string, unknown> => JSON.parse(files.get(`section_1/${path}`) ?? '{}');
  return { studio, sent, done, kept, files };
}

/** Runs the critic on `overlapping` with these replies. `results`: of the rounds; `renders`: folders rendered into. */
export async function critic(
  replies: readonly (string | Partial<ChatReply>)[],
  { sees = false, ...changes }: Partial<CriticSettings['critic']> & { sees?: boolean } = {},
) {
  const scripted = scriptedStudio(replies, sees);
  const settings: CriticSettings = { anchors: '6x6', critic: { rounds: 2, compares: false, ...changes } };
  const outcome = await criticize(
    { code: overlapping, folder: 'section_1' },
    task,
    settings,
    scripted.studio,
  );
  const renders = scripted.done.flatMap((done) => (done.startsWith('render') ? [done.slice(7)] : []));
  const purposes = scripted.sent.map(({ tag }) => tag.purpose);
  return { ...scripted, outcome, renders, purposes, results: outcome.rounds.map(({ result }) => result) };
}
