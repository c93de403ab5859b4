import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { letterAt } from '../../harness/quiz/question.ts';
import type { BundleView } from '../../harness/store/bundle.ts';
import { readRatings } from '../../metrics/people/ratings.ts';
import type { KnownRating } from '../../metrics/people/study.ts';
import type { ReportConfig } from '../config.ts';

/** The ratings that were imported into a bundle, with what the bundle knows of their videos. Throws `bad_ratings`. */
export function readPeople(bundle: BundleView, config: ReportConfig): KnownRating[] {
  const folder = bundle.paths.people;
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort();
  const cells = new Map(bundle.plan.cells.map((cell) => [cell.id, cell]));
  return files
    .flatMap((name) => readRatings(readFileSync(join(folder, name), 'utf8'), join(folder, name)))
    .flatMap((rating): KnownRating[] => {
      // Videos of methods that the config in force no longer has stay on disk and out of tables.
      const cell = cells.get(rating.video);
      if (cell === undefined) return [];
      const quiz = config.topics.find(({ id }) => id === cell.topicId)?.quiz ?? [];
      return [
        {
          ...rating,
          ...{ methodId: cell.methodId, topicId: cell.topicId },
          durationS: bundle.state.outcomes.get(`produce:${cell.id}`)?.videoFacts?.durationS ?? null,
          keys: new Map(quiz.map(({ id, key }) => [id, letterAt(key)])),
        },
      ];
    });
}
