import { stageArea } from '../../../harness/media/layout/measure.ts';
import type { ChatRequest } from '../../../harness/models/chat.ts';
import { askStructured } from '../../../harness/models/structured.ts';
import type { Geometry } from '../../../harness/render/geometry.ts';
import type { Studio } from '../../method.ts';
import { linesOf } from '../scope-refine/scopes.ts';
import type { AnchorMode } from '../settings.ts';
import { critiqueForm, type Problem, readCritique } from './critique.ts';
import { occupancyOf } from './occupancy.ts';
import { pictures } from './pictures.ts';
import { anchorsFor } from './stage.ts';
import type { TableRow } from './table.ts';
import type { CriticTask } from './task.ts';

/** What an earlier round tried; where it did not help, the critic is told. */
export interface Tried {
  result: string;
  reason: string;
  edits: readonly unknown[];
}

/** What a critique is about. */
export interface Shown {
  round: number;
  code: string;
  folder: string;
  geometry: Geometry;
  table: readonly TableRow[];
  tried: readonly Tried[];
}

/** A critic's answer, or why it is none; `failures` counts those that could not be used. */
export type Critique = { failures: number } & (
  | { ok: true; problems: Problem[] }
  | { ok: false; reason: string }
);

/**
 * Asks for a critique: the section with the anchors, its code, the occupancy table, and the frames at the table's moments
 * where the critic can see. An unusable answer costs one more request, which names what is wrong with it.
 */
export async function askCritic(
  shown: Shown,
  task: CriticTask,
  mode: AnchorMode,
  studio: Studio,
): Promise<Critique> {
  const data = critiqueData(shown, task, mode);
  const times = shown.table.map(({ timeS }) => timeS);
  const frames = await pictures(shown.folder, times, studio);
  const requestOf = (more: Record<string, unknown>): ChatRequest => {
    const text = studio.prompt('code2video/critique', { ...data, ...more });
    return { messages: [{ role: 'user', content: [...frames, { type: 'text', text }] }] };
  };
  const asked = await askStructured({
    request: requestOf({}),
    schema: critiqueForm,
    send: (request, attempt) => {
      const purpose = attempt === 1 ? 'critique' : 'critique_correction';
      return studio.chat('critic', request, { purpose, section: task.section.id, attempt: shown.round });
    },
    read: readCritique,
    correct: (problem, answer) => requestOf({ problem, answer }),
  });
  if (!asked.ok) return { ok: false, reason: asked.problem, failures: asked.asked };
  return { ok: true, problems: asked.value, failures: asked.asked - 1 };
}

function critiqueData({ round, code, geometry, table, tried }: Shown, task: CriticTask, mode: AnchorMode) {
  const box = ([left, bottom, right, top]: readonly [number, number, number, number]) => ({
    left,
    bottom,
    right,
    top,
  });
  const { id, title, lectureLines, animations } = task.section;
  const inVain = tried.filter(({ result }) => result !== 'kept');
  return {
    task: 'critique',
    topic: { title: task.title },
    section: { id, title, lectureLines, animations },
    round,
    anchors: anchorsFor(mode),
    stage: box(stageArea),
    frame: box(geometry.samples[0]?.frame ?? [-7.111, -4, 7.111, 4]),
    code: linesOf(code).map((text, i) => ({ line: i + 1, text })),
    occupancy: occupancyOf(table),
    ...(inVain.length === 0 ? {} : { tried: inVain }),
  };
}
