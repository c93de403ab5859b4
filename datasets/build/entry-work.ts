import type { VideoFacts } from '../../harness/media/ports.ts';
import { shortId } from '../../harness/store/hash.ts';
import { attempt } from './attempt.ts';
import { isOlder } from './cuts.ts';
import { askVerdict, type Rules } from './filter.ts';
import type { State } from './funnel.ts';
import { type Segmented, segment } from './segment.ts';
import { type BuildShop, type Ending, jobOf, type Problem } from './shop.ts';
import { type Draft, draftTopic } from './topic.ts';
import type { CatalogueEntry } from './types.ts';

/** What became of a catalogue's entry in stages 2 and 3, and what its units' topics were at first. */
export interface EntryResult {
  state: State;
  cause: string | null;
  /** Why, in words: the rule's, or the builder's. */
  reason: string | null;
  segmented: Segmented | null;
  drafts: readonly Draft[];
}

/** The item of an entry. */
export function entryItem(collection: string, entry: CatalogueEntry): string {
  return shortId('entry', { collection, id: entry.id });
}

/** Rules, the file's readability, the builder's verdict, segments, and the first draft of each unit's topic. */
export async function workOnEntry(
  shop: BuildShop,
  rules: Rules,
  entry: CatalogueEntry,
): Promise<EntryResult> {
  const item = entryItem(shop.config.collection, entry);
  shop.item({ id: item, stage: 'entry', label: entry.title.slice(0, 200) });
  const tried = await attempt(shop, item, () => filterAndSegment(shop, item, rules, entry));
  if (!tried.ok)
    return {
      ...nothing,
      state: 'open',
      cause: tried.problem?.cause ?? null,
      reason: tried.problem?.message ?? null,
    };
  const { segmented } = tried.value;
  const drafts = await Promise.all((segmented?.units ?? []).map((unit) => draftTopic(shop, unit)));
  return { ...tried.value, drafts };
}

const nothing = { segmented: null, drafts: [] } as const;

async function filterAndSegment(
  shop: BuildShop,
  item: string,
  rules: Rules,
  entry: CatalogueEntry,
): Promise<EntryResult> {
  const drop = ({ cause, message }: Problem, videoFacts: Facts | null = null): EntryResult => {
    shop.end(item, { status: 'skipped', cause, message, videoFacts });
    return { ...nothing, state: 'dropped', cause, reason: message };
  };
  const broken = rules(entry);
  if (broken) return drop(broken);
  const probed = await probe(shop, item, entry);
  if (!probed.ok) return drop({ cause: 'unreadable_video', message: probed.reason });
  const measured = probed.facts ? { ...entry, durationS: probed.facts.durationS } : entry;
  const tooLong = rules(measured);
  if (tooLong) return drop(tooLong, probed.facts);
  const verdict = await askVerdict(shop, item, entry);
  const { cause, reason } = verdict;
  if (verdict.retry) {
    shop.end(item, { status: 'infra_error', cause, message: reason });
    return { ...nothing, state: 'open', cause, reason };
  }
  if (!verdict.kept) return drop({ cause: cause ?? 'not_instructional', message: reason }, probed.facts);
  const segmented = await segment(shop, item, measured);
  shop.end(item, await endingOf(shop, item, probed.facts, segmented));
  return { state: 'kept', cause: null, reason, segmented, drafts: [] };
}

type Facts = Pick<VideoFacts, 'durationS' | 'width' | 'height' | 'fps'>;

/** Facts of the entry's video; an earlier run's hold while the file is no newer. */
async function probe(
  shop: BuildShop,
  item: string,
  { video }: CatalogueEntry,
): Promise<{ ok: true; facts: Facts | null } | { ok: false; reason: string }> {
  if (video === null) return { ok: true, facts: null };
  const outcome = shop.bundle.state.outcomes.get(jobOf(item));
  if (outcome?.videoFacts && isOlder(video, outcome.time)) return { ok: true, facts: outcome.videoFacts };
  shop.control.checkpoint();
  const probed = await shop.control.track(shop.media.probe(video, shop.control.signal));
  if (!probed.ok) return probed;
  const { durationS, width, height, fps } = probed.facts;
  return { ok: true, facts: { durationS, width, height, fps } };
}

async function endingOf(shop: BuildShop, item: string, facts: Facts | null, cut: Segmented): Promise<Ending> {
  const before = shop.bundle.state.outcomes.get(jobOf(item))?.sandbox ?? null;
  const sandbox = facts === null ? null : (before ?? (await shop.media.sandbox()).kind);
  return { status: 'ok', cause: null, message: null, videoFacts: facts, sandbox, artifacts: cut.artifacts };
}
