import { z } from 'zod';
import type { BuildFile } from './config.ts';
import { type BuildShop, type Problem, replyCauses } from './shop.ts';
import type { CatalogueEntry } from './types.ts';

/** Characters of a description that are shown to a model. */
export const descriptionShown = 4000;

/** Says of an entry which rule it breaks, if any; no model is asked. */
export type Rules = (entry: CatalogueEntry) => Problem | null;

/** The rules of a config, with its keywords made ready. */
export function rulesOf(rules: BuildFile['rules']): Rules {
  const include = rules.include.map(finderOf);
  const exclude = rules.exclude.map(finderOf);
  const categories = new Set(rules.categories.map(fold));
  return (entry) => {
    const { title, description, tags, category, durationS } = entry;
    if (durationS !== null && durationS < rules.minDurationS)
      return problem('too_short', `${durationS} s are less than ${rules.minDurationS} s`);
    if (durationS !== null && durationS > rules.maxDurationS)
      return problem('too_long', `${durationS} s are more than ${rules.maxDurationS} s`);
    if (categories.size > 0 && !categories.has(fold(category ?? '')))
      return problem('other_category', `its category is ${category ?? 'not told'}`);
    const name = [title, ...tags].map(fold).join('\n');
    const found = rules.exclude.find((_, i) => exclude[i]?.test(name));
    if (found !== undefined) return problem('excluded_keyword', `title or tags hold “${found}”`);
    const all = `${name}\n${fold(description)}`;
    if (include.length > 0 && !include.some((finder) => finder.test(all)))
      return problem('no_keyword', 'neither title, tags nor description hold one of the keywords');
    return null;
  };
}

function problem(cause: string, message: string): Problem {
  return { cause, message };
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

/** Finds a keyword as whole words, in folded text. */
function finderOf(keyword: string): RegExp {
  const escaped = fold(keyword).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u');
}

const verdictSchema = z.object({ instructional: z.boolean(), reason: z.string().min(1) });

/** What the builder says of a video. */
export type Verdict = { kept: boolean; cause: string | null; reason: string; retry: boolean };

/** Asks the builder whether a video teaches. `retry`: it gave no readable answer, the next run asks again. */
export async function askVerdict(shop: BuildShop, item: string, entry: CatalogueEntry): Promise<Verdict> {
  const { title, description, durationS, tags, chapters } = entry;
  const asked = await shop.consult({
    role: 'builder',
    item,
    purpose: 'verdict',
    prompt: shop.prompt('dataset/verdict'),
    data: {
      task: 'dataset_verdict',
      video: { title, description: description.slice(0, descriptionShown), durationS, tags, chapters },
    },
    schema: verdictSchema,
  });
  if (!asked.ok) {
    const { cause, message } = asked.problem;
    return { kept: false, cause, reason: message, retry: cause === replyCauses.unreadable };
  }
  const { instructional, reason } = asked.value;
  return { kept: instructional, cause: instructional ? null : 'not_instructional', reason, retry: false };
}
