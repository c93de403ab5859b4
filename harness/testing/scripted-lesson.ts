import { z } from 'zod';

/** The body of a chat request, as far as it is read here. */
const bodySchema = z.object({
  messages: z.array(
    z.object({ content: z.union([z.string(), z.array(z.object({ text: z.string().optional() }))]) }),
  ),
});

/** What lies in the json block of a request. */
const taskSchema = z.object({
  task: z.string(),
  section: z.object({ id: z.string() }).nullish(),
  problem: z.string().optional(),
  code: z.array(z.object({ line: z.int(), text: z.string() })).default([]),
  scope: z.object({ start: z.int(), end: z.int() }).nullish(),
});

/** One request of Code2Video, as a scripted model sees it. */
export interface LessonTask {
  task: string;
  /** Number of the section, 0 without one. */
  section: number;
  /** What a correction is about. */
  problem: string | undefined;
  /** The lines of the scope. */
  lines: string[];
}

/** Reads the body of a request for its task. */
export function taskOf(body: string): LessonTask {
  const texts = bodySchema.parse(JSON.parse(body)).messages.flatMap(({ content }) => {
    return typeof content === 'string' ? [content] : content.map(({ text = '' }) => text);
  });
  const block = /```json\n([\s\S]*?)\n```/.exec(texts.join('\n'))?.[1] ?? 'null';
  const { task, section, problem, code, scope } = taskSchema.parse(JSON.parse(block));
  const inScope = code.filter(({ line }) => scope && line >= scope.start && line <= scope.end);
  return {
    task,
    section: Number(section?.id.split('_')[1] ?? 0),
    problem,
    lines: inScope.map(({ text }) => text),
  };
}

export const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;
export const jsonReply = (value: unknown) => fence('json', JSON.stringify(value));

/** Outline and storyboard at once: sections with three lecture lines. */
export function lessonPlan(count: number) {
  const sections = Array.from({ length: count }, (_, i) => ({
    id: `section_${i + 1}`,
    title: `Part ${i + 1} of the lesson`,
    content: 'How a curve and its slope belong together.',
    example: 'The parabola at 1',
    lecture_lines: ['A curve is drawn', 'A point moves on it', 'The slope follows it'],
    animations: ['A curve appears.', 'A dot moves along it.', 'A tangent turns with the dot.'],
    duration_s: 25,
  }));
  return { topic: 'Slopes', target_audience: 'Beginners', sections };
}

/** A scene of about a second; `more` is a line of its own at the end. */
export function scene(section: number, more = 'self.wait(0.2)'): string {
  const lines = [
    `self.setup_layout("part ${section}", ["A curve is drawn", "A point moves on it", "The slope follows it"])`,
    ...[1, 2, 3].map((n) => `self.line(${n}, run_time=0.2)`),
    'dot = Dot(color=ACCENT)',
    'self.place_at(dot, "C3")',
    'self.play(FadeIn(dot), run_time=0.3)',
    more,
  ];
  const head = ['from manim import *', 'from teaching_scene import *', '', ''];
  const body = [`class Section${section}Scene(TeachingScene):`, '    def construct(self):'];
  return fence('python', [...head, ...body, ...lines.map((line) => `        ${line}`), ''].join('\n'));
}

/** A model that does everything right, except where `answer` says something else. */
export function lessonModel(answer: (task: LessonTask) => string | null): (body: string) => string {
  return (body) => {
    const task = taskOf(body);
    const said = answer(task);
    if (said !== null) return said;
    if (task.task === 'outline' || task.task === 'storyboard') return jsonReply(lessonPlan(3));
    if (task.task === 'critique') return jsonReply({ problems: [] });
    return task.task === 'section_code' ? scene(task.section) : fence('python', task.lines.join('\n'));
  };
}
