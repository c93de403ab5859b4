import { join } from 'node:path';
import { readCatalogue } from './catalogue.ts';
import { askCategory } from './category.ts';
import { type EntryResult, workOnEntry } from './entry-work.ts';
import { rulesOf } from './filter.ts';
import type { Funnel, Stage, State } from './funnel.ts';
import { inOrder } from './in-order.ts';
import type { CatalogueRow } from './row.ts';
import type { BuildShop } from './shop.ts';
import { StageFile } from './stage-file.ts';
import { type Draft, settleDuplicates } from './topic.ts';
import type { UnitTopic } from './types.ts';

/** Entries, and later units, under way at once; endpoints have their own, narrower limits. */
const atOnce = 32;

/** Told of each thing that a stage is done with. */
export type Noted = (stage: Stage, state: State, label: string, cause: string | null) => void;

/** Stages 1 to 5: from the catalogue to units with topic and category, with their files and their part of the funnel. */
export async function gatherTopics(shop: BuildShop, funnel: Funnel, noted: Noted): Promise<UnitTopic[]> {
  const book = new Book(shop, funnel, noted);
  const drafts = await book.readEntries();
  const settled = await settleDuplicates(shop, drafts);
  return book.nameCategories(settled);
}

/** Writes what each stage found. */
class Book {
  readonly #shop: BuildShop;
  readonly #funnel: Funnel;
  readonly #noted: Noted;
  readonly #folder: string;

  constructor(shop: BuildShop, funnel: Funnel, noted: Noted) {
    this.#shop = shop;
    this.#funnel = funnel;
    this.#noted = noted;
    this.#folder = join(shop.bundle.paths.folder, 'build');
  }

  /** Stages 1 to 3, and the drafts of 4, streamed: only units are kept. */
  async readEntries(): Promise<Draft[]> {
    const shop = this.#shop;
    const rules = rulesOf(shop.config.file.rules);
    const [rows, filtered, segments] = (['catalogue', 'filter', 'segment'] as const).map(
      (stage) => new StageFile(this.#folder, stage),
    );
    const work = async (row: CatalogueRow) => ({
      row,
      result: row.ok ? await workOnEntry(shop, rules, row.entry) : null,
    });
    const drafts: Draft[] = [];
    for await (const { row, result } of inOrder(readCatalogue(shop.config), atOnce, work)) {
      rows?.add(this.#catalogueLine(row));
      if (!row.ok || result === null) continue;
      filtered?.add(this.#filterLine(row, result));
      for (const line of result.segmented?.lines ?? []) {
        segments?.add(line);
        this.#count('segment', line.state, line.title, line.cause);
        if (line.cut?.note) this.#funnel.remark('segment', 'encoded_again');
      }
      drafts.push(...result.drafts);
    }
    for (const file of [rows, filtered, segments]) file?.close();
    return drafts;
  }

  /** Stage 4's file, and stage 5. */
  async nameCategories(drafts: readonly Draft[]): Promise<UnitTopic[]> {
    const [topics, categories] = (['topic', 'category'] as const).map(
      (stage) => new StageFile(this.#folder, stage),
    );
    const work = async (draft: Draft) => ({ draft, asked: await this.#askCategory(draft) });
    const made: UnitTopic[] = [];
    for await (const { draft, asked } of inOrder(drafts, atOnce, work)) {
      topics?.add(this.#topicLine(draft));
      if (draft.topic === null || asked === null) continue;
      categories?.add(this.#categoryLine(draft, asked));
      if (asked.state === 'kept')
        made.push({ unit: draft.unit, title: draft.topic, category: asked.category });
    }
    for (const file of [topics, categories]) file?.close();
    return made;
  }

  #count(stage: Stage, state: State, label: string, cause: string | null): void {
    this.#funnel.note(stage, state, cause);
    this.#noted(stage, state, label, cause);
  }

  #catalogueLine(row: CatalogueRow): object {
    if (!row.ok) {
      const { cause, message } = row.problem;
      this.#count('catalogue', 'dropped', row.where, cause);
      return { where: row.where, state: 'dropped', cause, message };
    }
    this.#count('catalogue', 'kept', row.entry.title, null);
    for (const note of row.notes) this.#funnel.remark('catalogue', note);
    return { where: row.where, state: 'kept', notes: row.notes, ...row.entry };
  }

  #filterLine({ entry }: Extract<CatalogueRow, { ok: true }>, result: EntryResult): object {
    const { state, cause, reason, segmented } = result;
    this.#count('filter', state, entry.title, cause);
    for (const note of segmented?.notes ?? []) this.#funnel.remark('segment', note.split(':')[0] ?? note);
    return { id: entry.id, title: entry.title, state, cause, reason, notes: segmented?.notes ?? [] };
  }

  #topicLine({ unit, topic, rejected, ended }: Draft): object {
    const state = ended?.state ?? 'kept';
    const { cause = null, message = null } = ended?.problem ?? {};
    this.#count('topic', state, topic ?? unit.title, cause);
    if (state === 'kept' && rejected.length > 0) this.#funnel.remark('topic', 'asked_again');
    return {
      unit: unit.id,
      title: unit.title,
      parentTitle: unit.parentTitle,
      topic,
      state,
      cause,
      message,
      rejected,
    };
  }

  #categoryLine({ unit, topic }: Draft, asked: Named): object {
    const { state, category, cause, message } = asked;
    this.#count('category', state, topic ?? unit.title, cause);
    if (state === 'kept' && category === null) this.#funnel.remark('category', cause ?? 'unknown_category');
    return { unit: unit.id, topic, category, state, cause, message };
  }

  /** Ends the unit's job with what is known of it now. A topic without a category is kept, and listed. */
  async #askCategory({ unit, topic, ended }: Draft): Promise<Named | null> {
    const shop = this.#shop;
    if (topic === null) {
      if (ended?.problem && ended.state === 'dropped')
        shop.end(unit.id, { status: 'skipped', ...ended.problem });
      else if (ended?.problem) shop.end(unit.id, { status: 'infra_error', ...ended.problem });
      return null;
    }
    const asked = await askCategory(shop, unit, topic);
    if (!asked.ok) return { state: 'open', category: null, ...spread(asked.problem) };
    const { category, problem, retry } = asked.value;
    const said = spread(problem);
    if (retry) shop.end(unit.id, { status: 'infra_error', ...said });
    else
      shop.end(unit.id, {
        status: 'ok',
        ...said,
        video: unit.video?.startsWith('build/') ? unit.video : null,
      });
    return { state: retry ? 'open' : 'kept', category, ...said };
  }
}

interface Named {
  state: State;
  category: string | null;
  cause: string | null;
  message: string | null;
}

function spread(problem: { cause: string; message: string } | null) {
  return { cause: problem?.cause ?? null, message: problem?.message ?? null };
}
