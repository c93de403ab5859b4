import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { csvColumns, csvField, renderCsv } from './csv.ts';
import { fixtureResults } from './fixture.ts';

const results = fixtureResults();
const rows = z
  .array(z.record(z.string(), z.string()))
  .parse(parse(renderCsv(results), { columns: true, relax_quotes: false }));
const rowOf = (id: string) => rows.find((row) => row.cell_id === id);

test('a CSV reader finds one row per cell and student, and every documented column', () => {
  expect(rows).toHaveLength(results.cells.length);
  expect(Object.keys(rows[0] ?? {})).toEqual(csvColumns(results).map((c) => c.name));
  expect(csvColumns(results).every((c) => c.help.length > 5)).toBe(true);
});

test('no text field begins as a formula', () => {
  for (const row of rows)
    for (const [name, value] of Object.entries(row))
      if (/^\s*[=+\-@＝]/.test(value)) expect.fail(`${name} begins as a formula: ${value}`);
  expect(rowOf('direct-t-hostile')?.cause_message).toBe('\'=cmd()|"/c calc"!A1');
  expect(csvField('＝1+1')).toBe('"\'＝1+1"');
  expect(csvField('\t@SUM(A1)')).toBe('"\'@SUM(A1)"');
});

test('numbers stay numbers and unknown is empty', () => {
  expect(csvField(-2.5)).toBe('-2.5');
  expect(rowOf('code2video-t-derivative')?.cost_usd).toBe('');
  expect(rowOf('code2video-t-derivative')?.duration_s).toBe('84.2');
});

test('arms count readings by kind, and an unanswered question is not a wrong one', () => {
  const row = rowOf('code2video-t-derivative');
  const kinds = ['right', 'wrong', 'abstained', 'invalid', 'no_reading'].map((k) =>
    Number(row?.[`unlearned_${k}`]),
  );
  expect(kinds).toEqual([0, 0, 1, 1, 1]);
  expect(rowOf('direct-t-bayes')?.video_right).toBe('');
  expect(rowOf('direct-t-bayes')?.baseline_questions).toBe('3');
});

test('two students make two rows of a cell', () => {
  const second = results.measurements.map((m) => ({ ...m, endpoint: 'other', slot: `${m.slot}-other` }));
  const both = renderCsv({ ...results, measurements: [...results.measurements, ...second] });
  expect(parse(both, { columns: true })).toHaveLength(2 * results.cells.length);
});

test('what judges and metrics without a model found of a video stands in columns of its cell', () => {
  const [made] = results.cells.filter(({ video }) => video !== null);
  const [first] = results.measurements;
  if (made === undefined || first === undefined) throw new Error('the fixture has a video');
  const own = { ...first, arm: null, topicId: made.topicId, cellId: made.id, answers: [] };
  const judged = (score: number) => ({
    ...{ ...own, slot: `j${score}`, metric: 'aesthetics', endpoint: 'x/judge', prompt: 'aesthetics/paper' },
    judgement: { logicFlow: { score, reason: '', timeS: null } },
  });
  const looked = {
    ...{ ...own, slot: 'l', metric: 'layout', endpoint: '' },
    observation: { facts: { textHeight: 14.5, legible: null }, notes: [] },
  };
  const measurements = [...results.measurements, judged(10), judged(15), looked];
  const [row] = z
    .array(z.record(z.string(), z.string()))
    .parse(parse(renderCsv({ ...results, measurements }), { columns: true }))
    .filter((one) => one.cell_id === made.id);
  expect(row).toMatchObject({
    x_judge_paper_logic_flow: '12.5',
    layout_text_height: '14.5',
    layout_legible: '',
  });
});
