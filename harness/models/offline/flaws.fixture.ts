import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stageArea } from '../../media/layout/measure.ts';
import { textPx } from '../../media/layout/text-size.ts';
import { endsOf, visibleOf } from '../../media/layout/visible.ts';
import { type Geometry, readGeometry } from '../../render/geometry.ts';
import type { SceneFacts } from '../../render/inspection.ts';
import { openRenderer } from '../../render/manim-renderer.ts';
import { pythonVenv } from '../../render/python.ts';
import { openSandbox } from '../../render/sandbox/sandbox.ts';
import { testFolder } from '../../testing/folder.ts';
import { firstDraft } from './drafts.ts';
import type { Flaw, Lesson } from './lessons.ts';

const modulePath = join(import.meta.dirname, '../../../baselines/code2video/teaching_scene.py');
const modules = { 'teaching_scene.py': readFileSync(modulePath, 'utf8') };
const { signal } = new AbortController();

/** Renders a section with these flaws and none of its mistakes. */
export async function renderWith(lesson: Lesson, section: string, flaws: Flaw[]) {
  const renderer = openRenderer({ sandbox: await openSandbox(), python: { venv: pythonVenv() } });
  const code = (await firstDraft({ ...lesson, mistakes: [], flaws }, section)) ?? '';
  const scene = { code, className: `Section${section.slice('section_'.length)}Scene`, modules };
  const inspected = await renderer.inspect(scene, { signal });
  const folder = testFolder();
  const rendered = await renderer.render(scene, { quality: 'low', folder, signal });
  if (!inspected.ok) throw new Error(inspected.error.message);
  if (!rendered.ok) throw new Error(rendered.error.message);
  const geometry = await readGeometry(join(folder, 'geometry.json'));
  if (geometry === null) throw new Error('the render left no geometry');
  return { code, facts: inspected, geometry };
}

/**
 * What a critic is asked about such a render. The whole section counts as one block, and a line is that of the last
 * placement: enough for one picture; the method's own table knows more.
 */
export function questionOf(geometry: Geometry, { placements }: Pick<SceneFacts, 'placements'>): string {
  const ends = endsOf(geometry).map(({ sample }) => sample);
  const elements = ends.flatMap((sample, at) =>
    visibleOf(sample).map(({ object, place, kind }) => {
      const placed = placements.findLast(
        (placement) => placement.assigned === object.name || placement.object?.text === object.name,
      );
      const text = object.text === undefined ? {} : { text: object.text, text_px: textPx(object, sample) };
      const { name: element, box } = object;
      return { element, line: placed?.line ?? null, place, kind, box, ...text, seen: [at + 1] };
    }),
  );
  const edges = ([left, bottom, right, top]: readonly [number, number, number, number]) => ({
    ...{ left, bottom, right, top },
  });
  const cells = [...'ABCDEF'].flatMap((row, y) =>
    [0, 1, 2, 3, 4, 5].map((x) => ({ cell: `${row}${x + 1}`, x: x + 0.5, y: 2.2 - y })),
  );
  const moments = ends.map(({ timeS }, at) => ({ moment: at + 1, time_s: timeS, block: 1 }));
  const bounds = { stage: edges(stageArea), frame: edges(ends[0]?.frame ?? [-7.11, -4, 7.11, 4]) };
  const occupancy = { moments, elements };
  const question = { task: 'critique', anchors: { mode: '6x6', cells }, ...bounds, occupancy };
  return `\`\`\`json\n${JSON.stringify(question).replaceAll('`', '\\u0060')}\n\`\`\``;
}
