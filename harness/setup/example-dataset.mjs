#!/usr/bin/env node
import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { projectFolder, projectNode } from './paths.mjs';
import { setUpOrSay } from './setup.mjs';

// npm run example:dataset: set up, make the example's videos, build a dataset of them, audit it.

const mmmc = join(projectFolder, 'harness/cli/mmmc.mjs');
const steps = [
  ['datasets/build/example/make.ts', 'runs/example-videos'],
  [mmmc, 'dataset', 'build', 'configs/datasets/example.yaml', ...process.argv.slice(2)],
  [mmmc, 'dataset', 'audit', 'runs/example/dataset', '--gate'],
];

process.chdir(projectFolder);
let code = await setUpOrSay();
for (const step of steps) if (code === 0) code = await handOver([projectNode(), ...step]);
process.exitCode = code;
