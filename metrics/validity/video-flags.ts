import type { CellResult, Evidence } from '../evidence.ts';
import type { Flag } from './flags.ts';
import type { Thresholds } from './rules.ts';

/** What is to be said against videos. */
export function videoFlags(evidence: Evidence, thresholds: Thresholds): Flag[] {
  return [...sameVideo(evidence), ...quizShown(evidence, thresholds), ...contradicted(evidence, thresholds)];
}

const nameOf = ({ methods, topics }: Evidence, cell: CellResult) =>
  `${methods.find(({ id }) => id === cell.methodId)?.label ?? cell.methodId} on ${topics.find(({ id }) => id === cell.topicId)?.title ?? cell.topicId}`;

/** One flag for each file that stands under several cells. */
function sameVideo(evidence: Evidence): Flag[] {
  const known = evidence.cells.filter(({ videoSha256 }) => videoSha256 !== undefined);
  return [...Map.groupBy(known, ({ videoSha256 }) => videoSha256).values()].flatMap((cells): Flag[] => {
    const [first] = cells;
    if (first === undefined || cells.length < 2) return [];
    const names = cells.map((cell) => nameOf(evidence, cell));
    const shown = names.slice(0, 4).join('; ');
    return [
      {
        ...{ rule: 'same_video', about: nameOf(evidence, first), value: cells.length, threshold: 1 },
        evidence: `the same file is the video of ${cells.length} cells: ${shown}${names.length > 4 ? '; …' : ''}`,
      },
    ];
  });
}

/** The layout metric's fact of each video, where it passes the threshold. */
function past(
  evidence: Evidence,
  fact: string,
  threshold: number,
): { cell: CellResult; value: number; notes: readonly string[] }[] {
  return evidence.measurements.flatMap(({ metric, cellId, observation }) => {
    const value = metric === 'layout' ? observation?.facts[fact] : null;
    const cell = evidence.cells.find(({ id }) => id === cellId);
    if (cell === undefined || value == null || value < threshold || value === 0) return [];
    return [{ cell, value, notes: observation?.notes ?? [] }];
  });
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

function quizShown(evidence: Evidence, { quizShown: threshold }: Thresholds): Flag[] {
  return past(evidence, 'quizShown', threshold).map(({ cell, value, notes }) => ({
    ...{ rule: 'quiz_shown', about: nameOf(evidence, cell), value, threshold },
    evidence: `${percent(value)} of the topic’s questions stand on its frames: ${said(notes, 'question')}`,
  }));
}

function contradicted(evidence: Evidence, { geometryContradicted: threshold }: Thresholds): Flag[] {
  return past(evidence, 'contradicted', threshold).map(({ cell, value, notes }) => ({
    ...{ rule: 'geometry_contradicted', about: nameOf(evidence, cell), value, threshold },
    evidence: `${percent(value)} of its large texts are on no frame: ${said(notes, 'geometry')}`,
  }));
}

/** The notes of one kind, the first three. */
const said = (notes: readonly string[], kind: string) =>
  notes
    .filter((note) => note.startsWith(`the ${kind}`))
    .slice(0, 3)
    .join('; ');
