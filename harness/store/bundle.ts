import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { bundleUnwritable, exitCodes, MmmcError } from './errors.ts';
import { estimateLineSchema } from './estimate-schema.ts';
import type { JournalEvent } from './events.ts';
import { JournalWriter, readJournal } from './journal.ts';
import { fromDisk, toDisk } from './keys.ts';
import { readPlan, type StoredPlan } from './plan-file.ts';
import { JournalState } from './state.ts';
import { TextReader, TextStore } from './texts.ts';

/** run.json: each resolved config with its date (the last one is in force), and where the figures come from. */
const runFileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string(),
  configs: z
    .array(
      z.strictObject({
        time: z.string(),
        hash: z.string(),
        config: z.unknown(),
        provenance: z.unknown(),
        /** What it was expected to take when it was planned. Absent in earlier bundles. */
        estimate: z.array(estimateLineSchema).optional(),
      }),
    )
    .min(1),
});
export type RunFile = z.infer<typeof runFileSchema>;

/** Where things lie in a bundle. */
export function bundlePaths(folder: string) {
  const at = (...parts: string[]) => join(folder, ...parts);
  return {
    folder,
    run: at('run.json'),
    plan: at('plan.jsonl'),
    journal: at('journal'),
    texts: at('texts'),
    cells: at('cells'),
    edits: at('edits'),
    /** Videos of controls, and parts of others. */
    controls: at('controls'),
    /** Ratings by people, as CSV. */
    people: at('people'),
    report: at('report'),
    lock: at('lock'),
    cell: (id: string) => at('cells', id),
    edit: (sha256: string) => at('edits', sha256),
    /** TeX results of a cell; may be deleted. No two cells share them, for model-written code adds to them. */
    texCache: (cell: string) => at('cache', 'tex', cell),
  };
}
export type BundlePaths = ReturnType<typeof bundlePaths>;

/** A bundle as read: the only truth about a run. */
export interface BundleView {
  paths: BundlePaths;
  run: RunFile;
  plan: StoredPlan;
  state: JournalState;
  texts: TextReader;
}

/** Opens a bundle for reading. Throws `no_bundle` (exit 2) when the folder holds none, `bundle_damaged` when it is broken. */
export function readBundle(folder: string): BundleView {
  const paths = bundlePaths(resolve(folder));
  const run = readRunFile(paths);
  if (run === null)
    throw new MmmcError('no_bundle', `${folder} is no run bundle: it has no run.json`, {
      exitCode: exitCodes.usage,
      hint: 'Name the folder of a run, such as runs/quickstart.',
    });
  const events = existsSync(paths.journal) ? readJournal(paths.journal) : [];
  return {
    paths,
    run,
    plan: readPlan(paths.plan),
    state: new JournalState(events),
    texts: new TextReader(paths.texts),
  };
}

/** run.json of a folder, or `null` where there is none. */
export function readRunFile(paths: BundlePaths): RunFile | null {
  if (!existsSync(paths.run)) return null;
  try {
    return runFileSchema.parse(fromDisk(JSON.parse(readFileSync(paths.run, 'utf8'))));
  } catch (cause) {
    throw new MmmcError('bundle_damaged', `${paths.run} is not the run.json of a bundle`, {
      hint: 'Restore it from a copy; readers accept every schema version up to this program’s own.',
      cause,
    });
  }
}

/** Writes a file whole or not at all. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw bundleUnwritable(path, cause);
  }
}

export function writeRunFile(paths: BundlePaths, run: RunFile): void {
  writeWhole(paths.run, `${JSON.stringify(toDisk(run), null, 2)}\n`);
}

/** A bundle opened for writing by this process alone; its journal and texts get a segment of their own. */
export class OpenBundle {
  readonly paths: BundlePaths;
  readonly state: JournalState;
  readonly texts: TextStore;
  readonly #journal: JournalWriter;
  readonly #release: () => void;
  readonly #listeners = new Set<(event: JournalEvent) => void>();

  constructor(folder: string, version: string) {
    this.paths = bundlePaths(resolve(folder));
    try {
      mkdirSync(this.paths.cells, { recursive: true });
      mkdirSync(this.paths.journal, { recursive: true });
    } catch (cause) {
      throw bundleUnwritable(folder, cause);
    }
    this.#release = takeLock(this.paths.lock);
    this.state = new JournalState(readJournal(this.paths.journal));
    const segment = `${new Date().toISOString().replaceAll(/[-:.]/g, '')}-${process.pid}`;
    this.texts = new TextStore(this.paths.texts, segment);
    this.#journal = new JournalWriter(this.paths.journal, segment, version, (event) => this.#tell(event));
  }

  append(event: JournalEvent): void {
    this.#journal.append(event);
  }

  /** Calls back after each event is on disk; returns how to stop. */
  onEvent(listener: (event: JournalEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#journal.close();
    this.texts.close();
    this.#release();
  }

  #tell(event: JournalEvent): void {
    this.state.apply(event);
    for (const listener of this.#listeners) listener(event);
  }
}

/** One writer at a time: the lock names a process; a dead one's lock is taken over. Returns what releases it. */
function takeLock(path: string): () => void {
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return () => {
        if (existsSync(path) && readFileSync(path, 'utf8') === mine) rmSync(path);
      };
    } catch (cause) {
      if (!existsSync(path)) throw bundleUnwritable(path, cause);
      if (attempt > 0 || isHeld(readFileSync(path, 'utf8'))) throw inUse(path, cause);
      rmSync(path, { force: true });
    }
  }
}

function isHeld(holder: string): boolean {
  const pid = Number(holder.split(' ')[0]);
  return pid > 0 && startOf(pid) !== 'gone' && holder === `${pid} ${startOf(pid)}`;
}

function inUse(path: string, cause: unknown): MmmcError {
  return new MmmcError('bundle_in_use', `another process is running this bundle (${path})`, {
    exitCode: exitCodes.usage,
    hint: 'Wait for it, stop it, or choose another folder with --run.',
    cause,
  });
}

/** When a process started, so that a reused pid is not mistaken for the old one. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return 'gone';
  }
}
