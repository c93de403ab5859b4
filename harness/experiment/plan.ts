import type { Topic } from '../../datasets/schema.ts';
import type { PlanInput } from '../../metrics/metric.ts';
import { endpointIdentity } from '../models/endpoint.ts';
import { exitCodes, MmmcError } from '../store/errors.ts';
import { shortId } from '../store/hash.ts';
import type { Cell, Slot } from '../store/plan-file.ts';
import type { Experiment, MethodEntry } from './config.ts';

/** Everything an experiment will do, before any of it is done. */
export interface Plan {
  cells: readonly Cell[];
  slots: readonly Slot[];
}

/** A stage's result that a person edited, for one method and topic: a cell of its own, never over the original. */
export interface Edit extends Pick<Cell, 'methodId' | 'topicId' | 'repeat'> {
  edited: NonNullable<Cell['edited']>;
}

/** Plans cells and slots. Ids hash content only: never an index, an address, a key or a price. */
export function planExperiment(
  experiment: Experiment,
  rendererVersion: string,
  edits: readonly Edit[] = [],
): Plan {
  const cells = [
    ...planCells(experiment, rendererVersion),
    ...edits.flatMap((edit) => editedCell(experiment, edit, rendererVersion) ?? []),
  ];
  return { cells, slots: planSlots(experiment, cells) };
}

function planCells(experiment: Experiment, rendererVersion: string): Cell[] {
  const { file, methods, topics } = experiment;
  const seen = new Map<string, string>();
  const cells: Cell[] = [];
  for (const topic of topics)
    for (const entry of methods)
      for (let repeat = 0; repeat < triesAt(entry, topic, file.repeats); repeat++) {
        const id = shortId('cell', cellIdentity(experiment, entry, topic, repeat, rendererVersion));
        const other = seen.get(id);
        if (other !== undefined)
          throw new MmmcError('bad_config', `methods ${other} and ${entry.id} are the same method`, {
            hint: 'They would make the same cells. For several tries use repeats.',
            exitCode: exitCodes.usage,
          });
        seen.set(id, entry.id);
        cells.push({ id, methodId: entry.id, topicId: topic.id, repeat });
      }
  return cells;
}

/** A video that exists is the same each time; where there is none, there is nothing to take and nothing to count. */
function triesAt({ given }: MethodEntry, topic: Topic, repeats: number): number {
  if (given === undefined) return repeats;
  return given.has(topic.id) ? 1 : 0;
}

/** The cell of an edit; `null` when the config no longer has its method or topic. */
function editedCell(experiment: Experiment, edit: Edit, rendererVersion: string): Cell | null {
  const entry = experiment.methods.find(({ id }) => id === edit.methodId);
  const topic = experiment.topics.find(({ id }) => id === edit.topicId);
  if (entry === undefined || topic === undefined || edit.repeat >= experiment.file.repeats) return null;
  const { edited, methodId, topicId, repeat } = edit;
  const identity = cellIdentity(experiment, entry, topic, repeat, rendererVersion);
  return { id: shortId('cell', { ...identity, edited }), methodId, topicId, repeat, edited };
}

/** What the method can see or run with. */
function cellIdentity(
  experiment: Experiment,
  entry: MethodEntry,
  topic: Topic,
  repeat: number,
  rendererVersion: string,
) {
  const { quality, limits } = experiment.file;
  return {
    topic: {
      id: topic.id,
      title: topic.title,
      language: topic.language,
      referenceImage: topic.referenceImage?.sha256,
    },
    method: entry.method.name,
    version: entry.method.version,
    settings: entry.method.identity?.(entry.settings) ?? entry.settings,
    // Whose videos they are, nobody but the entry says.
    given: entry.given && { entry: entry.id, video: entry.given.get(topic.id)?.sha256 },
    prompts: entry.method.prompts.map((name) => experiment.prompts.get(name)?.sha256),
    roles: Object.fromEntries([...entry.roles].map(([role, e]) => [role, endpointIdentity(e)])),
    renderer: entry.method.renders ? { version: rendererVersion, quality, limits } : undefined,
    repeat,
  };
}

function planSlots(experiment: Experiment, cells: readonly Cell[]): Slot[] {
  const { topics, clusters, methods } = experiment;
  const byPeople = methods.some(({ method }) => method.name === 'human');
  const input: PlanInput = {
    protocol: experiment.file.protocol,
    topics: topics.map(({ id, slug, quiz, humanVideo }) => ({
      ...{ id, slug, quiz, cluster: clusters.get(id) ?? id },
      humanVideo: byPeople ? undefined : humanVideo?.sha256,
    })),
    cells,
  };
  const slots = experiment.metrics.flatMap(({ metric, settings }) =>
    metric.slots(input, settings).map((slot) => {
      const endpoint = experiment.endpoints.get(slot.endpoint);
      const id = shortId('slot', {
        ...slot,
        version: metric.version,
        endpoint: endpoint && endpointIdentity(endpoint),
        prompt: experiment.prompts.get(slot.prompt)?.sha256,
      });
      return { id, ...slot };
    }),
  );
  return [...new Map(slots.map((slot) => [slot.id, slot])).values()];
}

/** Names of the jobs of a plan. */
export const produceJob = (cell: { id: string }) => `produce:${cell.id}`;
export const measureJob = (slot: { id: string }) => `measure:${slot.id}`;
