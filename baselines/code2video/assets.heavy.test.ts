import { createCanvas, loadImage } from 'canvas';
import { beforeAll, expect, it } from 'vitest';
import { openIconifyJson } from '../../harness/assets/iconify-json.ts';
import { chooseFrames } from '../../harness/media/frames.ts';
import { readGeometry } from '../../harness/render/geometry.ts';
import { openRenderer } from '../../harness/render/manim-renderer.ts';
import { pythonVenv } from '../../harness/render/python.ts';
import type { Renderer, Scene } from '../../harness/render/renderer.ts';
import type { Sandbox } from '../../harness/render/sandbox/port.ts';
import { openSandbox } from '../../harness/render/sandbox/sandbox.ts';
import { temporaryFolder } from '../../harness/testing/folder.ts';
import { assetName } from './assets.ts';
import { teachingModule } from './reference.ts';

const { signal } = new AbortController();
let sandbox: Sandbox;
let renderer: Renderer;
beforeAll(async () => {
  sandbox = await openSandbox();
  renderer = openRenderer({ sandbox, python: { venv: pythonVenv() } });
});

/** Two icons of each shipped set, by what one would ask for. */
const wishes = ['stethoscope', 'hospital', 'test tube', 'abacus', 'light bulb', 'mending heart'];
const cells = ['A1', 'A3', 'A5', 'D1', 'D3', 'D5'];

async function scene(...body: string[]): Promise<Scene & { sets: string[] }> {
  const icons = openIconifyJson();
  const modules: Record<string, string> = { 'teaching_scene.py': teachingModule() };
  const sets: string[] = [];
  for (const wish of wishes) {
    const found = await icons.find(wish, signal);
    modules[`${assetName(wish)}.svg`] = found?.svg ?? '';
    sets.push(found?.source.set ?? 'none');
  }
  const head = ['from manim import *', 'from teaching_scene import *', 'class S(TeachingScene):'];
  const code = [...head, ' def construct(self):', ...body.map((line) => `  ${line}`), ''].join('\n');
  return { code, className: 'S', modules, sets };
}

it('icons of every shipped set are drawn where they are placed, in the size that was asked for', async () => {
  using folder = temporaryFolder();
  const { sets, ...shown } = await scene(
    'self.setup_layout("Icons", ["One line"])',
    `places = dict(zip(${JSON.stringify(wishes)}, ${JSON.stringify(cells)}))`,
    'for wish in places:',
    '  icon = self.asset(wish, height=2)',
    '  assert 1.99 < max(icon.width, icon.height) < 2.01',
    '  self.place_at(icon, places[wish], scale=0.5)',
    '  self.add(icon)',
    'self.wait(2)',
  );
  expect([...new Set(sets)].sort()).toEqual(['Material Design Icons', 'OpenMoji', 'Tabler Icons']);
  const rendered = await renderer.render(shown, { quality: 'low', folder: folder.path, signal });
  if (!rendered.ok) expect.unreachable(rendered.error.message);
  const geometry = await readGeometry(rendered.files.geometry);
  const icons = geometry?.samples.at(-1)?.objects.filter((object) => object.class === 'Icon') ?? [];
  expect(icons).toHaveLength(wishes.length);
  const [frame] = await chooseFrames(sandbox, rendered.files.video);
  const brightness = await pixelsOf(frame?.jpeg ?? new Uint8Array());
  for (const { box } of icons) {
    const side = Math.max(box[2] - box[0], box[3] - box[1]);
    // What is seen may be a little smaller than the points that it is drawn with.
    expect(side > 0.85 && side < 1.05).toBe(true);
    // Lines are thin: a tenth of the area is bright where something is drawn, nothing where nothing is.
    expect(brightness(box)).toBeGreaterThan(0.1);
  }
  expect(brightness([0, -3.2, 6, -2])).toBe(0);
});

it('a name that is not there is refused with those that are, before anything is drawn', async () => {
  const shown = await scene('self.setup_layout("T", ["a"])', 'self.add(self.asset("Robot"))');
  const checked = await renderer.check(shown, { signal });
  expect(checked).toMatchObject({
    error: {
      type: 'ValueError',
      message:
        "no asset 'Robot': there are abacus, hospital, light-bulb, mending-heart, stethoscope, test-tube",
    },
  });
  expect(await renderer.inspect(shown, { signal })).toMatchObject({ ok: true });
  const without = { ...shown, modules: { 'teaching_scene.py': teachingModule() } };
  expect(await renderer.check(without, { signal })).toMatchObject({
    error: { message: "no asset 'Robot': none was found for this section" },
  });
});

/** The share of a box, in units of the frame, that is brighter than black. */
async function pixelsOf(jpeg: Uint8Array): Promise<(box: readonly number[]) => number> {
  const image = await loadImage(Buffer.from(jpeg));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const unit = image.height / 8;
  return ([left = 0, bottom = 0, right = 0, top = 0]) => {
    const at = [image.width / 2 + left * unit, image.height / 2 - top * unit] as const;
    const { data } = context.getImageData(...at, (right - left) * unit, (top - bottom) * unit);
    const greens = data.filter((_, i) => i % 4 === 1);
    return greens.filter((green) => green > 64).length / greens.length;
  };
}
