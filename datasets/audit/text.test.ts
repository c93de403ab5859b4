import { describe, expect, it } from 'vitest';
import { question, topic } from '../topics.fixture.ts';
import { notationCounts, notationsIn, textFindings } from './text.ts';

/** Kinds found in a question of this stem and these options. */
function kinds(stem: string, options: readonly string[] = ['one', 'two', 'three']): string[] {
  const quiz = [question('t', stem, options)];
  return textFindings([topic('T', [], { quiz })]).map(({ kind }) => kind);
}

describe('the text rules', () => {
  it('find nothing in a sound question', () => {
    expect(kinds('What is the slope of the tangent?')).toEqual([]);
  });

  it('find literal escapes in stem and options, with the escapes named', () => {
    expect(kinds('What is \\u03bb?')).toEqual(['literal_escape']);
    expect(kinds('What is it?', ['4\\u03C0r', 'b'])).toEqual(['literal_escape']);
    const quiz = [question('t', 'Is \\u03bb + \\u03bb or \\u03c0?', ['a', 'b'])];
    expect(textFindings([topic('T', [], { quiz })])[0]?.message).toBe('\\u03bb, \\u03c0');
  });

  it('find doubled backslashes, but not the line break of a matrix or a single backslash', () => {
    expect(kinds('What is \\\\(\\\\pi\\\\)?')).toEqual(['doubled_backslash']);
    expect(kinds('What is \\(\\pi\\)?')).toEqual([]);
    expect(kinds('What is \\(\\begin{matrix} 1 \\\\ 2 \\end{matrix}\\)?')).toEqual([]);
  });

  it('find options that say the same', () => {
    expect(kinds('What?', ['The mean.', 'the  mean', 'x'])).toEqual(['equal_options']);
    expect(kinds('What?', ['x + 1', 'x - 1'])).toEqual([]);
  });

  it('find stems without a question mark and mixed notations', () => {
    expect(kinds('The mean is:')).toEqual(['no_question_mark']);
    expect(kinds('Is e^{x} with θ right?')).toEqual(['mixed_notation']);
  });

  it('find invisible characters but allow the joiners of other scripts', () => {
    expect(kinds('What\u202e is it?')).toEqual(['invisible_character']);
    expect(kinds('می\u200cشود؟')).toEqual([]);
  });

  it('say where: topic, number from 1, id', () => {
    const quiz = [question('t', 'Fine?'), question('t', 'Not fine:')];
    const [found] = textFindings([topic('T', [], { quiz })]);
    expect(found).toMatchObject({ topic: 't', question: 2, id: quiz[1]?.id });
  });

  it('find topics without a question', () => {
    expect(textFindings([topic('T', [])]).map(({ kind }) => kind)).toEqual(['empty_quiz']);
  });
});

describe('notations', () => {
  it.each([
    ['\\frac{1}{2} of it', ['latex']],
    ['$x^2$ and more', ['latex']],
    ['it costs $5 or $6', []],
    ['x² + √y', ['unicode']],
    ['x^2 + a_n', ['caret']],
    ['x = 2 < 3 + 1', []],
    ['\\u03bb alone', []],
  ])('of %s are %j', (text, expected) => {
    expect(notationsIn(text)).toEqual(expected);
  });

  it('are counted in questions', () => {
    const questions = [question('t', 'x^2?'), question('t', 'π and x^2?')];
    expect(notationCounts(questions)).toEqual([
      { notation: 'latex', questions: 0 },
      { notation: 'unicode', questions: 1 },
      { notation: 'caret', questions: 2 },
    ]);
  });
});
