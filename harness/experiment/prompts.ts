import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringify from 'json-stringify-pretty-compact';
import { parse } from 'yaml';
import { z } from 'zod';
import { exitCodes, MmmcError } from '../store/errors.ts';
import { sha256 } from '../store/hash.ts';
import { toDisk } from '../store/keys.ts';

const folder = join(import.meta.dirname, '../../configs/prompts');

/** A template as it is now, with its hash. */
export interface PromptTemplate {
  name: string;
  /** Raised by hand when the wording changes in meaning; for people, ids hash the text. */
  version: number;
  /** What `{{…}}` it has; no more and no less is in the text. */
  variables: readonly string[];
  text: string;
  sha256: string;
}

const headSchema = z.strictObject({ version: z.int().positive(), variables: z.array(z.string()) });

/** Names of all templates, such as `code2video/outline`. */
export function promptNames(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => path.slice(0, -'.md'.length))
    .sort();
}

/**
 * Reads `configs/prompts/<name>.md`, or the file that a config put in its place. Throws `no_prompt` when there is none,
 * `bad_prompt` (exit 2) when its head does not declare the variables that its text has.
 */
export function loadPrompt(name: string, path = join(folder, `${name}.md`)): PromptTemplate {
  if (!existsSync(path))
    throw new MmmcError('no_prompt', `there is no prompt template ${path}`, {
      exitCode: exitCodes.usage,
      hint: `Templates: ${promptNames().join(', ')}`,
    });
  return parsePrompt(name, path, readFileSync(path, 'utf8'));
}

/** A template from the content of its file. Throws `bad_prompt` (exit 2) as `loadPrompt` does. */
export function parsePrompt(name: string, path: string, content: string): PromptTemplate {
  const [, head, text] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(content) ?? [];
  if (head === undefined || text === undefined)
    throw badPrompt(path, 'it begins with a head: ---, version, variables, ---');
  const parsed = headSchema.safeParse(parse(head));
  if (!parsed.success) throw badPrompt(path, z.prettifyError(parsed.error));
  const { version, variables } = parsed.data;
  const holes = [...new Set([...text.matchAll(hole)].map((match) => match[1] ?? ''))];
  if (holes.toSorted().join() !== variables.toSorted().join())
    throw badPrompt(
      path,
      `its head declares {{${variables.join('}}, {{')}}}, its text has {{${holes.join('}}, {{')}}}`,
    );
  return { name, version, variables, text, sha256: sha256(text) };
}

/** The content of a template's file. */
export function promptFile({ version, variables, text }: PromptTemplate): string {
  return `---\nversion: ${version}\nvariables: [${variables.join(', ')}]\n---\n${text}`;
}

const hole = /\{\{(\w+)\}\}/g;

function badPrompt(path: string, problem: string): MmmcError {
  return new MmmcError('bad_prompt', `${path}: ${problem}`, {
    exitCode: exitCodes.usage,
    hint: 'See a shipped one with `mmmc prompts show <name>`.',
  });
}

/** Replaces each `{{key}}`. Throws `bad_prompt` for a key without a value: a hole never reaches a model. */
export function fillPrompt(template: PromptTemplate, values: Readonly<Record<string, string>>): string {
  return template.text.replace(hole, (_, key: string) => {
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
  return `\`\`\`json\n${stringify(toDisk(data), { indent: 1, maxLength: 160 }).replaceAll('`', '\\u0060')}\n\`\`\``;
}
