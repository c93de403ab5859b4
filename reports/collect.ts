import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsOf } from '../datasets/schema.ts';
import { type AssetList, assetListFile, readAssetList } from '../harness/assets/asset-list.ts';
import { isOffline } from '../harness/models/endpoint.ts';
import { letterAt, quizHash, showQuestion } from '../harness/quiz/question.ts';
import type { BundleView } from '../harness/store/bundle.ts';
import { MmmcError } from '../harness/store/errors.ts';
import type { OutcomeEvent, ReadingEvent } from '../harness/store/events.ts';
import type { Ledgers } from '../harness/store/ledger.ts';
import type { Slot } from '../harness/store/plan-file.ts';
import type { AnswerResult, CellResult, MeasurementResult, MethodResult } from '../metrics/evidence.ts';
import type { ReportConfig } from './config.ts';
import { collectOtherModels } from './other-models.ts';

/** The methods of the config in force, with who answered for them. */
export function collectMethods(bundle: BundleView, config: ReportConfig): MethodResult[] {
  return config.methods.map((method) => {
    const cells = new Set(bundle.plan.cells.filter((c) => c.methodId === method.id).map((c) => c.id));
    const calls = bundle.state.calls.filter((call) => cells.has(call.owner));
    const roles = Object.entries(method.roles).map(([role, id]) => {
      const endpoint = config.endpoints.find((e) => e.id === id);
      const served = calls.filter((c) => c.role === role).flatMap((c) => c.servedModel ?? []);
      return {
        role,
        endpoint: id,
        model: endpoint?.model ?? 'unknown',
        servedModels: [...new Set(served)],
        scripted: endpoint !== undefined && isOffline(endpoint),
        usageSource: endpoint?.usageSource ?? 'endpoint',
        ...(endpoint?.latency ? { latency: latencyOf(endpoint.id, endpoint.latency) } : {}),
      };
    });
    return {
      id: method.id,
      label: method.label,
      method: method.use,
      version: method.version,
      settings: method.settings,
      roles,
      scripted: roles.some((role) => role.scripted),
    };
  });
}

const latencyOf = (id: string, { firstMs, perTokenMs }: { firstMs: number; perTokenMs: number }) =>
  `${id} ${firstMs} ms and ${perTokenMs} ms for each token of the reply`;

/** The planned cells with what became of them. */
export function collectCells(bundle: BundleView, config: ReportConfig, ledgers: Ledgers): CellResult[] {
  const others = collectOtherModels(bundle, config);
  return bundle.plan.cells.map((cell) => {
    const outcome = bundle.state.outcomes.get(`produce:${cell.id}`);
    return {
      id: cell.id,
      methodId: cell.methodId,
      topicId: cell.topicId,
      repeat: cell.repeat,
      status: outcome?.status ?? 'planned',
      reason: reasonOf(outcome),
      video: outcome?.video ?? null,
      videoFacts: outcome?.videoFacts ?? null,
      ...videoHash(outcome),
      files: outcome?.artifacts.map((a) => a.path).filter(isReadable) ?? [],
      ...assetsOf(bundle, cell.id, outcome),
      sections: outcome?.sections ?? [],
      sandbox: outcome?.sandbox ?? null,
      ...otherModelsOf(others, cell.id),
      ledger: ledgers.of([cell.id]),
      ...(outcome?.reported && { reported: outcome.reported }),
      ...(outcome?.samples && { samples: outcome.samples }),
      timeS: ledgers.timeOf(cell.id),
    };
  });
}

function videoHash(outcome: OutcomeEvent | undefined): Pick<CellResult, 'videoSha256'> {
  const found = outcome?.artifacts.find(({ path }) => path === outcome.video);
  return found ? { videoSha256: found.sha256 } : {};
}

function judgementOf(
  { state }: BundleView,
  outcome: OutcomeEvent | undefined,
): Pick<MeasurementResult, 'judgement'> {
  const verdicts = state.judgements.get(outcome?.measurement ?? '')?.verdicts;
  return verdicts ? { judgement: verdicts } : {};
}

function observationOf(
  { state }: BundleView,
  outcome: OutcomeEvent | undefined,
): Pick<MeasurementResult, 'observation'> {
  const observed = state.observations.get(outcome?.measurement ?? '');
  return observed ? { observation: { facts: observed.facts, notes: observed.notes } } : {};
}

function otherModelsOf(
  others: ReturnType<typeof collectOtherModels>,
  owner: string,
): Pick<CellResult, 'otherModels'> {
  const otherModels = others.get(owner);
  return otherModels ? { otherModels } : {};
}

/** Stage files that a person may want to read: plans, code of each try, errors. */
function isReadable(path: string): boolean {
  return /\.(jsonl?|py)$/.test(path) && !path.endsWith('/geometry.json');
}

/** The icons that were found for a cell, each once. Throws `bundle_damaged` when their list cannot be read. */
function assetsOf(
  bundle: BundleView,
  cell: string,
  outcome: OutcomeEvent | undefined,
): Pick<CellResult, 'assets'> {
  const path = `cells/${cell}/${assetListFile}`;
  if (!outcome?.artifacts.some((artifact) => artifact.path === path)) return {};
  const found = assetList(join(bundle.paths.folder, path)).wishes.flatMap((wish) => wish.found ?? []);
  const assets = [...new Map(found.map((asset) => [asset.file, asset])).values()].map(
    ({ name, source, licence }) => ({
      name,
      ...source,
      licence: licence.spdx ?? licence.title,
      licenceUrl: licence.url,
    }),
  );
  return assets.length === 0 ? {} : { assets };
}

function assetList(path: string): AssetList {
  try {
    return readAssetList(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new MmmcError('bundle_damaged', `${path} cannot be read`, { cause });
  }
}

function reasonOf(outcome: OutcomeEvent | undefined): CellResult['reason'] {
  if (!outcome?.cause) return null;
  return { code: outcome.cause, message: outcome.message ?? outcome.cause };
}

/** The planned measurements with every answer read. */
export function collectMeasurements(
  bundle: BundleView,
  config: ReportConfig,
  ledgers: Ledgers,
  methods: readonly MethodResult[],
): MeasurementResult[] {
  const byMeasurement = Map.groupBy(bundle.state.readings.values(), (reading) => reading.measurement);
  const scriptedCells = new Set(
    bundle.plan.cells.filter((c) => methods.find((m) => m.id === c.methodId)?.scripted).map((c) => c.id),
  );
  const others = collectOtherModels(bundle, config);
  return bundle.plan.slots.map((slot) => {
    const outcome = currentOutcome(bundle, config, slot);
    const readings = byMeasurement.get(outcome?.measurement ?? '') ?? [];
    const endpoint = config.endpoints.find((e) => e.id === slot.endpoint);
    return {
      slot: slot.id,
      metric: slot.metric,
      arm: slot.arm,
      topicId: slot.topicId,
      cellId: slot.cellId,
      ...(slot.secondCellId && { secondCellId: slot.secondCellId }),
      ...(slot.shows && { shows: shownName(slot.shows) }),
      ...{ order: slot.order, repeat: slot.repeat, prompt: slot.prompt },
      endpoint: slot.endpoint,
      ...(endpoint && { model: endpoint.model }),
      status: outcome?.status ?? 'planned',
      reason: reasonOf(outcome),
      scripted:
        (endpoint !== undefined && isOffline(endpoint)) ||
        [slot.cellId, slot.secondCellId].some((id) => scriptedCells.has(id ?? '')),
      ...judgementOf(bundle, outcome),
      ...observationOf(bundle, outcome),
      // What asks no question leaves no reading.
      answers: readings.length > 0 ? answersOf(bundle, config, slot, readings) : [],
      ...otherModelsOf(others, slot.id),
      ledger: ledgers.of([slot.id]),
    };
  });
}

/** The outcome of a slot, unless it was taken with other questions than the config's: then it is open again. */
function currentOutcome(bundle: BundleView, config: ReportConfig, slot: Slot): OutcomeEvent | undefined {
  const outcome = bundle.state.outcomes.get(`measure:${slot.id}`);
  const quiz = config.topics.find((t) => t.id === slot.topicId)?.quiz ?? [];
  const other = outcome?.questions != null && outcome.questions !== quizHash(quiz);
  return other ? undefined : outcome;
}

/** Every question of the topic with its reading; one without a reading is `null`, never left out. */
function answersOf(
  bundle: BundleView,
  config: ReportConfig,
  slot: Slot,
  readings: readonly ReadingEvent[],
): AnswerResult[] {
  const quiz = config.topics.find((t) => t.id === slot.topicId)?.quiz ?? [];
  return quiz.map((question) => {
    const event = readings.find((r) => r.question === question.id);
    const shown = showQuestion(question, event?.order ?? null);
    const key = letterAt(shown.order.indexOf(question.key));
    const reading = event?.reading ?? null;
    return {
      questionId: question.id,
      stem: question.stem,
      options: [...shown.options],
      key,
      needs: needsOf(question.tags),
      reply: event?.reply ? bundle.texts.get(event.reply) : null,
      reading,
      correct: reading === null ? null : reading.kind === 'letter' && reading.letter === key,
    };
  });
}

/** The name of a control or a part; `human` for the dataset's video. */
const shownName = (shows: NonNullable<Slot['shows']>): string =>
  'control' in shows ? shows.control : 'part' in shows ? shows.part : 'human';
