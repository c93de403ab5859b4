import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { type Geometry, readGeometry } from './geometry.ts';
import { openRenderer } from './manim-renderer.ts';
import { pythonVenv } from './python.ts';
import { openSandbox } from './sandbox/sandbox.ts';
import { lesson } from './scenes.fixture.ts';

const renderer = openRenderer({ sandbox: await openSandbox(), python: { venv: pythonVenv() } });

/** The geometry of a scene with these lines. */
async function geometryOf(...lines: string[]): Promise<Geometry> {
  using folder = temporaryFolder();
  const { signal } = new AbortController();
  const result = await renderer.render(lesson(...lines), { quality: 'low', folder: folder.path, signal });
  if (!result.ok) throw new Error(result.error.message);
  const geometry = await readGeometry(result.files.geometry);
  if (geometry === null) throw new Error('the render left no geometry');
  return geometry;
}

it('counts each figure of a film once, however it is grouped and though it is gone later', async () => {
  const geometry = await geometryOf(
    'dot, ring, axes = Dot(), Circle(), Axes()',
    'self.play(FadeIn(dot, ring), run_time=0.2)',
    'self.remove(ring)',
    "marks = VGroup(axes, VGroup(Square(), Text('mark')), Dot().set_opacity(0.1))",
    'self.play(FadeIn(VGroup(dot, marks)), run_time=0.2)',
    'self.wait(0.2)',
  );
  const counts = geometry.samples.flatMap(({ phase, figures }) => (phase === 'end' ? [figures] : []));
  expect(counts).toEqual([2, 4, 4]);
});

it('tells the title of the scene from a variable of that name, and sees pictures and odd colours', async () => {
  const geometry = await geometryOf(
    "self.title = heading = Text('Heading')",
    "title = Text('on the stage')",
    'picture = ImageMobject(np.uint8([[0, 100], [200, 50]]))',
    "odd = Dot().set_color(ManimColor((float('nan'), 0, 0)))",
    'self.add(self.title, title, picture, odd)',
    'self.wait(0.2)',
  );
  expect(geometry.problems).toEqual([]);
  expect(geometry.samples.at(-1)?.objects.map(({ name, opacity }) => [name, opacity])).toEqual([
    ['self.title', 1],
    ['title', 1],
    ['picture', 1],
    ['odd', 1],
  ]);
});
