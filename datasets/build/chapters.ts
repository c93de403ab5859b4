import type { BuildFile } from './config.ts';
import type { Problem } from './shop.ts';
import type { CatalogueEntry } from './types.ts';

type Chapter = CatalogueEntry['chapters'][number];

/** A chapter with what is wrong with it as a unit of its own, if anything. */
export interface CheckedChapter {
  chapter: Chapter;
  problem: Problem | null;
}

/** What authors' times may be off, seconds: they are whole seconds, and videos are not. */
const slackS = 1;

/** From this part of the video on, a chapter is the video again. */
const wholeShare = 0.95;

/** Checks author's chapters: in order, inside the video, of a length that makes a unit. Ends are cut to the video's. */
export function checkChapters(
  chapters: readonly Chapter[],
  durationS: number | null,
  limits: Pick<BuildFile['segments'], 'minS' | 'maxS'>,
): CheckedChapter[] {
  let reached = 0;
  return chapters.map((raw) => {
    const endS =
      durationS === null || raw.endS > durationS + slackS ? raw.endS : Math.min(raw.endS, durationS);
    const chapter = { ...raw, endS };
    const problem = placeProblem(chapter, durationS, reached) ?? lengthProblem(chapter, durationS, limits);
    if (problem?.cause !== 'bad_chapter') reached = endS;
    return { chapter, problem };
  });
}

function placeProblem({ startS, endS }: Chapter, durationS: number | null, reached: number): Problem | null {
  const bad = (message: string): Problem => ({ cause: 'bad_chapter', message });
  if (!(startS >= 0 && endS > startS)) return bad(`it goes from ${startS} s to ${endS} s`);
  if (durationS !== null && endS > durationS)
    return bad(`it ends at ${endS} s, after the end of the video at ${durationS} s`);
  if (startS < reached - slackS) return bad(`it begins at ${startS} s, inside the chapter before it`);
  return null;
}

function lengthProblem(
  { startS, endS }: Chapter,
  durationS: number | null,
  { minS, maxS }: Pick<BuildFile['segments'], 'minS' | 'maxS'>,
): Problem | null {
  const lengthS = Math.round((endS - startS) * 100) / 100;
  if (lengthS < minS) return { cause: 'chapter_too_short', message: `${lengthS} s are less than ${minS} s` };
  if (lengthS > maxS) return { cause: 'chapter_too_long', message: `${lengthS} s are more than ${maxS} s` };
  if (durationS !== null && lengthS >= wholeShare * durationS)
    return { cause: 'whole_video', message: 'it is the whole video again' };
  return null;
}
