import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { bundleUnwritable } from '../../harness/store/errors.ts';
import { toDisk } from '../../harness/store/keys.ts';
import { type Stage, stages } from './funnel.ts';

/** Characters gathered before they are written. */
const pageLength = 65536;

/** `build/<n>-<stage>.jsonl`: one line for each thing that came to a stage. It appears whole when it is closed. */
export class StageFile {
  readonly path: string;
  readonly #fd: number;
  #page = '';

  constructor(folder: string, stage: Stage) {
    const number = stages.findIndex(({ name }) => name === stage) + 1;
    this.path = join(folder, `${number}-${stage}.jsonl`);
    try {
      mkdirSync(folder, { recursive: true });
      this.#fd = openSync(`${this.path}.part`, 'w');
    } catch (cause) {
      throw bundleUnwritable(this.path, cause);
    }
  }

  add(line: object): void {
    this.#page += `${JSON.stringify(toDisk(line))}\n`;
    if (this.#page.length >= pageLength) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#fd);
    renameSync(`${this.path}.part`, this.path);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#page);
    this.#page = '';
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
    } catch (cause) {
      throw bundleUnwritable(this.path, cause);
    }
  }
}
