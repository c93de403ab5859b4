import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { guardCell, joinWords } from '../import/cells.ts';
import type { Separator } from '../import/csv-rows.ts';
import { type Dataset, letters, type Question, type Topic } from '../schema.ts';

export interface CsvStyle {
  /** Byte order mark, by which spreadsheets know UTF-8; true when absent. */
  bom?: boolean;
  /** A comma when absent. */
  separator?: Separator;
}

const optionNames = letters.map((letter) => `option_${letter.toLowerCase()}`);

/** Columns that tell of the topic, on each of its rows. */
export const topicColumns = [
  'topic_id',
  'topic',
  'category',
  'language',
  'url',
  'licence',
  'duration_s',
  'parent',
  'slug',
  'topic_tags',
  'aliases',
  'collection',
] as const;

/** Columns that tell of the question. */
export const questionColumns = [
  'question_id',
  'stem',
  ...optionNames,
  'key',
  'tags',
  'source',
  'notes',
] as const;

/** All columns, in the order of an export. */
export const csvColumns: readonly string[] = [
  ...topicColumns.slice(0, 4),
  ...questionColumns,
  ...topicColumns.slice(4),
];

/**
 * A dataset as CSV (RFC 4180, lines end in CRLF), one row per question, a topic without questions one row without a
 * question. Cells that a spreadsheet would run or change get an apostrophe in front, which the import takes away. Media
 * and `extra` are not in it: import with the dataset as base. Throws `bad_export` (exit 2) for text that has no UTF-8.
 */
export function exportCsv(
  dataset: Pick<Dataset, 'topics'>,
  { bom = true, separator = ',' }: CsvStyle = {},
): string {
  const rows = dataset.topics.flatMap((topic) =>
    topic.quiz.length === 0 ? [cellsOf(topic)] : topic.quiz.map((question) => cellsOf(topic, question)),
  );
  const text = [Object.fromEntries(csvColumns.map((name) => [name, name])), ...rows]
    .map((cells) => csvColumns.map((name) => quote(cells[name] ?? '')).join(separator))
    .map((line) => `${line}\r\n`)
    .join('');
  if (text.isWellFormed()) return bom ? `\uFEFF${text}` : text;
  const bad = dataset.topics.filter(holdsHalf);
  throw new MmmcError(
    'bad_export',
    `half a character (a lone surrogate) in: ${bad.map(({ slug }) => slug).join(', ')}`,
    {
      exitCode: exitCodes.usage,
      hint: 'CSV cannot hold it; export JSONL with --out, which can.',
    },
  );
}

/** JSON writes half a character as an escape, and no other. */
const holdsHalf = (topic: Topic) => /\\ud[89a-f]/.test(JSON.stringify(topic));

function cellsOf(topic: Topic, question?: Question): Partial<Record<string, string>> {
  return { ...topicCells(topic), ...(question && questionCells(question)) };
}

function topicCells(topic: Topic): Record<(typeof topicColumns)[number], string> {
  return {
    topic_id: topic.id,
    topic: guardCell(topic.title),
    category: guardCell(topic.category),
    language: guardCell(topic.language),
    url: guardCell(topic.source.url),
    licence: guardCell(topic.source.licence),
    duration_s: topic.durationS === null ? '' : String(topic.durationS),
    parent: guardCell(topic.parent),
    slug: guardCell(topic.slug),
    topic_tags: guardCell(joinWords(topic.tags)),
    aliases: guardCell(joinWords(topic.aliases)),
    collection: guardCell(topic.source.collection),
  };
}

function questionCells({ id, stem, options, key, tags, source, notes }: Question): Record<string, string> {
  return {
    question_id: id,
    stem: guardCell(stem),
    ...Object.fromEntries(options.map((option, i) => [optionNames[i], guardCell(option)])),
    key: letters[key] ?? '',
    tags: guardCell(joinWords(tags)),
    source: guardCell(source),
    notes: guardCell(notes),
  };
}

/** Quotes a cell that any of the three separators, a quote, a line end or outer spaces make ambiguous. */
function quote(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
