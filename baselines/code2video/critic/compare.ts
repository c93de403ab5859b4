import { z } from 'zod';
import type { LayoutMeasure } from '../../../harness/media/layout/measure.ts';
import { schemaOf } from '../../../harness/models/reply-schema.ts';
import { askStructured, readJson } from '../../../harness/models/structured.ts';
import type { Studio } from '../../method.ts';
import type { Asked } from './edits.ts';
import { pictures } from './pictures.ts';
import type { TableRow } from './table.ts';
import type { CriticTask } from './task.ts';

const verdictSchema = z.object({ better: z.enum(['before', 'after', 'same']) });
const verdictForm = schemaOf('verdict', verdictSchema);

/** One side of a comparison. */
export interface Side {
  folder: string;
  measure: LayoutMeasure;
  table: readonly TableRow[];
}

/** Pictures of each side. */
const mostPictures = 6;

/** Asks the critic which of two renders is better; `null` where its answer cannot be read, asked again included. */
export async function compareByCritic(
  before: Side,
  after: Side,
  edits: readonly Asked[],
  round: number,
  task: CriticTask,
  studio: Studio,
): Promise<'before' | 'after' | 'same' | null> {
  const text = studio.prompt('code2video/compare', {
    task: 'compare',
    topic: { title: task.title },
    section: { id: task.section.id, title: task.section.title },
    edits: edits.map(({ edit }) => edit),
    before: { layout: before.measure },
    after: { layout: after.measure },
  });
  const [old, edited] = [
    await pictures(before.folder, timesOf(before), studio, 'Before: frame'),
    await pictures(after.folder, timesOf(after), studio, 'After: frame'),
  ];
  const content = [...old, ...edited, { type: 'text' as const, text }];
  const asked = await askStructured({
    request: { messages: [{ role: 'user', content }] },
    schema: verdictForm,
    send: (request, attempt) => {
      const purpose = attempt === 1 ? 'compare' : 'compare_correction';
      return studio.chat('critic', request, { purpose, section: task.section.id, attempt: round });
    },
    read: ({ text }) => readJson(text, verdictSchema),
  });
  return asked.ok ? asked.value.better : null;
}

/** The last moment of each block, at most six. */
function timesOf({ table }: Side): number[] {
  const last = table.filter(({ block }, i) => table[i + 1]?.block !== block);
  return last.slice(-mostPictures).map(({ timeS }) => timeS);
}
