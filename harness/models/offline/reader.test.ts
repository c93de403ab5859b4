import { describe, expect, it } from 'vitest';
import { misreadFrame } from './ocr-noise.fixture.ts';
import { createReader } from './reader.ts';
import { type ReaderTopic, readerTopics } from './reader-topics.fixture.ts';
import { seededRandom } from './seeded-random.ts';

/*
 * The bars that the reader must clear, fixed on these topics (six, eight questions each, no topic of a data set). Each question
 * is asked of five noisy readings of the same frames.
 */
const leastRight = 0.6;
const leastRightOfAnswered = 0.8;
const leastAbstainedBlank = 0.95;
const leastAbstainedRemoved = 0.7;
/** Four options: blind guessing is right in one of four; twice the standard error of so few answers is allowed on top. */
const chance = 0.25;
const noiseSeeds = [1, 2, 3, 4, 5];

type Question = ReaderTopic['questions'][number];
type Lines = readonly (readonly string[])[];

/** Asks the reader over pictures whose bytes are their own text, so that only the reading is left out. */
async function ask(
  question: Question,
  frames: readonly string[],
  order = [0, 1, 2, 3],
): Promise<number | null> {
  const reader = createReader(async (picture) => new TextDecoder().decode(picture));
  const options = order.map(
    (index, place) => `${String.fromCharCode(65 + place)}) ${question.options[index]}`,
  );
  const texts = ['Watch this.', `Question: ${question.stem}\n${options.join('\n')}`, 'Reply in JSON.'];
  const images = frames.map((frame) => new TextEncoder().encode(frame));
  const reply: { answer: string | null } = JSON.parse(
    await reader({ lastUserMessage: texts.join('\n'), texts, images }, AbortSignal.timeout(5000)),
  );
  return reply.answer === null ? null : (order[reply.answer.charCodeAt(0) - 65] ?? null);
}

function noisy(frames: Lines, seed: number): string[] {
  const random = seededRandom(seed);
  return frames.map((lines) => misreadFrame(lines, random));
}

/** Asks every question of every topic over the frames that are shown for it. */
async function askAll(shown: (topic: ReaderTopic, question: Question, index: number) => Lines | null) {
  const answers: { question: Question; answer: number | null; frames: string[] }[] = [];
  for (const seed of noiseSeeds) {
    for (const [index, topic] of readerTopics.entries()) {
      for (const question of topic.questions) {
        const lines = shown(topic, question, index);
        if (lines === null) continue;
        const frames = noisy(lines, seed);
        answers.push({ question, answer: await ask(question, frames), frames });
      }
    }
  }
  const answered = answers.filter(({ answer }) => answer !== null);
  const right = answered.filter(({ question, answer }) => question.key === answer);
  return {
    answers,
    answered: answered.length,
    right: right.length / answers.length,
    rightOfAnswered: right.length / answered.length,
    abstained: 1 - answered.length / answers.length,
  };
}

describe('the reader', () => {
  it('answers most questions of the right video, and is mostly right where it answers', async () => {
    const result = await askAll((topic) => topic.frames);
    expect(result.right).toBeGreaterThanOrEqual(leastRight);
    expect(result.rightOfAnswered).toBeGreaterThanOrEqual(leastRightOfAnswered);
  });

  it('abstains over a blank video, whatever rubbish OCR makes of it', async () => {
    const result = await askAll(() => [[], ['~'], ['- .'], ['a']]);
    expect(result.abstained).toBeGreaterThanOrEqual(leastAbstainedBlank);
  });

  it("is no better than chance where it answers over another topic's video", async () => {
    for (const step of [1, 2, 3, 4, 5]) {
      const result = await askAll((_topic, _question, index) => {
        const other = readerTopics[(index + step) % readerTopics.length];
        return other?.frames ?? null;
      });
      const slack = 2 * Math.sqrt((chance * (1 - chance)) / Math.max(1, result.answered));
      if (result.answered > 0) expect(result.rightOfAnswered).toBeLessThanOrEqual(chance + slack);
      expect(result.abstained).toBeGreaterThanOrEqual(leastAbstainedRemoved);
    }
  });

  it('mostly abstains when the lines that hold the answer are removed', async () => {
    const result = await askAll((topic, { answer }) =>
      answer === null ? null : topic.frames.map((lines) => lines.filter((line) => line !== answer)),
    );
    expect(result.abstained).toBeGreaterThanOrEqual(leastAbstainedRemoved);
  });

  it('gives the same answers by text when the options are shuffled', async () => {
    const { answers } = await askAll((topic) => topic.frames);
    for (const { question, answer, frames } of answers.slice(0, 96)) {
      expect(await ask(question, frames, [2, 0, 3, 1])).toBe(answer);
      expect(await ask(question, frames, [3, 2, 1, 0])).toBe(answer);
    }
  });
});

describe('the way the reader answers', () => {
  const picture = (text: string) => new TextEncoder().encode(text);
  const request = (text: string, ...images: Uint8Array[]) => ({
    lastUserMessage: text,
    texts: [text],
    images,
  });
  const signal = AbortSignal.timeout(5000);
  const asked = 'Question: How many legs does a spider have?\nA) 6\nB) 8\nC) 10\nD) 12';

  it('abstains without pictures and without a question', async () => {
    const reader = createReader(async () => 'A spider has 8 legs');
    expect(JSON.parse(await reader(request(asked), signal))).toEqual({ answer: null });
    expect(JSON.parse(await reader(request('A spider has 8 legs', picture('x')), signal))).toEqual({
      answer: null,
    });
  });

  it('answers with the letter and the line that it read', async () => {
    const reader = createReader(async () => 'Spiders\nA spider has 8 legs\nAn insect has 6 legs');
    expect(JSON.parse(await reader(request(asked, picture('x')), signal))).toEqual({
      answer: 'B',
      evidence: 'A spider has 8 legs',
    });
  });

  it('reads no number for another, however alike they look', async () => {
    const reader = createReader(async () => 'A spider has 18 legs and 60 legs, and a spider has 1.2 legs');
    expect(JSON.parse(await reader(request(asked, picture('x')), signal))).toEqual({ answer: null });
  });

  it('abstains where all options consist of the same words, and where two fit equally well', async () => {
    const reader = createReader(
      async () => 'The spider eats the fly, so the spider is bigger and the fly is smaller',
    );
    const same = 'Question: Which is bigger?\nA) spider > fly\nB) fly > spider\nC) fly = spider';
    const equal = 'Question: Which of the two animals eats and is bigger?\nA) The spider\nB) The fly';
    expect(JSON.parse(await reader(request(same, picture('x')), signal))).toEqual({ answer: null });
    expect(JSON.parse(await reader(request(equal, picture('x')), signal))).toEqual({ answer: null });
  });

  it('reads a picture once for all questions, those asked at the same time included', async () => {
    const seen: string[] = [];
    const reader = createReader(async (bytes) => {
      seen.push(new TextDecoder().decode(bytes));
      return 'A spider has 8 legs';
    });
    const both = request(asked, picture('x'), picture('y'), picture('x'));
    await Promise.all([reader(both, signal), reader(both, signal)]);
    await reader(both, signal);
    expect(seen.sort()).toEqual(['x', 'y']);
  });

  it('tries a picture again after its reading failed', async () => {
    let calls = 0;
    const reader = createReader(async () => {
      calls += 1;
      if (calls === 1) throw new Error('no sandbox');
      return 'A spider has 8 legs';
    });
    await expect(reader(request(asked, picture('x')), signal)).rejects.toThrow('no sandbox');
    expect(JSON.parse(await reader(request(asked, picture('x')), signal))).toMatchObject({ answer: 'B' });
  });
});
