import { expect, test } from 'vitest';
import { readRatings, readRatingsFile, writeRatings } from './ratings.ts';

const csv =
  'rater,group,video,dimension,value\n"Ann; ""1""",,v1,logic_flow,50\n"Ann; ""1""",,v1,finished,yes\n"Ann; ""1""",,v1,rank,2\n"Ann; ""1""",,v1,quiz:q1,NULL\n';

test('what was read is written so that it reads the same', () => {
  const ratings = readRatings(csv, 'f');
  expect(readRatings(writeRatings(ratings), 'f')).toEqual(ratings);
  expect(writeRatings(ratings)).toBe(csv);
});

test('files of spreadsheets are read: a byte order mark, semicolons, carriage returns, empty lines', () => {
  const other = `\u{feff}rater;group;video;dimension;value\r\nann;;v1;rank;1\r\n\r\n`;
  expect(readRatings(other, 'f')).toMatchObject([{ rater: 'ann', rank: 1 }]);
});

test('what separates columns is what separates them in the head; the other sign is a part of a value', () => {
  const ratings = readRatings('rater;group;video;dimension;value\nann;a, b;v1;rank;1\n', 'f');
  expect(ratings).toMatchObject([{ group: 'a, b', rank: 1 }]);
});

test('lines of a template that were not filled in say nothing, and are told', () => {
  const template = 'rater,group,video,dimension,value\n,,v1,rank,\nann,,v1,finished,yes\nann,,v2,rank,\n';
  const { ratings, silent } = readRatingsFile(template, 'f');
  expect(ratings).toMatchObject([{ rater: 'ann', video: 'v1', finished: true, rank: null }]);
  expect(silent).toEqual([2, 4]);
});
