import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import type { Slot } from '../../harness/store/plan-file.ts';
import { clustersOf } from '../evidence.ts';
import type { PlanInput } from '../metric.ts';
import { type Arm, type ArmFacts, armFacts } from './arms.ts';
import { forgettingLevels } from './forgetting.ts';
import { orderNames } from './orders.ts';
import { otherTopics } from './other-topic.ts';
import { type Settings, strictControls } from './settings.ts';

type Planned = Omit<Slot, 'id'>;

type Protocol = 'paper' | 'strict';

/** All acts of measuring of an experiment: what no method has a hand in once for all methods, the rest for each cell. */
export function planTeachQuiz(input: PlanInput, settings: Settings): Planned[] {
  if (input.protocol !== 'both') return planProtocol(input.protocol, input, settings);
  // The paper's three arms beside everything that the config says of the strict protocol.
  const plain: Settings = { students: settings.students, ask: 'singly', forgettingCheck: 0 };
  return [...planProtocol('strict', input, settings), ...planProtocol('paper', input, plain)];
}

function planProtocol(protocol: Protocol, input: PlanInput, settings: Settings): Planned[] {
  const arms = armsOf(protocol, settings);
  // A view may leave a topic without questions: there is nothing to measure then, and no score.
  const asked = new Set(input.topics.filter(({ quiz }) => quiz.length > 0).map(({ id }) => id));
  const others = othersOf(input, arms);
  const orders = protocol === 'paper' ? ['file'] : orderNames(settings.orders ?? 2);
  return settings.students.flatMap((endpoint) => [
    ...[...asked].flatMap((topicId) => [
      ...arms
        .filter((arm) => !armFacts[arm].ofCell)
        .flatMap((arm) => slotsOf(arm, { topicId, cellId: null, endpoint }, orders, protocol, settings)),
      ...forgettingSlots(topicId, endpoint, settings),
    ]),
    ...input.cells
      .filter(({ topicId }) => asked.has(topicId))
      .flatMap(({ id, topicId }) =>
        arms
          .filter((arm) => armFacts[arm].ofCell)
          .flatMap((arm) => {
            const cellId = arm === 'other_topic' ? others.get(id) : id;
            if (cellId === undefined) return [];
            return slotsOf(arm, { topicId, cellId, endpoint }, orders, protocol, settings);
          }),
      ),
  ]);
}

/** Reference arms and video always; the paper's protocol has others only where its table 5 has them. */
function armsOf(protocol: Protocol, { arms, ask, orders }: Settings): Arm[] {
  const usual: readonly Arm[] = protocol === 'paper' ? [] : strictControls;
  const chosen: readonly Arm[] = arms ?? usual;
  const strange =
    protocol === 'paper' &&
    (chosen.some((arm) => !armFacts[arm].ofCell) || ask !== 'singly' || orders !== undefined);
  if (strange)
    throw new MmmcError(
      'bad_config',
      'protocol paper has no shuffled orders, questions asked together, or controls without a video',
      {
        exitCode: exitCodes.usage,
        hint: 'Write `protocol: strict`, or leave these settings of teachquiz out.',
      },
    );
  return ['baseline', 'unlearned', ...chosen, 'video'];
}

/** For each cell the cell of another topic of the same method and repeat. */
function othersOf({ cells, topics }: PlanInput, arms: readonly Arm[]): Map<string, string> {
  if (!arms.includes('other_topic')) return new Map();
  const clusterOf = clustersOf(topics);
  const groups = Map.groupBy(cells, ({ methodId, repeat }) => `${repeat} ${methodId}`);
  return new Map(
    [...groups.values()].flatMap((group) => {
      const others = otherTopics(group, clusterOf);
      return group.flatMap(({ id, topicId }) => {
        const other = others.get(topicId);
        return other === undefined ? [] : [[id, other] as const];
      });
    }),
  );
}

function slotsOf(
  arm: Arm,
  at: Pick<Slot, 'topicId' | 'cellId' | 'endpoint'>,
  orders: readonly string[],
  protocol: Protocol,
  { ask }: Settings,
): Planned[] {
  const { shows, template }: ArmFacts = armFacts[arm];
  const prompt =
    protocol === 'paper'
      ? `teachquiz/${template === 'evidence' ? 'video' : template}`
      : `teachquiz/strict/${template}${ask === 'singly' ? '' : '-all'}`;
  return orders.map((order) => ({
    ...{ metric: 'teachquiz', arm, ...at, order, prompt, repeat: 0 },
    ...(shows && { shows }),
  }));
}

/** The paper's progressive forgetting check, one slot for each level. */
function forgettingSlots(topicId: string, endpoint: string, { forgettingCheck }: Settings): Planned[] {
  return forgettingLevels(forgettingCheck).map((_, level) => ({
    ...{ metric: 'teachquiz', arm: 'forgetting', topicId, cellId: null, order: 'file', endpoint },
    ...{ prompt: 'teachquiz/strict/forgetting', repeat: level },
  }));
}
