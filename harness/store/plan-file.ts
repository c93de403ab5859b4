import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { bundleUnwritable, MmmcError } from './errors.ts';
import { fromDisk, toDisk } from './keys.ts';

/** One (method, topic, repeat). Its id hashes only what the method can see or run with. */
export const cellSchema = z.strictObject({
  id: z.string(),
  /** Key of the method in the config. */
  methodId: z.string(),
  topicId: z.string(),
  repeat: z.int(),
  /** Run on from a stage that a person edited: left out of tables unless asked for. */
  edited: z.strictObject({ stage: z.string(), sha256: z.string() }).optional(),
});
export type Cell = z.infer<typeof cellSchema>;

/** Videos that are made once, for controls: nothing, clouds, the topic's title, the title with an order to judges below it. */
export const controls = ['blank', 'noise', 'title_card', 'canary'] as const;
export type Control = (typeof controls)[number];

/** What is shown of a cell's video when it is not all: its texts and formulas, or all the rest. */
export const videoParts = ['text', 'animation'] as const;
export type VideoPart = (typeof videoParts)[number];

/** One planned act of measuring, all of it known before any video is there. */
export const slotSchema = z.strictObject({
  id: z.string(),
  metric: z.string(),
  arm: z.string().nullable(),
  topicId: z.string(),
  /** The cell whose video it reads; `null` for arms that need none. */
  cellId: z.string().nullable(),
  /** The cell of the second video, where a pair is measured. */
  secondCellId: z.string().optional(),
  /** What is shown in place of the cell's whole video. */
  shows: z
    .union([
      z.strictObject({ control: z.enum(controls) }),
      z.strictObject({ part: z.enum(videoParts) }),
      /** The dataset's video of the topic, by its hash. */
      z.strictObject({ human: z.string() }),
    ])
    .optional(),
  order: z.string(),
  /** Empty where no model is asked. */
  endpoint: z.string(),
  prompt: z.string(),
  repeat: z.int(),
});
export type Slot = z.infer<typeof slotSchema>;

/** What a dataset is built from and into: a catalogue's entry, a unit, …; met while building, never planned beforehand. */
export const itemSchema = z.strictObject({
  id: z.string(),
  /** What kind of item it is: the stage that made it. */
  stage: z.string(),
  /** For people. */
  label: z.string(),
});
export type Item = z.infer<typeof itemSchema>;

const lineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('cell'), ...cellSchema.shape }),
  z.strictObject({ type: z.literal('slot'), ...slotSchema.shape }),
  z.strictObject({ type: z.literal('item'), ...itemSchema.shape }),
  /** The current plan is the last of these lines; what it does not name stays on disk and out of tables. */
  z.strictObject({
    type: z.literal('plan'),
    schemaVersion: z.literal(1),
    time: z.string(),
    config: z.string(),
    cells: z.array(z.string()),
    slots: z.array(z.string()),
  }),
  /** Which measurement serves a slot; equal ids are one measurement. */
  z.strictObject({ type: z.literal('measurement'), id: z.string(), slot: z.string() }),
]);
type Line = z.infer<typeof lineSchema>;

/** The plan as plan.jsonl tells it. */
export interface StoredPlan {
  cells: readonly Cell[];
  slots: readonly Slot[];
  /** Hash of the config that planned it. */
  config: string | null;
  measurements: ReadonlyMap<string, string>;
  /** Everything that any config of this bundle ever planned. */
  known: {
    cells: ReadonlyMap<string, Cell>;
    slots: ReadonlyMap<string, Slot>;
    items: ReadonlyMap<string, Item>;
  };
}

/** Reads plan.jsonl; an absent file is an empty plan, a torn last line is passed over. */
export function readPlan(path: string): StoredPlan {
  const cells = new Map<string, Cell>();
  const slots = new Map<string, Slot>();
  const items = new Map<string, Item>();
  const measurements = new Map<string, string>();
  let plan: Extract<Line, { type: 'plan' }> | undefined;
  for (const line of readLines(path)) {
    if (line.type === 'cell') cells.set(line.id, cellSchema.strip().parse(line));
    else if (line.type === 'slot') slots.set(line.id, slotSchema.strip().parse(line));
    else if (line.type === 'item') items.set(line.id, itemSchema.strip().parse(line));
    else if (line.type === 'measurement') measurements.set(line.slot, line.id);
    else plan = line;
  }
  const named = <T>(ids: readonly string[] | undefined, all: Map<string, T>): T[] =>
    (ids ?? []).map((id) => {
      const found = all.get(id);
      if (found === undefined)
        throw new MmmcError('plan_damaged', `${path} names ${id} without describing it`);
      return found;
    });
  return {
    cells: named(plan?.cells, cells),
    slots: named(plan?.slots, slots),
    config: plan?.config ?? null,
    measurements,
    known: { cells, slots, items },
  };
}

function readLines(path: string): Line[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop();
  return lines.map((text, i) => {
    try {
      return lineSchema.parse(fromDisk(JSON.parse(text)));
    } catch (cause) {
      throw new MmmcError('plan_damaged', `${path}:${i + 1} is not a line of a plan`, { cause });
    }
  });
}

/** Appends lines to plan.jsonl in one write; a line torn by an earlier kill is cut off first. */
export function appendPlan(path: string, lines: readonly Line[]): void {
  if (lines.length === 0) return;
  try {
    cutTornLine(path);
    appendFileSync(path, lines.map((line) => `${JSON.stringify(toDisk(line))}\n`).join(''));
  } catch (cause) {
    throw bundleUnwritable(path, cause);
  }
}

/** Adds items to plan.jsonl as they are met, each once; the file stays open. Throws `bundle_unwritable`. */
export class PlanAppender {
  readonly #path: string;
  readonly #known: Set<string>;
  readonly #fd: number;

  constructor(path: string) {
    this.#path = path;
    try {
      cutTornLine(path);
      this.#known = new Set(readPlan(path).known.items.keys());
      this.#fd = openSync(path, 'a');
    } catch (cause) {
      throw cause instanceof MmmcError ? cause : bundleUnwritable(path, cause);
    }
  }

  add(item: Item): void {
    if (this.#known.has(item.id)) return;
    const line = Buffer.from(`${JSON.stringify({ type: 'item', ...item })}\n`);
    try {
      for (let done = 0; done < line.length; ) done += writeSync(this.#fd, line, done);
    } catch (cause) {
      throw bundleUnwritable(this.#path, cause);
    }
    this.#known.add(item.id);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function cutTornLine(path: string): void {
  if (!existsSync(path)) return;
  const content = readFileSync(path);
  const whole = content.lastIndexOf(0x0a) + 1;
  if (whole < content.length) truncateSync(path, whole);
}

/** What a plan adds to the file: cells and slots not yet described, then the plan itself if it changed. */
export function planLines(
  stored: StoredPlan,
  next: { cells: readonly Cell[]; slots: readonly Slot[]; config: string; time: string },
): Line[] {
  const cellIds = next.cells.map((c) => c.id);
  const slotIds = next.slots.map((s) => s.id);
  const same =
    stored.config === next.config &&
    cellIds.join() === stored.cells.map((c) => c.id).join() &&
    slotIds.join() === stored.slots.map((s) => s.id).join();
  if (same) return [];
  return [
    ...next.cells.filter((c) => !stored.known.cells.has(c.id)).map((c): Line => ({ type: 'cell', ...c })),
    ...next.slots.filter((s) => !stored.known.slots.has(s.id)).map((s): Line => ({ type: 'slot', ...s })),
    {
      type: 'plan',
      schemaVersion: 1,
      time: next.time,
      config: next.config,
      cells: cellIds,
      slots: slotIds,
    },
  ];
}
