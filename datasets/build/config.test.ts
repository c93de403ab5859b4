import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../../harness/testing/folder.ts';
import { loadBuildConfig, resolvedBuildConfig } from './config.ts';
import { writeConfig } from './scripted.fixture.ts';

function edited(change: (text: string) => string): string {
  const path = writeConfig(testFolder(), 'csv', 'catalogue.csv');
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return path;
}

test('fills defaults, finds the catalogue beside the config, and resolves endpoints', () => {
  const path = edited((text) => text);
  const config = loadBuildConfig(path, ['quiz.rounds=2']);
  expect(config).toMatchObject({
    collection: 'set',
    catalogue: join(path, '../catalogue.csv'),
    file: { language: 'en', quiz: { questions: 4, options: 4, rounds: 2 }, segments: { cut: 'copy' } },
    endpoints: { builder: { id: 'scripted' } },
  });
  const { prompts } = resolvedBuildConfig(config);
  expect(prompts.map(({ name }) => name)).toContain('dataset/verdict');
});

test.each([
  [
    'an unknown key',
    (text: string) => text.replace('licence:', 'licence: x\nlicense:'),
    /set\.yaml:4: unknown key license, did you mean licence\?/,
  ],
  [
    'an unknown endpoint',
    (text: string) => text.replace('student: scripted', 'student: scriptet'),
    /set\.yaml:6: there is no endpoint scriptet, did you mean scripted\?/,
  ],
  [
    'a kind that is none',
    (text: string) => text.replace('kind: csv', 'kind: xml'),
    /set\.yaml:4: catalogue\.kind: /,
  ],
  [
    'no categories',
    (text: string) => text.replace('[Mathematics, Physics]', '[]'),
    /set\.yaml:5: categories: /,
  ],
])('names file and line of %s', (_, change, message) => {
  expect(() => loadBuildConfig(edited(change))).toThrow(message);
});
