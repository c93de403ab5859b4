import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datasetJsonSchema } from './json-schema.ts';

const published = join(import.meta.dirname, '../docs/dataset.schema.json');

test('the published JSON Schema is the one that the code reads by', () => {
  const rule = 'write it anew: npx mmmc dataset show --schema > docs/dataset.schema.json';
  expect(JSON.parse(readFileSync(published, 'utf8')), rule).toEqual(datasetJsonSchema());
});
