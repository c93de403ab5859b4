import { expect, test } from 'vitest';
import { readRatings, writeRatings } from './ratings.ts';

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
