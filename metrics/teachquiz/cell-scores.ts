import { type CellResult, type Evidence, isOwnFailure, type MethodResult } from '../evidence.ts';
import type { Arm } from './arms.ts';
import { armNames, isControl } from './arms.ts';
import { armAccuracy, type Readings, shareOf } from './readings.ts';

/** One cell's scores for one student; `null` where an arm is not known. */
export interface CellScore {
  cell: CellResult;
  /** Accuracy of each measured arm, in [0, 1]. A method's own failure shows the arm without a video in place of its own. */
  arms: ReadonlyMap<Arm, number | null>;
  /** Video minus each arm that it is compared with, in [-1, 1]: 0 for a method's own failure, whatever the arm. */
  gains: ReadonlyMap<Arm, number | null>;
  /** Shares of the answers in the video arm. */
  abstained: number | null;
  invalid: number | null;
  hasVideo: boolean;
}

/**
 * TeachQuiz of each cell (paper, eq. 2 and appendix A.1.1; DESIGN 5 and 9). A method's own failure gains 0 in every
 * comparison; as accuracy it shows the unlearned arm under `paper`, the arm without a video under `strict`. A failure
 * of ours is `null`.
 */
export function cellScores(
  evidence: Evidence,
  readings: Readings,
  method: MethodResult,
  student: string,
): CellScore[] {
  const inPlace = evidence.protocol === 'strict' ? 'no_video' : 'unlearned';
  const compared = armNames.filter(
    (arm) => readings.arms.includes(arm) && (arm === 'baseline' || arm === 'unlearned' || isControl(arm)),
  );
  const statusOf = new Map(evidence.cells.map((cell) => [cell.id, cell]));
  // Where the other topic's video was never made there is nothing to be shown: the student is then without a video.
  const neverMade = (arm: Arm, cell: CellResult) =>
    readings.of(student, arm, cell).every(({ cellId }) => {
      const shown = statusOf.get(cellId ?? '');
      return shown !== undefined && isOwnFailure(shown);
    });
  return evidence.cells
    .filter(({ methodId }) => methodId === method.id)
    .map((cell) => {
      const own = (arm: Arm) => armAccuracy(readings.of(student, arm, cell));
      const failed = isOwnFailure(cell);
      const arms = new Map(
        armNames.filter((arm) => readings.arms.includes(arm)).map((arm) => [arm, own(arm)]),
      );
      if (failed) arms.set('video', own(inPlace));
      const video = arms.get('video') ?? null;
      const gains = compared.map((arm): [Arm, number | null] => {
        const against = arm === 'other_topic' && neverMade(arm, cell) ? arms.get('no_video') : arms.get(arm);
        return [arm, against == null ? null : failed ? 0 : difference(video, against)];
      });
      const shown = failed ? [] : readings.of(student, 'video', cell);
      return {
        ...{ cell, arms, gains: new Map(gains), hasVideo: cell.video !== null },
        ...{ abstained: shareOf(shown, 'abstain'), invalid: shareOf(shown, 'invalid') },
      };
    });
}

const difference = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
