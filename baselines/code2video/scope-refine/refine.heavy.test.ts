import { beforeAll, describe, expect, it } from 'vitest';
import { type Mistake, openLessonShelf } from '../../../harness/models/offline/lessons.ts';
import { openRenderer } from '../../../harness/render/manim-renderer.ts';
import { pythonVenv } from '../../../harness/render/python.ts';
import type { Renderer } from '../../../harness/render/renderer.ts';
import { openSandbox } from '../../../harness/render/sandbox/sandbox.ts';
import { refineDraft } from './author.fixture.ts';
import type { RefineOutcome } from './types.ts';

/* First drafts with real mistakes, mended by the offline author in the real renderer. refine.long.test.ts does all. */

const shelf = openLessonShelf();
let renderer: Renderer;
beforeAll(async () => {
  renderer = openRenderer({ sandbox: await openSandbox(), python: { venv: pythonVenv() } });
});

async function refine(title: string, id: string, { more = [], renders = true }: Options = {}) {
  const lesson = await shelf.find(title);
  if (lesson === undefined) throw new Error(`no lesson ${title}`);
  return refineDraft(renderer, { ...lesson, mistakes: [...lesson.mistakes, ...more] }, id, { renders });
}

interface Options {
  more?: readonly Mistake[];
  renders?: boolean;
}

const path = (outcome: RefineOutcome) => outcome.tries.map(({ scope, result }) => `${scope.kind} ${result}`);

/** A mistake that is met four statements behind its cause: a line scope there cannot hold both. */
const farCause: Mistake = {
  section: 'section_1',
  error: 'TypeError',
  stage: 'check',
  good: `        dimming = [bar.animate.set_fill(QUIET, 0.35) for bar in bars[:-1]]
        walk = marker.animate(rate_func=linear).shift(place(14) - place(0))
        self.play(FadeIn(marker), run_time=0.3)
        self.play(walk, LaggedStart(*dimming, lag_ratio=0.9), run_time=3)`,
  bad: `        dimming = [bar.set_fill(QUIET, 0.35) for bar in bars[:-1]]
        walk = marker.animate(rate_func=linear).shift(place(14) - place(0))
        self.play(FadeIn(marker), run_time=0.3)
        self.play(walk, LaggedStart(*dimming, lag_ratio=0.9), run_time=3)`,
  stuck: false,
  attempts: [],
};

describe('ScopeRefine mends first drafts of the shipped lessons', () => {
  it('at the line: a wrong name, found before anything runs; and its cause that stands elsewhere, in the block', async () => {
    const { outcome, prompts } = await refine('Binary search: halving the haystack', 'section_1', {
      more: [farCause],
      renders: false,
    });
    expect(path(outcome)).toEqual(['line other_error', 'line no_code', 'block mended']);
    expect(outcome.tries.map(({ failed }) => `${failed.kind} ${failed.type}`)).toEqual([
      'static NameError',
      'exception TypeError',
      'exception TypeError',
    ]);
    expect(outcome).toMatchObject({ checked: true, rendered: true, error: null });
    expect(prompts.every((prompt) => !prompt.includes('SHUFFLED = [25'))).toBe(true);
  });

  it('at the line: an error that only the render meets', async () => {
    const { outcome, draft } = await refine('Binary search: halving the haystack', 'section_3');
    expect(path(outcome)).toEqual(['line mended']);
    expect(outcome).toMatchObject({ checked: true, rendered: true });
    const changed = draft.split('\n').filter((line, i) => line !== outcome.code.split('\n')[i]);
    expect(changed).toHaveLength(1);
  });

  it('in the section: a scene without animation, which names no line', async () => {
    const { outcome } = await refine('The derivative as a slope', 'section_5', { renders: false });
    expect(path(outcome)).toEqual(['section mended']);
    expect(outcome.tries[0]?.failed).toMatchObject({ kind: 'no_animation', line: null });
  });
});
