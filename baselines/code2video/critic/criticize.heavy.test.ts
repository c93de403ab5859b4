import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSandbox } from '../../../harness/render/sandbox/sandbox.ts';
import { testFolder } from '../../../harness/testing/folder.ts';
import { teachingModule } from '../reference.ts';
import { critique, task as lightTask } from './critic.fixture.ts';
import { renderingStudio } from './rendered.fixture.ts';
import { criticize } from './rounds.ts';

const code = `from manim import *
from teaching_scene import *


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout("Labels", ["First the sides", "Then a long line that is broken into two rows of words"])
        self.line(1)
        triangle = self.place_in(Triangle(color=FIRST), "C2", "E4")
        top = self.place_at(Text("top corner", font_size=30), "B3")
        name = self.place_at(Text("a triangle", font_size=30), "B3")
        self.play(FadeIn(triangle), FadeIn(top), FadeIn(name), run_time=0.4)

        self.line(2)
        self.play(FadeIn(Text("inline", font_size=30).to_edge(RIGHT)), run_time=0.4)
        self.wait(0.6)
`;
const lectureLines = ['First the sides', 'Then a long line that is broken into two rows of words'];
const task = {
  ...lightTask,
  section: { ...lightTask.section, lectureLines, animations: ['Label it', 'One more'] },
  modules: { 'teaching_scene.py': teachingModule() },
};
const moves = (to: string) =>
  critique({
    ...{
      kind: 'overlap',
      object: 'name',
      with: 'top',
      time_s: 0.9,
      severity: 'high',
      explanation: 'one over the other',
    },
    edit: { action: 'move', object: 'name', line: 11, to },
  });

it('golden: critic: a rendered overlap is moved away and kept; moved onto another thing it is rolled back, code and video', async () => {
  const folder = testFolder();
  const { studio, sent, kept } = renderingStudio(await openSandbox(), folder, [moves('F3'), moves('B3')]);
  const rendered = await studio.render({ code, ...task }, 'section_1', { purpose: 'scene' });
  expect(rendered).toMatchObject({ ok: true });
  const settings = { anchors: '6x6', critic: { rounds: 2, compares: false } } as const;
  const outcome = await criticize({ code, folder: 'section_1' }, task, settings, studio);

  expect(outcome.rounds.map(({ result }) => result)).toEqual(['kept', 'rolled_back']);
  const [first, second] = outcome.rounds;
  expect(first?.before?.textOverlap).toBeGreaterThan(0.5);
  expect(first?.after?.textOverlap).toBe(0);
  expect(second?.after?.textOverlap).toBe(first?.before?.textOverlap);
  expect(outcome.code).toBe(
    code.replace('("a triangle", font_size=30), "B3"', '("a triangle", font_size=30), "F3"'),
  );
  expect(outcome.folder).toBe('section_1/round_1');
  expect(existsSync(join(folder, outcome.folder, 'video.mp4'))).toBe(true);
  expect(existsSync(join(folder, 'section_1/round_2/video.mp4'))).toBe(true);
  expect(kept('section_1/critique.2.json')).toMatchObject({ result: 'rolled_back' });

  const table = kept('section_1/occupancy.1.json');
  expect(table.map(({ block }: { block: number }) => block)).toEqual([1, 2, 2]);
  const elements: { element: string }[] = table.at(-1).elements;
  const named = (name: string) => elements.find(({ element }) => element === name);
  expect(named('name')).toMatchObject({
    line: 11,
    place: 'stage',
    text: 'a triangle',
    anchors: ['B2', 'B3', 'B4'],
  });
  expect(named('triangle')).toMatchObject({ line: 9, kind: 'loose' });
  expect(elements.find((e) => 'text' in e && e.text === 'inline')).toMatchObject({
    element: 'Text',
    line: 15,
  });
  const pictures = sent[0]?.content.filter(({ type }) => type === 'image');
  expect(pictures).toHaveLength(table.length);
});
