import { fromDisk, toDisk } from '../harness/store/keys.ts';
import { type Results, resultsSchema } from './results.ts';

/** `results.json`, with snake_case keys. */
export function renderJson(results: Results): string {
  return `${JSON.stringify(toDisk(results), null, 1)}\n`;
}

/** Reads what `renderJson` wrote. Throws a ZodError or SyntaxError for anything else. */
export function parseJson(text: string): Results {
  return resultsSchema.parse(fromDisk(JSON.parse(text)));
}
