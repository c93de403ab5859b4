import { teachingLesson } from '../../../harness/render/inspect.fixture.ts';
import { inspectScene } from '../../../harness/render/inspect.ts';
import { pythonVenv } from '../../../harness/render/python.ts';
import { openSandbox } from '../../../harness/render/sandbox/sandbox.ts';
import { teachingModule } from '../reference.ts';
import type { AnchorMode } from '../settings.ts';
import type { Edit } from './critique.ts';
import { applyEdits } from './edits.ts';
import { Source } from './source.ts';
import type { TableRow } from './table.ts';

const modules = { 'teaching_scene.py': teachingModule() };
/** Opened once for all tests of a file. */
const sandbox = openSandbox();
const inspect = async (code: string) =>
  inspectScene(
    { sandbox: await sandbox, python: { venv: pythonVenv() } },
    { code, className: 'Lesson', modules },
    { signal: new AbortController().signal },
  );

/** A word without a variable, as the table would list it: in line 7 of these scenes. */
const words: TableRow = {
  timeS: 1,
  block: 1,
  elements: [
    {
      ...{ element: 'Text', line: 7, place: 'stage', kind: 'text', text: 'hi' },
      ...{ box: [0, 0, 1, 1], anchors: [], scale: null },
    },
  ],
};

/**
 * Edits a lesson that has these lines from line 6 on, and inspects what comes of it. `all`: the lines as edited, `changed`:
 * those of them that were not there before.
 */
export async function edited(lines: string[], edits: Edit[], mode: AnchorMode = '6x6') {
  const code = teachingLesson(...lines);
  const before = await inspect(code);
  if (!before.ok) throw new Error(before.error.message);
  const problem = { kind: 'other', object: '', severity: 'medium', explanation: '' } as const;
  const problems = edits.map((edit) => ({ ...problem, edit }));
  const result = applyEdits(problems, { source: new Source(code, before), table: [words] }, mode);
  const after = await inspect(result.code);
  if (!after.ok) throw new Error(`${after.error.message}\n${result.code}`);
  const old = code.split('\n');
  const now = result.code.split('\n').slice(5, -1);
  const changed = now.filter((line) => !old.includes(line)).map((line) => line.slice(8));
  return { ...result, changed, all: now.map((line) => line.slice(8)) };
}

/** An edit that moves an object. */
export const to = (object: string, cell: Extract<Edit, { action: 'move' }>['to'], line?: number): Edit => ({
  ...{ action: 'move', object, to: cell },
  ...(line === undefined ? {} : { line }),
});
