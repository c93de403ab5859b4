import { firstDraft } from './drafts.ts';
import { directScene, type Lesson, type LessonShelf } from './lessons.ts';
import { flawsOnGrid, gridSize, mistakesOnGrid, onGrid } from './on-grid.ts';
import { OfflineRefusal } from './refusal.ts';
import { improve, mend } from './repair.ts';
import { type Evidence, readTask } from './task.ts';

/**
 * The author stands in for planner and coder on the embedded topics: it answers from lessons that were written for them,
 * with first drafts that hold real mistakes. It reads the one json block of the last user message, and nothing else.
 * Throws OfflineRefusal 422 when there is no block, no lesson, no such section, or the task is not served.
 */
export async function answerAsAuthor(shelf: LessonShelf, lastUserMessage: string): Promise<string> {
  const task = readTask(lastUserMessage);
  if (task.task === 'critique') {
    throw new OfflineRefusal(422, 'task_not_served', 'a critique is for the critic');
  }
  const lesson = await shelf.find(task.topic.title);
  if (lesson === undefined) {
    throw new OfflineRefusal(422, 'no_lesson', `there is no lesson for the topic "${task.topic.title}"`);
  }
  const grid = gridSize('anchors' in task ? task.anchors : undefined);
  switch (task.task) {
    case 'outline':
      return `Here is an outline that goes from a first idea to its use.\n\n${fence('json', json(lesson.outline))}`;
    case 'storyboard':
      return fence('json', json(lesson.storyboard));
    case 'shots':
      return fence('json', json({ shots: shotsOf(lesson, task.shots) }));
    case 'scene_code':
      return fence('python', onGrid(await directScene(lesson), grid));
    case 'section_code':
      return task.error || task.code
        ? regenerated(lesson, task.section.id, task)
        : draft(lesson, task.section.id, grid);
    case 'rewrite':
      return rewritten(lesson, task.section.id, task);
    case 'repair':
      return repaired(lesson, task.section?.id ?? null, task);
  }
}

/** As many shots as are wanted, from the animations of the storyboard, evenly taken. */
function shotsOf(lesson: Lesson, count: number) {
  const scenes = lesson.storyboard.sections.flatMap(({ title, animations }) => {
    return animations.map((animation) => ({ title, prompt: `On a black ground: ${animation}` }));
  });
  return Array.from({ length: count }, (_, i) => scenes[Math.floor((i * scenes.length) / count)]);
}

async function draft(lesson: Lesson, section: string, grid: number): Promise<string> {
  const code = await firstDraft(lesson, section);
  if (code !== undefined) return fence('python', onGrid(code, grid));
  throw new OfflineRefusal(422, 'no_section', `the lesson "${lesson.title}" has no section "${section}"`);
}

/** A section that is written anew after an error is the code that was sent, whole, with the mistake mended. */
function regenerated(lesson: Lesson, section: string, evidence: Evidence): string {
  const lines = (evidence.code ?? []).map(({ line }) => line);
  const whole = { kind: 'section', start: Math.min(...lines), end: Math.max(...lines) };
  return repaired(lesson, section, { ...evidence, scope: lines.length === 0 ? null : whole });
}

function repaired(lesson: Lesson, section: string | null, evidence: Evidence): string {
  const mistakes = mistakesOnGrid(lesson, gridSize(evidence.anchors)).filter(
    (mistake) => section === null || mistake.section === section,
  );
  const mended = mend(mistakes, evidence);
  return mended === null ? insufficient : fence('python', mended.join('\n'));
}

/** A block with a flaw of the lesson is answered without it. */
function rewritten(lesson: Lesson, section: string, evidence: Evidence): string {
  const flaws = flawsOnGrid(lesson, gridSize(evidence.anchors)).filter((flaw) => flaw.section === section);
  const better = improve(flaws, evidence);
  return better === null ? insufficient : fence('python', better.join('\n'));
}

const insufficient =
  'The context is insufficient: I cannot tell from it what went wrong. I need the error with its type and line, ' +
  'the failing lines of the code, and the scope that I may change.';

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.replace(/\n+$/, '')}\n\`\`\``;
}
