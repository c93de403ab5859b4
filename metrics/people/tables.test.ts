import { describe, expect, it } from 'vitest';
import { paperDimensions } from '../aesthetics/rubrics.ts';
import type { Table } from '../table.ts';
import { syntheticStudy, truths } from './study.fixture.ts';
import { peopleTables } from './tables.ts';

const evidence = syntheticStudy(11);
const tables = peopleTables(evidence);

const rowsOf = (id: string): Table['rows'] => tables.find((table) => table.id === id)?.rows ?? [];
const figureOf = (row: Table['rows'][number] | undefined, key: string): number =>
  Number(row?.figures[key]?.value ?? Number.NaN);

describe('a study whose truth is known', () => {
  it('has a figure in each column of each table', () => {
    expect(tables.map(({ id }) => id)).toEqual([
      'people',
      'people-groups',
      'people-agreement',
      'people-judges',
    ]);
    for (const { columns, rows } of tables)
      for (const { figures } of rows)
        expect(Object.keys(figures).toSorted()).toEqual(columns.map(({ key }) => key).toSorted());
  });

  it.each(truths)('table 4 finds what is true of $method', (truth) => {
    const row = rowsOf('people').find(({ methodId }) => methodId === truth.method);
    for (const name of paperDimensions)
      expect(Math.abs(figureOf(row, name) - truth.scores[name])).toBeLessThan(3.5);
    const average = paperDimensions.reduce((sum, name) => sum + truth.scores[name] / 5, 0);
    expect(Math.abs(figureOf(row, 'average') - average)).toBeLessThan(3.5);
    const weighted = (by: (typeof truth)['quiz']) => 100 * (0.75 * by['middle school'] + 0.25 * by.college);
    expect(Math.abs(figureOf(row, 'quiz') - weighted(truth.quiz))).toBeLessThan(5);
    expect(Math.abs(figureOf(row, 'completion') - weighted(truth.finishes))).toBeLessThan(12);
    expect(row?.figures).toMatchObject({
      ...{ raters: { value: 8 }, videos: { value: 20 }, rank: { value: truth.rank } },
      duration: { value: truth.durationS },
    });
  });

  it('table 6 finds it in each group', () => {
    const rows = rowsOf('people-groups');
    expect(rows).toHaveLength(10);
    for (const { method, quiz } of truths)
      for (const group of ['middle school', 'college'] as const) {
        const row = rows.find(
          ({ methodId, figures }) => methodId === method && figures.group?.value === group,
        );
        expect(figureOf(row, 'raters')).toBe(group === 'college' ? 2 : 6);
        expect(Math.abs(figureOf(row, 'quiz') - 100 * quiz[group])).toBeLessThan(10);
      }
  });

  it('the correlation of average and quiz is one over five types of video, and says so', () => {
    const caption = tables[0]?.caption ?? '';
    expect(caption).toMatch(/over the 5 methods with r = 0\.9\d \(0\.\d\d to 1\.00\)/);
  });

  it('people agree as far as their habits and errors let them', () => {
    const layout = rowsOf('people-agreement')[0];
    // Variances: of videos 287 (types and topics), of people 25 / 3, of errors 64 / 3: 287 / 316.
    expect(figureOf(layout, 'alpha')).toBeCloseTo(0.91, 1);
    expect(layout?.figures.icc?.value).toBeNull();
  });

  it('the judge that is kinder to one method is found out, and is near people elsewhere', () => {
    for (const { methodId, figures } of rowsOf('people-judges')) {
      const favour = truths.find(({ method }) => method === methodId)?.favour ?? 0;
      for (const name of paperDimensions)
        expect(Math.abs(Number(figures[name]?.value) - favour)).toBeLessThan(4);
      expect(figures.spearman?.n).toBe(20);
      expect(String(figures.pearson?.value)).toMatch(/^0\.9\d \(0\.\d\d to (0\.99|1\.00)\)$/);
    }
    const agreement = rowsOf('people-agreement')[0]?.figures;
    expect(agreement?.pearson0).toMatchObject({ n: 100, value: expect.stringMatching(/^0\.9/) });
    expect(agreement?.wins0?.value).toBeGreaterThan(0.5);
  });

  it('a scripted judge is shown, and put to no test', () => {
    const scripted = evidence.measurements.map((one) => ({ ...one, scripted: true }));
    const table = peopleTables({ ...evidence, measurements: scripted })[2];
    expect(table?.rows[0]?.figures).toMatchObject({
      pearson0: { scripted: true },
      wins0: { value: null, note: 'a scripted judge is put to no test' },
    });
  });

  it('what people say of scripted methods is marked, and no correlation is computed from it', () => {
    const methods = evidence.methods.map((method) => ({ ...method, scripted: true }));
    const [table] = peopleTables({ ...evidence, methods });
    expect(table?.rows[0]?.figures.average).toMatchObject({ scripted: true });
    expect(table?.caption).not.toContain('correlate');
  });

  it('without ratings there is no table', () => {
    expect(peopleTables({ ...evidence, people: [] })).toEqual([]);
  });
});
