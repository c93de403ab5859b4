import { hashOf } from '../../harness/store/hash.ts';
import { controls, type Slot } from '../../harness/store/plan-file.ts';
import type { PlanInput } from '../metric.ts';
import { promptOf } from './rubrics.ts';
import type { Settings } from './settings.ts';

type Planned = Omit<Slot, 'id'>;

/** Topics of a calibration where the config does not say: a few show what there is to see. */
const usualCalibration = { paper: 0, strict: 3, both: 3 };

/** All judgements of an experiment. */
export function planAesthetics(input: PlanInput, settings: Settings): Planned[] {
  const { judges, proxies, repeats, rubric, calibration = usualCalibration[input.protocol] } = settings;
  const common = { metric: 'aesthetics', order: 'none', repeat: 0 } as const;
  const prompt = promptOf(rubric);
  const ofCells = judges.flatMap((endpoint) =>
    input.cells.flatMap(({ id: cellId, topicId }) =>
      Array.from({ length: repeats }, (_, repeat) => ({
        ...{ ...common, arm: null, topicId, cellId, endpoint, repeat, prompt },
      })),
    ),
  );
  const byProxy = proxies.flatMap((endpoint) =>
    input.cells.map(({ id: cellId, topicId }) => ({
      ...{ ...common, arm: null, topicId, cellId, endpoint, prompt: promptOf('measured') },
    })),
  );
  const ofControls = judges.flatMap((endpoint) =>
    input.topics.slice(0, calibration).flatMap(({ id: topicId, humanVideo: human }) => {
      const own = { ...common, topicId, cellId: null, endpoint, prompt };
      return [
        ...controls.map((control) => ({ ...own, arm: control, shows: { control } })),
        ...(human === undefined ? [] : [{ ...own, arm: 'human', shows: { human } }]),
      ];
    }),
  );
  return [
    ...ofCells,
    ...byProxy,
    ...ofControls,
    ...(settings.pairwise ? pairs(input, judges) : []),
    ...checklists(input, settings),
  ];
}

/** Each two methods' videos of a topic and repeat, in both orders. */
function pairs({ cells }: PlanInput, judges: readonly string[]): Planned[] {
  const groups = [...Map.groupBy(cells, ({ topicId, repeat }) => `${repeat} ${topicId}`).values()];
  const ordered = groups.flatMap((group) =>
    group.flatMap((a) => group.flatMap((b) => (a.methodId === b.methodId ? [] : [[a, b] as const]))),
  );
  return judges.flatMap((endpoint) =>
    ordered.map(([a, b]) => ({
      ...{ metric: 'aesthetics', arm: 'pairwise', topicId: a.topicId, cellId: a.id, secondCellId: b.id },
      ...{ order: 'none', endpoint, prompt: 'aesthetics/pairwise', repeat: 0 },
    })),
  );
}

function checklists({ topics, cells }: PlanInput, { judges, checklists: lists }: Settings): Planned[] {
  const listed = new Map(topics.map(({ id, slug }) => [id, lists[slug]]));
  return judges.flatMap((endpoint) =>
    cells.flatMap(({ id: cellId, topicId }) => {
      const items = listed.get(topicId);
      if (items === undefined) return [];
      // Another list is another judgement.
      const order = `items-${hashOf(items).slice(0, 12)}`;
      return {
        ...{ metric: 'aesthetics', arm: 'checklist', topicId, cellId, order, endpoint },
        ...{ prompt: 'aesthetics/checklist', repeat: 0 },
      };
    }),
  );
}
