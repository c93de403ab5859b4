import { byTopic, type Compared } from '../comparison/compared.ts';
import type { Evidence } from '../evidence.ts';
import { leastOf } from '../statistics/best-of.ts';
import { cellScores } from './cell-scores.ts';
import { controlGains, controlsOf } from './honest-gain.ts';
import { protocolParts } from './protocol-parts.ts';
import { Readings } from './readings.ts';

/** Methods by the gain of each student: over the best control under `strict`, over the unlearned arm under `paper`. */
export function compareTeachQuiz(evidence: Evidence): Compared[] {
  return protocolParts(evidence).flatMap((part, i) =>
    comparedIn(part).map((one) => (i === 0 ? one : { ...one, id: `${one.id}-paper` })),
  );
}

function comparedIn(evidence: Evidence): Compared[] {
  const readings = new Readings(evidence);
  const strict = evidence.protocol === 'strict';
  return readings.students.map((student) => ({
    id: `teachquiz-${student}`,
    metric: 'teachquiz',
    label: `${strict ? 'Honest gain' : 'Gain'} of TeachQuiz, student ${student}`,
    ...{ scale: 100, unit: 'points', range: [-1, 1], higherIsBetter: true },
    methods: evidence.methods.map((method) => {
      const scores = cellScores(evidence, readings, method, student);
      const own = {
        ...{ id: method.id, label: method.label },
        scripted: method.scripted || readings.isScripted(student),
      };
      if (!strict) return { ...own, values: byTopic(scores, ({ gains }) => gains.get('unlearned') ?? null) };
      return { ...own, values: controlGains(scores, controlsOf(scores)), weights: leastOf };
    }),
  }));
}
