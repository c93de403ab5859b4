import type { ChatRequest, FinishReason } from '../../../harness/models/chat.ts';
import { unknownUsage } from '../../../harness/models/chat.ts';
import type { CallTag, Lesson, Studio } from '../../method.ts';
import { settingsSchema } from '../settings.ts';
import { planLesson } from './plan-lesson.ts';

type Reply = string | { text: string; finish: FinishReason };

/** Plans a lesson with a planner that answers in turn; keeps the requests and the files. */
export async function plan(
  replies: readonly Reply[],
  {
    settings = {},
    sees = true,
    given = {},
    lesson = {},
  }: {
    settings?: Record<string, unknown>;
    sees?: boolean;
    given?: Readonly<Record<string, string>>;
    lesson?: Partial<Lesson>;
  } = {},
) {
  const requests: { request: ChatRequest; tag: CallTag; data: Record<string, unknown> }[] = [];
  const files = new Map<string, unknown>();
  let data: Record<string, unknown> = {};
  const absent = () => {
    throw new Error('a planner has no use for this');
  };
  const studio: Studio = {
    prompt: (name, given) => {
      data = { prompt: name, ...given };
      return name;
    },
    chat: async (_role, request, tag) => {
      requests.push({ request, tag, data });
      const reply = replies[requests.length - 1];
      if (reply === undefined) throw new Error(`a call too many: ${tag.purpose}`);
      const said = typeof reply === 'string' ? { text: reply, finish: 'stop' as const } : reply;
      return { ...said, usage: unknownUsage, servedModel: null };
    },
    write: async (path, content) => void files.set(path, JSON.parse(content)),
    given: (stage) => given[stage] ?? null,
    sees: () => sees,
    asset: absent,
    inspect: absent,
    check: absent,
    render: absent,
    concat: absent,
    accept: absent,
    program: absent,
    look: absent,
    read: absent,
    video: absent,
    frames: absent,
    geometry: absent,
    repeat: 0,
    signal: new AbortController().signal,
  };
  const topic = { topicId: 'topic-1', title: 'Rings', language: 'en', ...lesson };
  const plan = await planLesson(topic, settingsSchema.parse(settings), studio);
  return { plan, requests, files, purposes: requests.map(({ tag }) => tag.purpose) };
}

export const json = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value)}\n\`\`\``;

/** An outline of n sections. */
export const outline = (n = 3) => ({
  topic: 'Rings',
  target_audience: 'Beginners',
  sections: Array.from({ length: n }, (_, i) => ({
    id: `section_${i + 1}`,
    title: `Part ${i + 1}`,
    content: 'One idea.',
    example: '1 + 1',
  })),
});

/** A storyboard section with so many lines, each of so many words. */
export const section = (id: string, lines = 3, words = 4) => ({
  id,
  title: `About ${id}`,
  lecture_lines: Array.from({ length: lines }, (_, i) =>
    Array.from({ length: words }, () => `w${i}`).join(' '),
  ),
  animations: Array.from({ length: lines }, () => 'A ring in #FFD166 grows.'),
  duration_s: 20,
});

export const storyboard = (n = 3) => ({
  sections: Array.from({ length: n }, (_, i) => section(`section_${i + 1}`)),
});
