import { needsOf } from '../datasets/schema.ts';
import { isOffline } from '../harness/models/endpoint.ts';
import { letterAt, quizHash, showQuestion } from '../harness/quiz/question.ts';
import type { BundleView } from '../harness/store/bundle.ts';
import type { OutcomeEvent, ReadingEvent } from '../harness/store/events.ts';
import type { Ledgers } from '../harness/store/ledger.ts';
import type { Slot } from '../harness/store/plan-file.ts';
import type { AnswerResult, CellResult, MeasurementResult, MethodResult } from '../metrics/evidence.ts';
import type { ReportConfig } from './config.ts';

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

/** The planned cells with what became of them. */
export function collectCells(bundle: BundleView, ledgers: Ledgers): CellResult[] {
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
      files: outcome?.artifacts.map((a) => a.path).filter(isReadable) ?? [],
      sections: outcome?.sections ?? [],
      sandbox: outcome?.sandbox ?? null,
      ledger: ledgers.of([cell.id]),
    };
  });
}

/** Stage files that a person may want to read: plans, code of each try, errors. */
function isReadable(path: string): boolean {
  return /\.(json|py)$/.test(path) && !path.endsWith('/geometry.json');
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
      endpoint: slot.endpoint,
      status: outcome?.status ?? 'planned',
      reason: reasonOf(outcome),
      scripted:
        (endpoint !== undefined && isOffline(endpoint)) ||
        (slot.cellId !== null && scriptedCells.has(slot.cellId)),
      answers: outcome?.measurement ? answersOf(bundle, config, slot, readings) : [],
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
