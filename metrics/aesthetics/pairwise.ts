import { decimal, share, text, whole } from '../columns.ts';
import { clustersOf, type Evidence, type MeasurementResult } from '../evidence.ts';
import { bradleyTerry, type Duel } from '../statistics/bradley-terry.ts';
import type { Table } from '../table.ts';

/** Each method's strength against the others by one judge; no table without comparisons. */
export function pairwiseTable(evidence: Evidence): Table[] {
  const compared = evidence.measurements.filter((m) => m.metric === 'aesthetics' && m.arm === 'pairwise');
  const judges = [...new Set(compared.map(({ endpoint }) => endpoint))];
  if (judges.length === 0) return [];
  return [
    {
      id: 'pairwise',
      title: 'Videos against each other',
      caption:
        'Each two methods’ videos of a topic were shown to the judge in both orders. Strength is that of Bradley and Terry’s model on the scale of log odds, 0 on the mean, with 95 % intervals over clusters of topics; ties are half a win. Where a judge’s preference turns with the order it follows the place, not the video.',
      columns: [
        text('judge', 'Judge'),
        decimal('strength', 'Strength', 'log odds of being preferred to a method of strength 0'),
        text('interval', '95 % interval'),
        share('preferred', 'Preferred', 'share of comparisons, a tie counting half'),
        share('ties', 'Ties', 'share of comparisons'),
        share('consistent', 'Consistent', 'share of pairs judged the same in both orders'),
        whole('compared', 'Compared', 'comparisons with a judgement'),
      ],
      rows: judges.flatMap((judge) =>
        rowsOf(
          evidence,
          judge,
          compared.filter(({ endpoint }) => endpoint === judge),
        ),
      ),
    },
  ];
}

interface Compared extends Duel {
  pair: string;
  preference: number;
}

function rowsOf(evidence: Evidence, judge: string, all: readonly MeasurementResult[]): Table['rows'] {
  const clusterOf = clustersOf(evidence.topics);
  const duels = all.flatMap((one) => compared(evidence, one, clusterOf));
  const strengths = bradleyTerry(duels, evidence.methods.length);
  const judgeScripted = all.every(({ scripted }) => scripted);
  const pairs = [...Map.groupBy(duels, ({ pair }) => pair).values()].filter(({ length }) => length === 2);
  return evidence.methods.map((method, at) => {
    const own = duels.filter(({ first, second }) => first === at || second === at);
    const won = own.reduce((sum, duel) => sum + (duel.first === at ? duel.won : 1 - duel.won), 0);
    const both = pairs.filter(([one]) => one !== undefined && (one.first === at || one.second === at));
    const same = both.filter(([a, b]) => a !== undefined && b !== undefined && a.won === 1 - b.won).length;
    const marked = judgeScripted || method.scripted ? { scripted: true } : {};
    const part = (value: number, of: number) => ({ value: of === 0 ? null : value / of, n: of, ...marked });
    const { strength = null, low = 0, high = 0 } = strengths[at] ?? {};
    return {
      ...{ methodId: method.id, label: method.label },
      figures: {
        judge: { value: judge, n: null },
        strength: { value: own.length === 0 ? null : strength, n: own.length, ...marked },
        interval: {
          value: own.length === 0 || marked.scripted ? null : `${low.toFixed(2)} to ${high.toFixed(2)}`,
          n: null,
        },
        preferred: part(won, own.length),
        ties: part(own.filter(({ preference }) => preference === 0).length, own.length),
        consistent: part(same, both.length),
        compared: { value: own.length, n: null },
      },
    };
  });
}

/** A comparison by the places of its methods; none where the judge gave no preference. */
function compared(
  evidence: Evidence,
  { cellId, secondCellId, topicId, observation }: MeasurementResult,
  clusterOf: (topic: string) => string,
): Compared[] {
  const methodAt = (id: string | null | undefined) => {
    const cell = evidence.cells.find((one) => one.id === id);
    return evidence.methods.findIndex((method) => method.id === cell?.methodId);
  };
  const [first, second, preference] = [
    methodAt(cellId),
    methodAt(secondCellId),
    observation?.facts.preference,
  ];
  if (first < 0 || second < 0 || preference == null) return [];
  const pair = [cellId ?? '', secondCellId ?? ''].sort().join(' ');
  return [{ first, second, won: (preference + 1) / 2, cluster: clusterOf(topicId), pair, preference }];
}
