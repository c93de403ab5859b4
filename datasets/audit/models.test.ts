import { describe, expect, it } from 'vitest';
import { questionBlock } from '../../harness/quiz/question.ts';
import type { Reading } from '../../harness/store/events.ts';
import { question, topic } from '../topics.fixture.ts';
import { choicesOnly, findSecondKeys, runChoicesOnly, secondKey } from './models.ts';

const quiz = ['First?', 'Second?', 'Third?', 'Fourth?'].map((stem) => question('t', stem));
const topics = [topic('Bayes', [], { quiz })];
const letter = (value: string): Reading => ({ kind: 'letter', letter: value });

describe('the choices-only arm', () => {
  it('shows the options and never the stem', () => {
    const [first] = quiz;
    if (first === undefined) throw new Error('no question');
    const { question: shown, prompt } = choicesOnly(first);
    expect(questionBlock(shown)).toContain('B) two');
    expect(`${questionBlock(shown)}${prompt}`).not.toContain('First?');
  });

  it('counts right answers, abstentions as wrong, and lost readings apart', async () => {
    const readings: (Reading | null)[] = [letter('B'), letter('A'), { kind: 'abstain' }, null];
    const result = await runChoicesOnly(topics, async () => readings.shift() ?? null);
    expect(result).toMatchObject({ right: 1, n: 3, abstained: 1, missing: 1 });
    expect(result.accuracy).toBeCloseTo(1 / 3);
  });

  it('has no accuracy when nothing could be read', async () => {
    const result = await runChoicesOnly(topics, async () => null);
    expect(result).toMatchObject({ n: 0, missing: 4, accuracy: null, interval: null });
  });
});

describe('the question for a second key', () => {
  it('names the key and the topic', () => {
    const [first] = quiz;
    const [bayes] = topics;
    if (first === undefined || bayes === undefined) throw new Error('no question');
    expect(secondKey(bayes, first).prompt).toContain('about Bayes. Its key says that B is right');
  });

  it('flags another letter as an opinion; the key, none and letters that are no option are no flag', async () => {
    const readings: (Reading | null)[] = [letter('C'), letter('B'), { kind: 'abstain' }, letter('F')];
    const found = await findSecondKeys(topics, async () => readings.shift() ?? null);
    expect(found).toMatchObject([{ kind: 'second_defensible_option', topic: 'bayes', question: 1 }]);
    expect(found[0]?.message).toContain('defends C beside the key B (an opinion)');
  });
});
