import { z } from 'zod';
import { schemaOf } from '../../harness/models/reply-schema.ts';
import { readJson } from '../../harness/models/structured.ts';
import type { Slot } from '../../harness/store/plan-file.ts';
import { defineMetric, type MeasureInput, type MeasureOutcome, type MeasureStudio } from '../metric.ts';
import { askJudge } from './ask.ts';
import { compareAesthetics } from './compare.ts';
import { readJudgement } from './grammar.ts';
import { promptOf, type Rubric, rubricNames, rubricOf, rubrics } from './rubrics.ts';
import { scoreAesthetics } from './score.ts';
import { type Settings, settingsSchema } from './settings.ts';
import { planAesthetics } from './slots.ts';

/** A VLM as judge of each video (paper, section 3.3); beside it what judges are worth, and other ways of judging. */
export const aesthetics = defineMetric<Settings>({
  name: 'aesthetics',
  version: '1',
  settings: settingsSchema,
  endpoints: ({ judges, proxies }) =>
    [...judges, ...proxies].map((endpoint) => ({ role: 'judge', endpoint })),
  prompts: [...rubricNames.map(promptOf), 'aesthetics/pairwise', 'aesthetics/checklist'],
  slots: planAesthetics,
  estimate: () => ({ judge: 1 }),
  measure: (slot, input, studio, settings) => {
    if (slot.arm === 'pairwise') return measurePair(slot, input, studio);
    if (slot.arm === 'checklist')
      return measureChecklist(slot, input, studio, settings.checklists[input.topic.slug] ?? []);
    return measureVideo(slot, input, studio);
  },
  score: scoreAesthetics,
  compares: compareAesthetics,
});

async function measureVideo(slot: Slot, input: MeasureInput, studio: MeasureStudio): Promise<MeasureOutcome> {
  const rubric = rubrics[rubricOf(slot.prompt)];
  const text = studio.prompt(slot.prompt, { topic: input.topic.title });
  const content = [...(input.video?.content ?? []), { type: 'text' as const, text }];
  const read = ({ text }: { text: string }) => {
    const found = readJudgement(text, rubric);
    return found.ok ? { ok: true as const, value: found.judgement } : found;
  };
  return askJudge(studio, { content, schema: formOf(rubric), read }, (verdicts, reply) =>
    studio.judge({ reply, verdicts }),
  );
}

function formOf({ dimensions, least, most }: Rubric) {
  const verdict = z.strictObject({
    score: z.number().min(least).max(most),
    reason: z.string(),
    timeS: z.number(),
  });
  return schemaOf('judgement', z.strictObject(Object.fromEntries(dimensions.map((name) => [name, verdict]))));
}

const pairSchema = z.object({ better: z.enum(['first', 'second', 'tie']), reason: z.string().default('') });
const pairForm = schemaOf(
  'comparison',
  z.strictObject({ better: z.enum(['first', 'second', 'tie']), reason: z.string() }),
);
const preferences = { first: 1, tie: 0, second: -1 } as const;

/** Which of two videos of a topic is better: kept as 1 for the first, -1 for the second, 0 for a tie. */
async function measurePair(slot: Slot, input: MeasureInput, studio: MeasureStudio): Promise<MeasureOutcome> {
  const said = (text: string) => ({ type: 'text' as const, text });
  const content = [
    ...[said('The first video:'), ...(input.video?.content ?? [])],
    ...[said('The second video:'), ...(input.second?.content ?? [])],
    said(studio.prompt(slot.prompt, { topic: input.topic.title })),
  ];
  const read = ({ text }: { text: string }) => readJson(text, pairSchema);
  return askJudge(studio, { content, schema: pairForm, read }, (value, reply) => {
    if (value !== null)
      studio.observe({ facts: { preference: preferences[value.better] }, notes: [value.reason, reply] });
  });
}

const listSchema = z.object({
  items: z.array(z.object({ item: z.int(), shown: z.boolean(), reason: z.string().default('') })),
});
const listForm = schemaOf(
  'checklist',
  z.strictObject({
    items: z.array(z.strictObject({ item: z.int(), shown: z.boolean(), reason: z.string() })),
  }),
);

/** Which of a topic's facts a video shows: kept as the number of them, and of those shown. */
async function measureChecklist(
  slot: Slot,
  input: MeasureInput,
  studio: MeasureStudio,
  items: readonly string[],
): Promise<MeasureOutcome> {
  const list = items.map((item, i) => `${i + 1}. ${item.replace(/\s+/g, ' ')}`).join('\n');
  const text = studio.prompt(slot.prompt, { topic: input.topic.title, items: list });
  const content = [...(input.video?.content ?? []), { type: 'text' as const, text }];
  const read = ({ text: reply }: { text: string }) => {
    const found = readJson(reply, listSchema);
    if (!found.ok) return found;
    const numbers = found.value.items.map(({ item }) => item).sort((a, b) => a - b);
    const complete = numbers.length === items.length && numbers.every((number, i) => number === i + 1);
    return complete
      ? found
      : { ok: false as const, problem: `each of the ${items.length} items must be named once` };
  };
  return askJudge(studio, { content, schema: listForm, read }, (value, reply) => {
    if (value === null) return;
    const shown = value.items.filter((item) => item.shown);
    const missing = value.items.filter((item) => !item.shown).map(({ item }) => items[item - 1] ?? '');
    studio.observe({ facts: { items: items.length, shown: shown.length }, notes: [...missing, reply] });
  });
}
