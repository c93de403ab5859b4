import { isSameModel } from '../harness/models/served-model.ts';
import type { BundleView } from '../harness/store/bundle.ts';
import type { CellResult, MeasurementResult, OtherModel } from '../metrics/evidence.ts';
import type { ReportConfig } from './config.ts';
import { count } from './format.ts';

type Results = { cells: readonly CellResult[]; measurements: readonly MeasurementResult[] };

/** By cell or slot: the models that answered it and were not asked for, each with its number of calls. */
export function collectOtherModels(
  { state }: Pick<BundleView, 'state'>,
  { endpoints }: Pick<ReportConfig, 'endpoints'>,
): Map<string, OtherModel[]> {
  const asked = new Map(endpoints.map(({ id, model }) => [id, model]));
  const found = new Map<string, OtherModel[]>();
  for (const { owner, endpoint, servedModel } of state.calls) {
    const model = asked.get(endpoint);
    if (model === undefined || servedModel === null || isSameModel(model, servedModel)) continue;
    const others = found.get(owner) ?? [];
    const known = others.find((other) => other.endpoint === endpoint && other.served === servedModel);
    if (known) known.calls++;
    else others.push({ endpoint, asked: model, served: servedModel, calls: 1 });
    found.set(owner, others);
  }
  return found;
}

/** One sentence for each endpoint and each model that answered in place of its own. */
export function otherModelRemarks({ cells, measurements }: Results): string[] {
  const all = [...cells, ...measurements].flatMap(({ otherModels }) => otherModels ?? []);
  const groups = Map.groupBy(all, ({ endpoint, served }) => `${endpoint} ${served}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const calls = same.reduce((sum, other) => sum + other.calls, 0);
    return [
      `${first.endpoint}: asked for ${first.asked}, answered by ${first.served} in ${count(calls, 'call')}; what rests on it is marked.`,
    ];
  });
}

/** Methods whose videos, or what was measured of them, rest on a model that was not asked for. */
export function methodsOfOthers({ cells, measurements }: Results): Set<string> {
  const others = measurements.filter(({ otherModels }) => otherModels !== undefined);
  // What is measured without a video serves every method.
  const shared = others.some(({ cellId }) => cellId === null);
  const measured = new Set(others.map(({ cellId }) => cellId));
  const touched = cells.filter(
    ({ id, otherModels }) => shared || otherModels !== undefined || measured.has(id),
  );
  return new Set(touched.map(({ methodId }) => methodId));
}

/** `answered by x in place of y`, for one cell or measurement; `null` where nothing is to be said. */
export function otherModelWords({ otherModels = [] }: Pick<CellResult, 'otherModels'>): string | null {
  const said = otherModels.map(
    ({ asked, served, calls }) => `${served} in place of ${asked} (${count(calls, 'call')})`,
  );
  return said.length === 0 ? null : `Answered by ${said.join(', ')}.`;
}
