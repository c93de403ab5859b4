import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunControl } from '../../harness/experiment/control.ts';
import { type ChatReply, type ChatRequest, unknownUsage } from '../../harness/models/chat.ts';
import { type BuildOptions, type BuildSummary, buildDataset } from './build.ts';
import { loadBuildConfig } from './config.ts';

/** What a scripted model says to the data block of a prompt; text, or an object that becomes JSON. */
export type Script = (data: Record<string, unknown>) => unknown;

/** Said by a script, the model refuses. */
export const refusal = Symbol('refusal');

/** A chat model in this process that answers at once by a script, and remembers what it was asked. */
export function scriptedModel(script: Script) {
  const asked: string[] = [];
  const usage = { ...unknownUsage, input: 100, output: 10 };
  const chat = async (request: ChatRequest): Promise<ChatReply> => {
    const parts = request.messages.flatMap((message) => message.content);
    const prompt = parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
    const data: unknown = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(prompt)?.[1] ?? '{}');
    asked.push(prompt);
    const said = await script(isRecord(data) ? data : {});
    const finish = said === refusal ? 'refusal' : 'stop';
    const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? '');
    return { text, finish, usage, servedModel: 'm' };
  };
  return { asked, openChat: async () => ({ chat }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A field of a part of the data block, as text. */
export function field(data: Record<string, unknown>, part: string, name: string): string {
  const inside = data[part];
  return isRecord(inside) ? String(inside[name] ?? '') : '';
}

/** A builder to whom everything teaches, and whose topics are the titles. */
export const agreeable: Script = (data) => {
  if (data.task === 'dataset_verdict') return { instructional: true, reason: 'it explains' };
  if (data.task === 'dataset_topic')
    return { topic: `${field(data, 'unit', 'title')} explained step by step` };
  return { category: 'Mathematics' };
};

const endpoint = `{ id: scripted, provider: openai, base_url: "http://127.0.0.1:9", model: m, concurrency: 8 }`;

/** Writes a config with its catalogue into a folder; `more` are further lines of YAML. */
export function writeConfig(folder: string, kind: string, catalogue: string, more = ''): string {
  const path = join(folder, 'set.yaml');
  writeFileSync(
    path,
    `name: set
title: A set
licence: CC0-1.0
catalogue: { kind: ${kind}, path: ${catalogue} }
categories: [Mathematics, Physics]
roles: { builder: scripted, reviewer: scripted, student: scripted }
endpoints:
  - ${endpoint}
${more}`,
  );
  return path;
}

/** Builds up to the topics with a scripted model, into `<folder>/run`. */
export function build(
  folder: string,
  config: string,
  openChat: NonNullable<BuildOptions['openChat']>,
  control?: RunControl,
): Promise<BuildSummary> {
  const options = { folder: join(folder, 'run'), unsafeLocal: false, until: 'topics' as const, openChat };
  const watcher = { opened: () => undefined, noted: () => undefined };
  return buildDataset(loadBuildConfig(config), options, watcher, control);
}
