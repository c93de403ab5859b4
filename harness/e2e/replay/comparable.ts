import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../../../reports/json.ts';

/** Everything of a report that a replay must repeat to the byte: all but times, paths, and that it is a replay. */
export async function comparable(bundle: string): Promise<string> {
  const results = parseJson(await readFile(join(bundle, 'report/results.json'), 'utf8'));
  const { methods, cells, measurements } = results;
  const { generation, evaluation } = results.run.ledger;
  const tables = results.tables.map((table) => {
    const columns = table.columns.filter(({ format, unit }) => format !== 'seconds' && unit !== 'min');
    const keys = columns.map(({ key }) => key);
    const rows = table.rows.map(({ figures, ...row }) => ({
      ...row,
      figures: Object.fromEntries(Object.entries(figures).filter(([key]) => keys.includes(key))),
    }));
    return { ...table, columns, rows };
  });
  const everything = { methods, cells, measurements, ledger: { generation, evaluation }, tables };
  return JSON.stringify(everything, (key, value) => (isTime(key) ? undefined : value), 1);
}

const isTime = (key: string) => ['workingS', 'waitingS', 'renderS', 'cpuS', 'timeS'].includes(key);
