import type { SceneFacts } from '../../harness/render/inspection.ts';
import { sceneColors, sceneMethods } from './reference.ts';

const mostNames = 60;

/**
 * What some lines may use beside Manim: names of the file that are bound by their end, and those of `teaching_scene` that
 * the coder was told of in its reference.
 */
export function namesFor(
  { names, functions }: Pick<SceneFacts, 'names' | 'functions'>,
  scope: { start: number; end: number },
  reference: string,
): string[] {
  const around = functions.filter((f) => f.start <= scope.start && scope.end <= f.end).map((f) => f.name);
  const visible = names.filter(
    ({ scope: owner, line }) =>
      owner === '<module>' || owner === 'self' || (around.includes(owner) && line <= scope.end),
  );
  const own = visible.map(({ name, scope: owner }) => (owner === 'self' ? `self.${name}` : name));
  const methods = sceneMethods().map(({ name, parameters }) => ({
    name,
    use: `self.${name}(${parameters})`,
  }));
  const colors = sceneColors().map(({ name }) => ({ name, use: name }));
  const told = [...methods, ...colors].filter(({ name }) => new RegExp(`\\b${name}\\b`).test(reference));
  return [...[...new Set(own)].slice(-mostNames), ...told.map(({ use }) => use)];
}
