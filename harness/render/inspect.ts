import { readFile } from 'node:fs/promises';
import { MmmcError } from '../store/errors.ts';
import { type Inspection, readInspection } from './inspection.ts';
import { pythonProgram } from './python.ts';
import type { Scene } from './renderer.ts';
import type { Sandbox, SandboxLimits } from './sandbox/port.ts';
import { describeVerdict } from './sandbox/port.ts';
import { sceneError } from './worker-result.ts';
import { type Workspace, withWorkspace } from './workspace.ts';

const program = [
  'inspect_scene.py',
  'scene_checks.py',
  'scene_facts.py',
  'scene_scopes.py',
  'scene_types.py',
  'scene_unit.py',
  'manim_names.json',
] as const;

/** Isolated, without the installed packages and their start-up: the inspection needs Python's own library only. */
const flags = ['-I', '-S', '-B'];
const maxInspectionBytes = 4 * 1024 ** 2;
const maxCodeBytes = 512 * 1024;
const defaultLimits = { cpuSeconds: 10, wallSeconds: 50 } satisfies Partial<SandboxLimits>;

export interface InspectorOptions {
  /** The sandbox, or a warm process in it, whose jobs then lie in `jobs`. */
  sandbox: Pick<Sandbox, 'run'>;
  jobs?: string | undefined;
  python: { venv: string };
  limits?: Partial<SandboxLimits>;
}

const noFacts = {
  className: null,
  names: [],
  blocks: [],
  statements: [],
  functions: [],
  placements: [],
  imports: [],
};

/**
 * Looks at a scene without running any of it: syntax, names, attributes of Manim's classes, imports, and the facts that
 * repairs and edits rest on. Throws MmmcError `inspection_failed` when the inspecting program fails, which is ours.
 */
export async function inspectScene(
  { sandbox, jobs, python, limits }: InspectorOptions,
  scene: Scene,
  { signal }: { signal: AbortSignal },
): Promise<Inspection> {
  if (Buffer.byteLength(scene.code) > maxCodeBytes) return tooLong();
  return withWorkspace(
    (space) =>
      withWorkspace(async (trusted) => {
        await writeInputs(scene, space, trusted);
        const ran = await sandbox.run({
          argv: [pythonProgram(python.venv), ...flags, '/trusted/inspect_scene.py'],
          folder: space.folder,
          readOnly: { [python.venv]: python.venv, [trusted.folder]: '/trusted' },
          limits: { ...defaultLimits, ...limits },
          short: true,
          signal,
        });
        const { wallMs, cpuMs, queuedMs } = ran;
        if (ran.verdict.kind === 'killed') return unfinished(ran.verdict.limit, { wallMs, cpuMs, queuedMs });
        const text = (await space.read('inspection.json', maxInspectionBytes))?.toString('utf8') ?? '';
        const inspection = readInspection(text, { wallMs, cpuMs, queuedMs });
        if (inspection !== null) return inspection;
        const said = ran.stderr.toString('utf8').trim().slice(-500);
        throw new MmmcError(
          'inspection_failed',
          `the inspection of a scene ended (${describeVerdict(ran.verdict)}) without a result: ${said}`,
        );
      }, jobs),
    jobs,
  );
}

async function writeInputs(scene: Scene, space: Workspace, trusted: Workspace): Promise<void> {
  const files = program.map(async (name) =>
    trusted.write(name, await readFile(new URL(`worker/${name}`, import.meta.url))),
  );
  const modules = Object.entries(scene.modules ?? {}).map(([name, text]) =>
    trusted.write(`modules/${name}`, text),
  );
  await Promise.all([
    ...files,
    ...modules,
    space.write('scene.py', scene.code),
    space.write('job.json', JSON.stringify({ class_name: scene.className })),
  ]);
}

function failed(
  message: string,
  kind: 'static' | `killed:${'cpu' | 'wall' | 'memory'}`,
  cost: Inspection['cost'],
) {
  const error = sceneError(kind, message);
  return { ok: false, error, problems: [error], facts: noFacts, cost } as const;
}

function tooLong(): Inspection {
  const message = `The code is longer than ${maxCodeBytes / 1024} KiB: no section needs that.`;
  return failed(message, 'static', { wallMs: 0, cpuMs: 0, queuedMs: 0 });
}

/** Code made to be hard to parse is its author's failure, as a render that never ends is. */
function unfinished(limit: string, cost: Inspection['cost']): Inspection {
  const kind = limit === 'memory' || limit === 'wall' ? (`killed:${limit}` as const) : 'killed:cpu';
  return failed('Reading the code took more than it is allowed.', kind, cost);
}
