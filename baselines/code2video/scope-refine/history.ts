import type { SceneError } from '../../../harness/render/renderer.ts';
import { toDisk } from '../../../harness/store/keys.ts';
import type { Studio } from '../../method.ts';
import type { RefineTask, Try } from './types.ts';

/** Readable files of a section's repairs, written as they happen: each code, each error, and the tries. */
export class History {
  readonly tries: Try[] = [];
  readonly #task: RefineTask;
  readonly #studio: Studio;

  constructor(task: RefineTask, studio: Studio) {
    this.#task = task;
    this.#studio = studio;
  }

  /** `code.<n>.py`: what the n-th repair gave, 0 for the first code. */
  code(n: number, code: string): Promise<void> {
    return this.#write(`code.${n}.py`, code);
  }

  /** `error.<n>.json`: why `code.<n>.py` failed. */
  error(n: number, error: SceneError): Promise<void> {
    return this.#write(`error.${n}.json`, `${JSON.stringify(error, null, 2)}\n`);
  }

  /** `code.py`: the code of the video. */
  accepted(code: string): Promise<void> {
    return this.#write('code.py', code);
  }

  /** One line of `tries.jsonl`. */
  add(entry: Try): Promise<void> {
    this.tries.push(entry);
    return this.#write('tries.jsonl', this.tries.map((t) => `${JSON.stringify(toDisk(t))}\n`).join(''));
  }

  #write(name: string, content: string): Promise<void> {
    return this.#studio.write(`${this.#task.subfolder}/${name}`, content);
  }
}
