import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MmmcError } from '../store/errors.ts';
import { sha256 } from '../store/hash.ts';
import { toDisk } from '../store/keys.ts';

const folder = join(import.meta.dirname, '../../configs/prompts');

/** A template as it is now, with its hash. */
export interface PromptTemplate {
  name: string;
  text: string;
  sha256: string;
}

/** Reads `configs/prompts/<name>.md`. Throws `no_prompt` when there is none. */
export function loadPrompt(name: string): PromptTemplate {
  const path = join(folder, `${name}.md`);
  if (!existsSync(path)) throw new MmmcError('no_prompt', `there is no prompt template ${path}`);
  const text = readFileSync(path, 'utf8');
  return { name, text, sha256: sha256(text) };
}

/** Replaces each `{{key}}`. Throws `bad_prompt` for a key without a value: a hole never reaches a model. */
export function fillPrompt(template: PromptTemplate, values: Readonly<Record<string, string>>): string {
  return template.text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined)
      throw new MmmcError('bad_prompt', `prompt ${template.name} wants {{${key}}}, which is not given`);
    return value;
  });
}

/**
 * Data as the one fenced `json` block of a planner, coder or critic prompt: snake_case keys, and back-ticks escaped
 * so that code inside cannot close the fence.
 */
export function dataBlock(data: Readonly<Record<string, unknown>>): string {
  return `\`\`\`json\n${JSON.stringify(toDisk(data), null, 2).replaceAll('`', '\\u0060')}\n\`\`\``;
}
