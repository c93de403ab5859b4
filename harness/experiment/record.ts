import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Environment } from '../models/providers.ts';
import type { OpenBundle } from '../store/bundle.ts';
import { writeCassette } from '../store/cassette-export.ts';
import { exitCodes, MmmcError } from '../store/errors.ts';
import { now } from '../store/journal.ts';
import type { Experiment } from './config.ts';
import { packageVersion } from './provenance.ts';

/** Writes the calls of a bundle as a cassette; what could not be put in is a warning. Throws `bundle_unwritable` (exit 5). */
export async function record(bundle: OpenBundle, experiment: Experiment, path: string): Promise<void> {
  const { name, view } = experiment.dataset;
  const head = { version: packageVersion(), time: now(), dataset: { name, view } };
  const secrets = keysInUse(experiment, process.env);
  const { lost } = await writeCassette(bundle, { path, head, secrets });
  if (lost > 0)
    process.emitWarning(`${lost} calls are not in the cassette: their videos are no longer in the bundle`);
}

/** Before anything is paid: can a cassette be written there? Throws MmmcError `usage` (exit 2). */
export function checkRecordPath(path: string): void {
  const folder = dirname(path);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  if (existsSync(folder) && !isFolder) return;
  throw new MmmcError('usage', isFolder ? `${path} is a folder` : `there is no folder ${folder}`, {
    exitCode: exitCodes.usage,
    hint: 'Name a file in a folder that exists: --record out.cassette',
  });
}

/** Every key that the endpoints in use may have been called with. */
function keysInUse(experiment: Experiment, env: Environment): string[] {
  const names = [...experiment.endpoints.values()].flatMap((endpoint) => endpoint.keyVariable ?? []);
  return names.map((name) => env[name]?.trim() ?? '').filter((key) => key !== '');
}
