import type { Evidence } from '../evidence.ts';
import type { Table } from '../table.ts';
import { armTable } from './arm-table.ts';
import { scoreByCue } from './cues.ts';
import { flipTable } from './flips.ts';
import { forgettingTable } from './forgetting-table.ts';
import { itemTable } from './item-table.ts';
import { letterTable } from './letters.ts';
import { paperTable } from './paper-table.ts';
import { protocolParts } from './protocol-parts.ts';
import { Readings } from './readings.ts';
import { strictTable } from './strict-table.ts';

/** TeachQuiz's tables: those of the protocols themselves first, then what lies behind them. */
export function scoreTeachQuiz(evidence: Evidence): Table[] {
  const [first = [], ...others] = protocolParts(evidence).map(tablesOf);
  const second = others.flat().map((table) => ({
    ...table,
    id: `${table.id}-paper`,
    title: table.detail ? `${table.title}, protocol paper` : table.title,
  }));
  const isMain = (table: Table) => table.detail !== true;
  const all = [...first, ...second];
  return [...all.filter(isMain), ...all.filter((table) => !isMain(table))];
}

function tablesOf(evidence: Evidence): Table[] {
  const readings = new Readings(evidence);
  if (readings.students.length === 0) return [];
  const main = evidence.protocol === 'strict' ? strictTable : paperTable;
  return [
    main(evidence, readings),
    armTable(evidence, readings),
    flipTable(evidence, readings),
    scoreByCue(evidence, readings),
    letterTable(evidence, readings),
    itemTable(evidence, readings),
    ...forgettingTable(readings),
  ];
}
