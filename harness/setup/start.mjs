#!/usr/bin/env node
import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { projectFolder, projectNode } from './paths.mjs';
import { setUpOrSay } from './setup.mjs';

// npm start: set up, then the experiment that shows everything.

const code = await setUpOrSay();
if (code === 0) {
  const launcher = join(projectFolder, 'harness/cli/mmmc.mjs');
  const config = 'configs/experiments/quickstart.yaml';
  process.exitCode = await handOver([projectNode(), launcher, 'run', config, ...process.argv.slice(2)]);
} else {
  process.exitCode = code;
}
