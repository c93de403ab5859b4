import { describe, expect, it } from 'vitest';
import { sourcePatterns, sourceReferences } from './outside-source.ts';

describe('references to an outside source', () => {
  it.each([
    ['What did the video show?', 'the video'],
    ['Which rule does the syllabus name?', 'the syllabus'],
    ['What is named in this lecture?', 'the lesson'],
    ['How is it drawn in the graphical presentation?', 'the presentation'],
    ['What is the idea of the final section?', 'part of a lesson'],
    ['What is a curve in this topic?', 'the topic'],
    ['What moves in the cat-and-mouse animation?', 'an animation'],
    ['How does it grow according to the graph shown?', 'a graph shown'],
    ['What is heat, as demonstrated with the rod?', 'as shown, told'],
    ['What does the lottery ticket analogy say?', 'the example, analogy'],
  ])('%s', (stem, name) => {
    expect(sourceReferences(stem)).toEqual([name]);
  });

  it('every pattern has an example above', () => {
    expect(sourcePatterns).toHaveLength(10);
  });

  it.each([
    'How is a conic section formed?',
    'Which of the following is an example of a group?',
    'Which point lies on the unit circle?',
    'Why is the limit as x tends to 0 defined?',
    'What was the aim, as presented in the 2011 contest?',
    'In the example "add 2 and 3", what is 2 called?',
    'What is the topic of topology?',
  ])('is none: %s', (stem) => {
    expect(sourceReferences(stem)).toEqual([]);
  });
});
