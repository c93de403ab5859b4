import { join } from 'node:path';
import { RunControl } from '../../harness/experiment/control.ts';
import { Endpoints } from '../../harness/experiment/endpoints.ts';
import { type ChatRequest, unknownUsage } from '../../harness/models/chat.ts';
import { endpointSchema } from '../../harness/models/endpoint.ts';
import { ModelError } from '../../harness/models/model-error.ts';
import { OpenBundle, writeRunFile } from '../../harness/store/bundle.ts';
import { PlanAppender } from '../../harness/store/plan-file.ts';
import { type BuildConfig, buildFileSchema } from './config.ts';
import { SpendingLimit } from './limits.ts';
import { type BuildMedia, buildMedia } from './media.ts';
import { BuildShop } from './shop.ts';
import type { Unit, UnitTopic } from './types.ts';

/** What the models of a test hold of a question, found by its stem; letters, or `fail` for a failed call. */
export interface Opinion {
  blind?: string;
  video?: string;
  defensible?: readonly string[];
}

/** What a test's models say. */
export interface World {
  /** The builder's reply by topic title, then round; an object becomes `{"questions": …}`, a text is sent as it is. */
  drafts: Readonly<Record<string, readonly (readonly unknown[] | string)[]>>;
  /** By stem; without an opinion the blind student abstains, the watching one and the reviewer name the key. */
  opinions?: Readonly<Record<string, Opinion>>;
  /** Right letters by stem, for those without an opinion. */
  keys: Readonly<Record<string, string>>;
}

/** A well-formed draft. */
export function draft(stem: string, options: readonly string[], key: string, needs = 'text') {
  return { stem, options, key, needs };
}

/** Models in this process that answer from a world at once, and remember what they were asked. */
export function worldModels(world: () => World) {
  const asked: { kind: string; text: string; images: number }[] = [];
  const chat = async (request: ChatRequest) => {
    const parts = request.messages.flatMap(({ content }) => content);
    const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
    const images = parts.filter(({ type }) => type === 'image').length;
    const task = /"task": "dataset_(\w+)"/.exec(text)?.[1];
    const kind = task ?? (images > 0 ? 'video' : 'blind');
    asked.push({ kind, text, images });
    const said = kind === 'quiz' ? builder(world(), text) : judge(world(), kind, text);
    if (said === 'fail') throw new ModelError('auth', 'the key is wrong');
    return { text: said, finish: 'stop' as const, usage: unknownUsage, servedModel: 'm' };
  };
  return { asked, openChat: async () => ({ chat }) };
}

function builder(world: World, text: string): string {
  const title = /"topic": \{\s*"title": "([^"]*)"/.exec(text)?.[1] ?? '';
  const round = Number(/"round": (\d+)/.exec(text)?.[1]);
  const reply = world.drafts[title]?.[round] ?? 'fail';
  return typeof reply === 'string' ? reply : JSON.stringify({ questions: reply });
}

function judge(world: World, kind: string, text: string): string {
  const stem = /^Question: (.*)$/m.exec(text)?.[1] ?? '';
  const opinion = world.opinions?.[stem] ?? {};
  const key = world.keys[stem] ?? '';
  if (kind === 'defensible') return JSON.stringify({ defensible: opinion.defensible ?? [key], reason: 'r' });
  const answer = kind === 'blind' ? (opinion.blind ?? null) : (opinion.video ?? key);
  if (answer === 'fail' || answer === '') return answer;
  return JSON.stringify({ answer });
}

/** A unit with its topic. */
export function unitTopic(title: string, video: string | null = null): UnitTopic {
  const about = { title, parentTitle: null, description: '', tags: [], url: null, licence: null };
  const place = { entry: 'e', parent: null, startS: 0, endS: 10, transcript: null, language: null };
  return { unit: { id: `unit-${title}`, video, ...about, ...place } satisfies Unit, title, category: null };
}

/** A shop over a bundle in `folder`, whose every video has two frames. */
export function openTestShop(
  folder: string,
  openChat: ReturnType<typeof worldModels>['openChat'],
  more: { quiz?: object; limits?: object; baseUrl?: string } = {},
) {
  const endpoint = endpointSchema.parse({
    id: 'e',
    provider: 'openai',
    baseUrl: more.baseUrl ?? 'http://127.0.0.1:9',
    model: 'model-1',
    vision: true,
    attempts: 1,
  });
  const file = buildFileSchema.parse({
    name: 'set',
    title: 'A set',
    licence: 'CC0-1.0',
    catalogue: { kind: 'csv', path: 'c.csv' },
    categories: ['Mathematics'],
    quiz: { questions: 2, options: 4, rounds: 3, ...more.quiz },
    limits: more.limits ?? {},
    roles: { builder: 'e', reviewer: 'e', student: 'e' },
    endpoints: [endpoint],
  });
  const endpoints = { builder: endpoint, reviewer: endpoint, student: endpoint };
  const config: BuildConfig = { file, collection: 'set', catalogue: join(folder, 'c.csv'), endpoints };
  const bundle = new OpenBundle(folder, 'test');
  const run = { time: '2026-01-01T00:00:00.000Z', hash: 'h', config: { kind: 'dataset' }, provenance: {} };
  writeRunFile(bundle.paths, { schemaVersion: 1, name: 'set', configs: [run] });
  const limit = new SpendingLimit(bundle, file.limits);
  const plan = new PlanAppender(bundle.paths.plan);
  const still = [1, 2].map((timeS) => ({ timeS, jpeg: new Uint8Array([255, 216, timeS]) }));
  let decoded = 0;
  const media: BuildMedia = {
    ...buildMedia(() => Promise.reject(new Error('no sandbox in this test'))),
    frames: async () => {
      decoded++;
      return still;
    },
  };
  const shop = new BuildShop({
    config,
    bundle,
    plan,
    media,
    control: new RunControl(),
    endpoints: new Endpoints(() => Promise.reject(new Error('no server')), limit.guard(openChat)),
    maxUnusable: 3,
  });
  const close = () => {
    plan.close();
    bundle.close();
  };
  return { shop, close, decodes: () => decoded };
}
