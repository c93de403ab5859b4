import { isRetired, stateOf } from '../harness/models/retired.ts';
import { type BundleView, readBundle } from '../harness/store/bundle.ts';
import { MmmcError } from '../harness/store/errors.ts';
import { Ledgers } from '../harness/store/ledger.ts';
import { isRetried } from '../harness/store/status.ts';
import type { Compared } from '../metrics/comparison/compared.ts';
import { comparisonTables } from '../metrics/comparison/tables.ts';
import type { Evidence } from '../metrics/evidence.ts';
import type { AnyMetric } from '../metrics/metric.ts';
import { peopleTables } from '../metrics/people/tables.ts';
import { loadMetric } from '../metrics/registry.ts';
import type { Table } from '../metrics/table.ts';
import { validityFlags } from '../metrics/validity/flags.ts';
import { flagTable, severeRemarks } from '../metrics/validity/table.ts';
import { collectCells, collectMeasurements, collectMethods } from './collect.ts';
import { type ReportConfig, reportConfigSchema } from './config.ts';
import { estimateTables } from './estimate.ts';
import { count } from './format.ts';
import { otherModelRemarks } from './other-models.ts';
import { readPeople } from './people/read.ts';
import type { Results } from './results.ts';

/** Reads a bundle and computes everything a report shows: scores are made here, from evidence, each time. */
export async function buildResults(folder: string, options: { edited?: boolean } = {}): Promise<Results> {
  const { bundle, config, evidence, ledgers } = readEvidence(folder, options);
  const flags = validityFlags(evidence, config.validity);
  return {
    schemaVersion: 1,
    run: describeRun(bundle, config, evidence, ledgers),
    methods: [...evidence.methods],
    topics: evidence.topics.map(({ id, title, category }) => ({ id, title, category })),
    cells: [...evidence.cells],
    measurements: [...evidence.measurements],
    tables: [
      ...(await tables(config, evidence)),
      ...peopleTables(evidence),
      ...flagTable(flags),
      ...estimateTables(bundle, evidence),
    ],
    remarks: [
      ...replayRemark(bundle),
      ...severeRemarks(flags),
      ...retiredRemarks(bundle, config),
      ...givenRemarks(config),
      ...remarks(evidence),
    ],
  };
}

/** All that scores are computed from, as the bundle holds it. Throws `no_bundle` or `bundle_damaged`. */
export function readEvidence(folder: string, options: { edited?: boolean } = {}) {
  const bundle = options.edited === true ? readBundle(folder) : withoutEdited(readBundle(folder));
  const config = configInForce(bundle);
  const ledgers = new Ledgers(bundle.state);
  const methods = collectMethods(bundle, config);
  const evidence: Evidence = {
    methods,
    protocol: config.protocol,
    topics: config.topics.map(({ id, title, category, cluster }) => ({
      ...{ id, title, category: category ?? '', cluster },
    })),
    cells: collectCells(bundle, config, ledgers),
    measurements: collectMeasurements(bundle, config, ledgers, methods),
    people: readPeople(bundle, config),
  };
  return { bundle, config, evidence, ledgers };
}

/** The bundle without cells that run on from an edited stage: they are no tries of the method alone. */
function withoutEdited(bundle: BundleView): BundleView {
  const cells = bundle.plan.cells.filter(({ edited }) => edited === undefined);
  const kept = new Set(cells.map(({ id }) => id));
  const slots = bundle.plan.slots.filter(({ cellId }) => cellId === null || kept.has(cellId));
  return { ...bundle, plan: { ...bundle.plan, cells, slots } };
}

function configInForce(bundle: BundleView): ReportConfig {
  const parsed = reportConfigSchema.safeParse(bundle.run.configs.at(-1)?.config);
  if (parsed.success) return parsed.data;
  throw new MmmcError('bundle_damaged', `${bundle.paths.run}: the config in force cannot be read`, {
    cause: parsed.error,
  });
}

async function tables(config: ReportConfig, evidence: Evidence): Promise<Table[]> {
  const ordered = await metricsOf(config);
  return [
    ...ordered.flatMap((metric) => metric.score(evidence)),
    ...comparisonTables(comparedIn(ordered, config, evidence), evidence, config.comparison),
  ];
}

/** What was learned comes before how it looks, and that before what it cost; others follow. */
const metricOrder = ['teachquiz', 'aesthetics', 'layout', 'efficiency'];

/** The metrics of a config, the most telling first. */
export async function metricsOf(config: ReportConfig): Promise<AnyMetric[]> {
  const loaded = await Promise.all(config.metrics.map(({ use }) => loadMetric(use)));
  const place = ({ name }: AnyMetric) =>
    metricOrder.includes(name) ? metricOrder.indexOf(name) : metricOrder.length;
  return loaded.filter((m) => m !== undefined).toSorted((a, b) => place(a) - place(b));
}

/** What methods are compared by; what the config names is the primary family. */
export function comparedIn(
  metrics: readonly AnyMetric[],
  { comparison: { primary } }: ReportConfig,
  evidence: Evidence,
): Compared[] {
  const all = metrics.flatMap((metric) => metric.compares?.(evidence) ?? []);
  const isFirst = ({ metric }: Compared) => metric === primary;
  return [...all.filter(isFirst), ...all.filter((one) => !isFirst(one))];
}

function describeRun(
  bundle: BundleView,
  config: ReportConfig,
  evidence: Evidence,
  ledgers: Ledgers,
): Results['run'] {
  const figures = [...evidence.methods, ...evidence.measurements];
  const scripted = figures.filter((f) => f.scripted).length;
  const states = [...evidence.cells, ...evidence.measurements].map((job) => job.status);
  return {
    name: config.name,
    title: config.title ?? config.name,
    description: config.description,
    lastEvent: bundle.state.lastTime,
    dataset: config.dataset.name,
    view: config.dataset.view,
    protocol: config.protocol,
    quality: config.quality,
    scripted: scripted === 0 ? 'none' : scripted === figures.length ? 'all' : 'some',
    provenance: provenanceLines(bundle),
    jobs: {
      planned: states.length,
      done: states.filter((s) => s !== 'planned' && !isRetried(s)).length,
      failed: states.filter((s) => s !== 'planned' && isRetried(s)).length,
      left: states.filter((s) => s === 'planned').length,
    },
    ledger: {
      generation: ledgers.of(evidence.cells.map((c) => c.id)),
      evaluation: ledgers.of(evidence.measurements.map((m) => m.slot)),
    },
  };
}

function provenanceLines(bundle: BundleView): { key: string; value: string }[] {
  const last = bundle.run.configs.at(-1);
  const { provenance } = last ?? {};
  const known = provenance !== null && typeof provenance === 'object' ? Object.entries(provenance) : [];
  return [
    ...known.map(([key, value]) => ({ key, value: String(value) })),
    { key: 'config', value: last?.hash ?? 'unknown' },
    { key: 'planned', value: last?.time ?? 'unknown' },
  ];
}

/** Says of a replay that it is one, of which cassette, and what its times are. */
function replayRemark({ plan, state }: BundleView): string[] {
  const owners = new Set([...plan.cells, ...plan.slots].map(({ id }) => id));
  const calls = state.calls.filter(({ owner }) => owners.has(owner));
  const served = calls.flatMap(({ replayed }) => replayed ?? []);
  const [first] = served;
  if (first === undefined) return [];
  const cassettes = [...new Set(served.map(({ cassette }) => cassette.slice(0, 12)))].join(', ');
  const others = served.filter(({ sameFiles }) => !sameFiles).length;
  const rest = calls.length - served.length;
  return [
    `This is a replay of cassette ${cassettes}: ${served.length} of ${count(calls.length, 'call')} recorded, with the times and costs of then${rest > 0 ? `; ${rest} made now` : ''}. Renders are of now.`,
    ...(others > 0
      ? [`${count(others, 'recorded answer')} about videos that were rendered again, with other bytes.`]
      : []),
  ];
}

/** Models that their makers had shut down when the run ended: what answered under their name is something else. */
function retiredRemarks({ state }: BundleView, { endpoints }: ReportConfig): string[] {
  const ended = state.lastTime === null ? new Date() : new Date(state.lastTime);
  const called = new Set(state.calls.map(({ endpoint }) => endpoint));
  return endpoints
    .filter((endpoint) => called.has(endpoint.id) && isRetired(endpoint, ended))
    .map((endpoint) => `${endpoint.id}: ${endpoint.model} is ${stateOf(endpoint, ended)}.`);
}

/** Topics of which a method that makes no videos has none: they have no cell and stand in no mean. */
function givenRemarks({ methods, topics }: ReportConfig): string[] {
  return methods.flatMap(({ label, given }) => {
    const count = topics.filter(({ id }) => given?.some(({ topicId }) => topicId === id)).length;
    return given === undefined || count === topics.length
      ? []
      : [`${label} has videos of ${count} of ${topics.length} topics.`];
  });
}

/** What a reader must know before believing a figure. */
function remarks(evidence: Evidence): string[] {
  const unsafe = evidence.cells.filter((c) => c.sandbox === 'none').length;
  const errors = [...evidence.cells, ...evidence.measurements].filter(
    (m) => m.status !== 'planned' && isRetried(m.status),
  ).length;
  const open = [...evidence.cells, ...evidence.measurements].filter((m) => m.status === 'planned').length;
  const waits = [...new Set(evidence.methods.flatMap((m) => m.roles.flatMap((r) => r.latency ?? [])))];
  return [
    ...waits.map((wait) => `Scripted replies were made to wait, so that times mean something: ${wait}.`),
    ...(unsafe > 0 ? [`${unsafe} cells ran model-written code without a sandbox (--unsafe-local).`] : []),
    ...(errors > 0
      ? [`${errors} jobs failed for reasons that are not the method’s; the same command tries them again.`]
      : []),
    ...(open > 0 ? [`${open} planned jobs have not ended yet; this is a partial report.`] : []),
    ...otherModelRemarks(evidence),
  ];
}
