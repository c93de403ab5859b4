import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactsBelow, isIntact } from './artifacts.ts';
import { type BundleView, readBundle } from './bundle.ts';
import { messageOf } from './errors.ts';
import type { CallEvent } from './events.ts';
import { canonicalJson, sha256 } from './hash.ts';
import { Ledgers, ledgerOf } from './ledger.ts';
import { isRetried } from './status.ts';

export interface CheckReport {
  /** What is wrong, one sentence each; none when the bundle is sound. */
  problems: string[];
  facts: { jobs: number; ended: number; resumable: number; calls: number; files: number };
}

/**
 * Checks a bundle: every line of journal and plan reads (opening it does that), every text and file is what its hash
 * says, every planned job ended or can be resumed, the ledger's parts sum to its total, and no answer that was stored
 * and of use was asked for again.
 */
export async function checkBundle(folder: string): Promise<CheckReport> {
  const bundle = readBundle(folder);
  const { state, plan } = bundle;
  const jobs = [
    ...plan.cells.map((c) => `produce:${c.id}`),
    ...plan.slots.map((s) => `measure:${s.id}`),
    ...[...plan.known.items.keys()].map((id) => `build:${id}`),
  ];
  const outcomes = jobs.map((job) => state.outcomes.get(job));
  const ended = outcomes.filter((o) => o !== undefined && !isRetried(o.status)).length;
  const files = [...state.outcomes.values()].flatMap((o) => o.artifacts);
  return {
    problems: [
      ...missingFiles(bundle),
      ...missingTexts(bundle),
      ...repeatedCalls(state.calls),
      ...ledgerGaps(bundle),
      ...(await strayFiles(bundle)),
      ...lostRenders(bundle),
      ...orphanOutcomes(bundle),
      ...changedRatings(bundle),
    ],
    facts: {
      jobs: jobs.length,
      ended,
      resumable: jobs.length - ended,
      calls: state.calls.length,
      files: files.length,
    },
  };
}

function missingFiles(bundle: BundleView): string[] {
  const artifacts = [...bundle.state.outcomes.values()].flatMap((o) => o.artifacts);
  return artifacts.flatMap((artifact) => {
    const path = join(bundle.paths.folder, artifact.path);
    if (!existsSync(path)) return [`${artifact.path} is missing`];
    return isIntact(path, artifact.sha256) ? [] : [`${artifact.path} is not what it was when its job ended`];
  });
}

function missingTexts(bundle: BundleView): string[] {
  const chats = bundle.state.calls.filter((call) => call.role !== 'video-generator' && call.reply !== null);
  const hashes = new Set([
    ...bundle.state.calls.map((call) => call.prompt),
    ...bundle.state.calls.flatMap((call) => call.echo ?? []),
    ...chats.flatMap((call) => call.reply ?? []),
    ...[...bundle.state.readings.values()].flatMap((reading) => reading.reply ?? []),
  ]);
  return [...hashes].flatMap((hash) => {
    try {
      bundle.texts.get(hash);
      return [];
    } catch (thrown) {
      return [messageOf(thrown)];
    }
  });
}

/** The same request at the same place, made for the same files, after a reply that was of use. */
function repeatedCalls(calls: readonly CallEvent[]): string[] {
  const seen = new Set<string>();
  return calls.flatMap((call) => {
    const key = [call.owner, call.role, call.purpose, call.request, call.occurrence, call.files.join()].join(
      '|',
    );
    if (seen.has(key)) return [`a stored answer was asked for again: ${call.job} ${call.purpose}`];
    if (call.usable) seen.add(key);
    return [];
  });
}

/** The bills of all cells, slots and items ever planned are, field by field, the bill of the journal. */
function ledgerGaps(bundle: BundleView): string[] {
  const { state, plan } = bundle;
  const { byPurpose: _, ...parts } = new Ledgers(state).of([
    ...plan.known.cells.keys(),
    ...plan.known.slots.keys(),
    ...plan.known.items.keys(),
  ]);
  const whole = ledgerOf(state.calls, state.renders);
  const gaps = Object.entries(parts).filter(([field, value]) => {
    const total = Object.entries(whole).find(([name]) => name === field)?.[1];
    return canonicalJson(rounded(value)) !== canonicalJson(rounded(total));
  });
  return gaps.map(([field]) => `the ledger's parts do not sum to its total: ${field}`);
}

/** Sums of fractions depend on their order in the last digits. */
function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(9)) : value;
}

const endedCells = ({ state }: BundleView) =>
  [...state.outcomes.values()].filter((o) => o.job.startsWith('produce:') && !isRetried(o.status));

/** Files of an ended cell that its outcome does not vouch for. */
async function strayFiles(bundle: BundleView): Promise<string[]> {
  const stray = endedCells(bundle).map(async (outcome) => {
    const known = new Set(outcome.artifacts.map((a) => a.path));
    const files = await artifactsBelow(bundle.paths.folder, bundle.paths.cell(outcome.owner));
    return files.filter((f) => !known.has(f.path)).map((f) => `${f.path} stands in no outcome`);
  });
  return (await Promise.all(stray)).flat();
}

/** What was rendered last at a place in an ended cell, and its outcome does not vouch for. */
function lostRenders(bundle: BundleView): string[] {
  return endedCells(bundle).flatMap((outcome) => {
    const known = new Map(outcome.artifacts.map(({ path, sha256 }) => [path, sha256]));
    const rendered = bundle.state.rendersOf(outcome.owner).flatMap(({ artifacts }) => artifacts);
    return [...new Map(rendered.map(({ path, sha256 }) => [path, sha256]))]
      .filter(([path, sha256]) => known.get(path) !== sha256)
      .map(([path]) => `${path} was rendered, and was not there when its cell ended`);
  });
}

function orphanOutcomes(bundle: BundleView): string[] {
  const { cells, slots, items } = bundle.plan.known;
  return [...bundle.state.outcomes.values()]
    .filter((o) => !cells.has(o.owner) && !slots.has(o.owner) && !items.has(o.owner))
    .map((o) => `${o.job} ended without ever having been planned`);
}

/** Ratings by people are named by the hash of what is in them. */
function changedRatings({ paths }: BundleView): string[] {
  if (!existsSync(paths.people)) return [];
  return readdirSync(paths.people)
    .toSorted()
    .filter((name) => name !== `${sha256(readFileSync(join(paths.people, name))).slice(0, 16)}.csv`)
    .map((name) => `people/${name} is not what was imported`);
}
