import { expect, test } from 'vitest';
import { fixtureResults, hostile } from './fixture.ts';
import { escapeMarkdown, renderMarkdown } from './markdown.ts';
import { demonstration } from './view.ts';

const text = renderMarkdown(fixtureResults());

test('the tables read as Markdown, with cells behind each row and figures that differ marked', () => {
  expect(text).toContain(
    '| | Cells | Student | Video | Unlearned | Gain over unlearned | Abstained |'.replace('| |', '|  |'),
  );
  expect(text).toContain('| Code2Video | 3 | offline/reader | 62.5 % | 25.0 % | \\+37.5 (n 2) | 12.5 % |');
  expect(text).toContain('| Pixel space | 3 | offline/reader | 0.0 % | 25.0 % | −25.0 | – (1) |');
  expect(text).toContain('- (1) no arm with all its readings');
});

test('every cell is named with its status, its video and its cause', () => {
  expect(text).toContain('- Code2Video: partial, [video](../cells/code2video-t-bayes/video.mp4)');
  expect(text).toContain('  - Stopped: memory limit: the scene used more than 2 GB');
  expect(text).toContain('Model-written code ran without a sandbox.');
});

test('text of a model can make neither markup nor links nor another table row', () => {
  expect(text).not.toMatch(/<(?!\/?https)[a-z/]/i);
  expect(text).not.toContain('\u001b');
  expect(escapeMarkdown(hostile.markdown)).toBe(
    '\\| a \\| b \\| \\[click\\](http://example.org) \\`x\\` \\*\\*bold\\*\\* &lt;b&gt;html&lt;/b&gt;',
  );
});

test('only a run whose figures are all scripted is headed as a demonstration', () => {
  expect(text).toContain(demonstration.heading);
  const some = renderMarkdown(fixtureResults('some'));
  expect(some).not.toContain(demonstration.heading);
  expect(some).toContain('62.5 % (s)');
  const none = renderMarkdown(fixtureResults('none'));
  expect(none).not.toContain('(s)');
});

test('the columns of results.csv are documented', () => {
  expect(text).toContain('- `video_no_reading`: questions without a reading: never wrong');
});

test('a text that begins like a heading or a list item stays a text', () => {
  expect(['# a', '- b', '1. c', '62.5 %'].map(escapeMarkdown)).toEqual([
    '\\# a',
    '\\- b',
    '1\\. c',
    '62.5 %',
  ]);
});
