import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { framesAt } from '../../../harness/media/frames.ts';
import { readGeometry } from '../../../harness/render/geometry.ts';
import { openRenderer } from '../../../harness/render/manim-renderer.ts';
import { pythonVenv } from '../../../harness/render/python.ts';
import type { Sandbox } from '../../../harness/render/sandbox/port.ts';
import type { Studio } from '../../method.ts';
import { scriptedStudio } from './critic.fixture.ts';

/** A studio with the real renderer in `folder`, whose critic answers from `replies` in turn and sees. */
export function renderingStudio(sandbox: Sandbox, folder: string, replies: readonly string[]) {
  const scripted = scriptedStudio(replies, true);
  const renderer = openRenderer({ sandbox, python: { venv: pythonVenv() } });
  const { signal } = scripted.studio;
  const studio: Studio = {
    ...scripted.studio,
    inspect: (scene) => renderer.inspect(scene, { signal }),
    check: (scene) => renderer.check(scene, { signal }),
    render: (scene, subfolder) => {
      mkdirSync(join(folder, subfolder), { recursive: true });
      return renderer.render(scene, { quality: 'low', folder: join(folder, subfolder), signal });
    },
    geometry: (subfolder) => readGeometry(join(folder, subfolder, 'geometry.json')),
    frames: (path, times = []) => framesAt(sandbox, join(folder, path), times),
    write: async (path, content) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
  };
  const kept = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  return { ...scripted, studio, kept };
}
