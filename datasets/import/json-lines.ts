import { findNodeAtLocation } from 'jsonc-parser';
import type { z } from 'zod';
import { fromDisk } from '../../harness/store/keys.ts';
import type { Problems } from '../problems.ts';
import { type JsonNode, JsonPlaces } from './json-places.ts';
import type { TextFile } from './text.ts';

/** A line of a JSONL file that is JSON. */
export interface JsonLine {
  json: JsonPlaces;
  root: JsonNode;
  where: string;
}

/** The lines of a JSONL file (LF or CRLF, byte order mark allowed, empty ones passed over); a line that is no JSON is a problem and left out. */
export function readJsonLines(file: TextFile, problems: Problems): JsonLine[] {
  const lines: JsonLine[] = [];
  for (let start = file.text.startsWith('\uFEFF') ? 1 : 0; start < file.text.length; ) {
    const feed = file.text.indexOf('\n', start);
    const end = feed === -1 ? file.text.length : feed;
    if (!/^\s*$/.test(file.text.slice(start, end))) {
      const json = new JsonPlaces(file, problems, start, end);
      if (json.whole && json.root) lines.push({ json, root: json.root, where: json.at(json.root) });
    }
    start = end + 1;
  }
  return lines;
}

/** A line by a schema, keys as on disk; each thing wrong is a problem at its own place, and then there is no value. */
export function parseLine<T>(line: JsonLine, schema: z.ZodType<T>, problems: Problems): T | undefined {
  const before = problems.count;
  const parsed = schema.safeParse(fromDisk(line.json.value(line.root)));
  if (parsed.success) return problems.count === before ? parsed.data : undefined;
  for (const issue of parsed.error.issues) {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : snake(String(part))));
    const node = placed(line.root, path);
    const field = path.length === 0 ? '' : `${path.join('.')}: `;
    line.json.wrong('bad_field', node, `${field}${issue.message}`);
  }
  return undefined;
}

const snake = (key: string) => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** The node at a path, or the nearest around it when a member is missing. */
function placed(root: JsonNode, path: (string | number)[]): JsonNode {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return root;
}
