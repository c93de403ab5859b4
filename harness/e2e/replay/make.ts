/**
 * Records the cassette of this folder anew, and what its replay must give. Needed when a method, a prompt or the renderer is
 * another one: its cells are others then. `node harness/e2e/replay/make.ts`
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mmmc } from '../mmmc.ts';
import { comparable } from './comparable.ts';

const here = import.meta.dirname;
const runs = await mkdtemp(join(tmpdir(), 'mmmc-make-'));
const run = ['run', join(here, 'experiment.yaml'), '--runs', runs];
const ended = await mmmc([...run, '--record', join(here, 'replay.cassette')]);
process.stderr.write(ended.stderr);
if (ended.code !== 0) throw new Error(`the run ended with ${ended.code}`);
await writeFile(join(here, 'expected.json.gz'), gzipSync(await comparable(join(runs, 'replay'))));
await rm(runs, { recursive: true });
