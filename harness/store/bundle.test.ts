import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { OpenBundle } from './bundle.ts';

test('a bundle has one writer at a time, and is free again once it is closed', () => {
  using folder = temporaryFolder();
  const first = new OpenBundle(folder.path, 'test');
  expect(() => new OpenBundle(folder.path, 'test')).toThrow(/another process is running this bundle/);
  first.close();
  new OpenBundle(folder.path, 'test').close();
  expect(existsSync(join(folder.path, 'lock'))).toBe(false);
});

test('the lock of a process that died is taken over, that of a reused pid too', () => {
  using folder = temporaryFolder();
  for (const holder of ['4194304 1', `${process.pid} 1`, 'nonsense']) {
    writeFileSync(join(folder.path, 'lock'), holder);
    new OpenBundle(folder.path, 'test').close();
  }
});

test('nothing is written after the end', () => {
  using folder = temporaryFolder();
  const bundle = new OpenBundle(folder.path, 'test');
  bundle.close();
  const event = { type: 'segment', time: '', schemaVersion: 1, version: 'test', pid: 1 } as const;
  expect(() => bundle.append(event)).toThrow(/it is closed/);
});
