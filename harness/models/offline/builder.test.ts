import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpointSchema } from '../endpoint.ts';
import { createOpenAiChat } from '../openai.ts';
import { type OfflineServer, startOfflineServer } from './server.ts';

let server: OfflineServer;
beforeAll(async () => {
  server = await startOfflineServer({ ocr: async () => '', makeNoiseVideo: async () => Buffer.from('') });
});
afterAll(() => server.close());

const signal = new AbortController().signal;
async function ask(model: string, task: unknown, words = ''): Promise<string> {
  const endpoint = endpointSchema.parse({ id: model, provider: 'openai', baseUrl: 'offline:', model });
  const text = `Do this.\n\n\`\`\`json\n${JSON.stringify(task, null, 2)}\n\`\`\`\n${words}\nMind the rules.`;
  const request = { messages: [{ role: 'user', content: [{ type: 'text', text } as const] } as const] };
  const reply = await createOpenAiChat(endpoint, { baseUrl: server.url, key: null }).chat(request, {
    signal,
  });
  return reply.text;
}
/** The object in the one json fence that a reply is. */
function read(reply: string): Record<string, unknown> {
  const text = /^```json\n([\s\S]*)\n```$/.exec(reply)?.[1];
  if (text === undefined) throw new Error(`no json: ${reply}`);
  return JSON.parse(text);
}
const build = async (task: unknown) => read(await ask('builder', task));
const sieve = { title: 'Chapter 2', parent_title: 'Prime numbers from the start' };
const correction = { attempt: 1, problem: 'it names a part of a video' };

describe('the offline builder, behind the ordinary provider', () => {
  it('says of a video by its title whether it teaches, and why', async () => {
    const lesson = await build({
      task: 'dataset_verdict',
      video: { title: 'LEVERS and  balance', duration_s: 10 },
    });
    expect(lesson).toMatchObject({ instructional: true });
    const trailer = await build({ task: 'dataset_verdict', video: { title: 'Trailer: the new season' } });
    expect(trailer).toMatchObject({ instructional: false, reason: expect.stringContaining('announces') });
  });

  it('names a topic, and mends it when it is told what is wrong, under either name', async () => {
    const task = { task: 'dataset_topic', unit: sieve };
    expect(await build(task)).toEqual({ topic: 'Chapter 2' });
    expect(await build({ ...task, correction })).toEqual({ topic: 'Finding primes with a sieve' });
    expect(await build({ ...task, problem: 'a title' })).toEqual({ topic: 'Finding primes with a sieve' });
  });

  it('answers once in words that are no JSON, and mends that', async () => {
    const unit = { title: 'Adding bits', parent_title: 'Counting in binary' };
    expect(await ask('builder', { task: 'dataset_topic', unit })).not.toMatch(/[{}]/);
    const mended = await build({ task: 'dataset_topic', unit, correction });
    expect(mended).toEqual({ topic: 'Binary addition with carries' });
  });

  it('names a category by the topic, and mends one that is not on the list', async () => {
    const topic = { title: 'Sums of two dice and their frequency' };
    const task = { task: 'dataset_category', topic, categories: ['Probability'] };
    expect(await build(task)).toEqual({ category: 'Games of chance' });
    expect(await build({ ...task, correction })).toEqual({ category: 'Probability' });
  });

  it('drafts a quiz with mistakes, and replacements in later rounds, no more than are wanted', async () => {
    const unit = { title: 'What is a prime?', parent_title: 'Prime numbers from the start' };
    const task = { task: 'dataset_quiz', topic: { title: 'How divisors make a number prime' }, unit };
    const first = await build({ ...task, questions: 3, options: 4, language: 'en', round: 0, refused: [] });
    expect(first.questions).toMatchObject([
      { stem: 'How many divisors has every prime?', needs: 'text' },
      { stem: 'Which number is a small prime?' },
      { stem: 'Which is the largest prime below 20?' },
    ]);
    expect(JSON.stringify(first)).not.toMatch(/planned|two_keys|defensible/);
    const second = await build({ ...task, questions: 1, round: 1 });
    expect(second.questions).toMatchObject([{ stem: 'Which prime is the smallest of all?' }]);
    expect(await build({ ...task, questions: 1, round: 0 })).toMatchObject({ questions: { length: 1 } });
    expect(await build({ ...task, questions: 1, round: 2 })).toEqual({ questions: [] });
  });

  it('refuses with 422 what it has no reply for, and never guesses', async () => {
    const chapter = { title: 'Chapter 2', parent_title: 'Another video' };
    const refused = [
      { task: 'dataset_verdict', video: { title: 'Knots' } },
      { task: 'dataset_topic', unit: { title: 'Chapter 2' } },
      { task: 'dataset_topic', unit: chapter },
      { task: 'dataset_category', topic: { title: 'Knots' }, categories: [] },
      { task: 'dataset_quiz', topic: { title: 'Knots' }, unit: chapter, questions: 3, round: 0 },
      { task: 'dataset_rewrite', stem: 'x' },
      { task: 'outline', topic: { title: 'Knots' } },
    ];
    for (const task of refused) {
      await expect(ask('builder', task)).rejects.toMatchObject({ failure: 'bad_request', status: 422 });
    }
  });
});

describe('the offline reviewer', () => {
  const task = { task: 'dataset_defensible', topic: { title: 'any' } };
  const review = async (stem: string, options: readonly string[]) => {
    const lines = options.map((option, index) => `${'ABCDEF'[index]}) ${option}`);
    return read(await ask('reviewer', task, `Question: ${stem}\n${lines.join('\n')}`)).defensible;
  };

  it('defends the key alone, in the letter that is shown, whatever the order', async () => {
    const stem = 'How many faces does a die have?';
    expect(await review(stem, ['4', '6', '8', '9'])).toEqual(['B']);
    expect(await review(stem, ['9', '8', '4', '6'])).toEqual(['D']);
  });

  it('defends both right options, and another one than a wrong key', async () => {
    expect(await review('Which number is a small prime?', ['7', '8', '5', '9'])).toEqual(['A', 'C']);
    const turn = 'Two quarter slices together span how many degrees?';
    expect(await review(turn, ['90', '45', '60', '180'])).toEqual(['D']);
  });

  it('refuses with 422 without a question, or with one that nobody wrote a reply for', async () => {
    await expect(ask('reviewer', task)).rejects.toMatchObject({ status: 422 });
    await expect(review('How many faces does a die have?', ['1', '2', '3'])).rejects.toMatchObject({
      status: 422,
    });
    await expect(ask('reviewer', { task: 'dataset_quiz' }, 'Question: x\nA) 1\nB) 2')).rejects.toMatchObject({
      status: 422,
    });
  });
});
