#!/usr/bin/env node
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { projectFolder } from './paths.mjs';
import { setUpOrSay } from './setup.mjs';

// npm test: set up, check, test. Whatever happens in between, the last line is the count.

const checks = [
  ['type check', ['tsc', '--noEmit']],
  ['lint', ['biome', 'lint', '--error-on-warnings', '.']],
  ['format', ['biome', 'format', '.']],
];
const phases = ['light', 'heavy'];

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
let interrupted = false;
const filters = process.argv.slice(2).filter((argument) => argument !== '--long');
const env = {
  ...process.env,
  PATH: `${join(projectFolder, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
  ...(process.argv.includes('--long') ? { MMMC_LONG: '1' } : {}),
};

async function main() {
  process.chdir(projectFolder);
  // Set-up that did not get everything has said so; the tests then say what they could not do.
  await setUpOrSay({ tests: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (interrupted = true));
  for (const [name, argv] of checks) {
    const began = performance.now();
    const code = await command(argv);
    add(`${name} (${argv.join(' ')})`, code === 0 ? { passed: 1 } : { failed: 1 });
    const time = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${name}: ${code === 0 ? 'passed' : 'FAILED'} (${time} s)\n`);
  }
  for (const phase of phases) add(`${phase} tests`, await runPhase(phase));
}

/** Runs vitest on one project. A run that ends badly without a failed test is a failure of its own. */
async function runPhase(phase) {
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-counts-'));
  const countsFile = join(folder, 'counts.json');
  try {
    const passWithout = filters.length > 0 ? ['--passWithNoTests'] : [];
    const argv = ['vitest', 'run', '--project', phase, ...passWithout, ...filters];
    const code = await command(argv, { MMMC_COUNTS: countsFile });
    const counts = readCounts(countsFile);
    if (code === 0 || counts.failed > 0) return counts;
    process.stdout.write(`vitest ended with ${code} and named no failed test\n`);
    return { ...counts, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    process.stdout.write(`vitest left no count: ${error.message}\n`);
    return { failed: 1 };
  }
}

/** Runs a command with our terminal; after an interruption nothing further is begun. */
async function command(argv, extra = {}) {
  let code = 1;
  try {
    code = await handOver(argv, { ...env, ...extra });
  } catch (error) {
    process.stdout.write(`cannot start ${argv[0]}: ${error.message}\n`);
  }
  if (interrupted) process.exit(130);
  return code;
}

function add(name, { passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0) failures.push(name);
}

let finished = false;

// On exit, so that it is the last line after a crash or an interruption too.
process.on('exit', () => {
  if (!finished) add('the test run did not come to its end', { failed: 1 });
  if (failures.length > 0) process.stdout.write(`\nFAILED: ${failures.join(' | ')}\n`);
  if (total.skipped > 0) process.stdout.write(`${total.skipped} skipped\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  if (total.failed > 0) process.exitCode ||= 1;
});

await main();
finished = true;
