import { join } from 'node:path';
import { buildDataset } from '../../datasets/build/build.ts';
import { loadBuildConfig } from '../../datasets/build/config.ts';
import { unknownUsage } from '../models/chat.ts';

/** Builds `<folder>/bench.yaml` up to the topics with a model that answers at once, and prints what that took. */
const folder = process.argv[2] ?? '';
let calls = 0;

const reply = (text: string): string => {
  if (text.includes('"dataset_verdict"')) return verdict(text);
  if (text.includes('"dataset_topic"'))
    return `{"topic": "Parts of the number ${/number (\d+)/.exec(text)?.[1]}"}`;
  return '{"category": "Mathematics"}';
};

/** One video in three teaches. */
const verdict = (text: string) =>
  `{"instructional": ${Number(/number (\d+)/.exec(text)?.[1]) % 3 === 0}, "reason": "it explains, or not"}`;

const openChat = async () => ({
  chat: async (request: { messages: readonly { content: readonly { type: string; text?: string }[] }[] }) => {
    calls++;
    const text = reply(
      request.messages.flatMap(({ content }) => content.map((part) => part.text ?? '')).join(''),
    );
    return { text, finish: 'stop' as const, usage: unknownUsage, servedModel: 'instant' };
  },
});

const start = performance.now();
const summary = await buildDataset(
  loadBuildConfig(join(folder, 'bench.yaml')),
  { folder: join(folder, 'run'), unsafeLocal: false, until: 'topics', openChat },
  { opened: () => undefined, noted: () => undefined },
);
const seconds = (performance.now() - start) / 1000;
const topics = summary.funnel.find(({ stage }) => stage === 'category')?.out ?? 0;
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, peakMb, calls, topics }));
