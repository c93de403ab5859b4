import type { BuildWatcher } from '../../datasets/build/build.ts';
import { Funnel, type Stage, type State } from '../../datasets/build/funnel.ts';
import { oneLine } from '../../reports/plain.ts';
import type { OpenBundle } from '../store/bundle.ts';

/** Items of one kind that are named one by one where lines are not drawn over; more are counted. */
const named = 200;

/** Shows a build as it goes: a live count on a terminal; elsewhere a line for whatever is dropped or open. */
export class BuildProgress implements BuildWatcher {
  readonly #stream: NodeJS.WritableStream;
  /** Columns of the terminal, or 0 where lines are not drawn over. */
  readonly #columns: number;
  readonly #counts = new Funnel();
  #calls = 0;
  #tokens = 0;
  #told = 0;
  #drawn = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WritableStream, columns: number) {
    this.#stream = stream;
    this.#columns = columns;
  }

  opened(bundle: OpenBundle): void {
    this.say(`Building in ${bundle.paths.folder}`);
    bundle.onEvent((event) => {
      if (event.type !== 'call') return;
      this.#calls++;
      this.#tokens += (event.usage.input ?? 0) + (event.usage.output ?? 0);
    });
    if (this.#columns > 0) this.#timer = setInterval(() => this.#draw(), 200).unref();
  }

  readonly noted = (stage: Stage, state: State, label: string, cause: string | null): void => {
    this.#counts.note(stage, state, cause);
    if (state === 'kept' || this.#told++ > named) return;
    this.say(`${stage.padEnd(9)} ${state}: ${oneLine(label, 70)}${cause === null ? '' : ` (${cause})`}`);
  };

  /** One line that stays. */
  readonly say = (line: string): void => {
    this.#erase();
    this.#stream.write(`${line}\n`);
  };

  close(): void {
    clearInterval(this.#timer);
    this.#erase();
  }

  #draw(): void {
    this.#erase();
    const stages = this.#counts.counts.filter((count) => count.in > 0);
    const at = stages.map(({ stage, in: came, of }) => `${stage} ${came} ${of}`).join(', ');
    const line = `${at} · ${this.#calls} calls · ${this.#tokens.toLocaleString('en')} tokens`;
    this.#stream.write(`${line.slice(0, this.#columns - 1)}\n`);
    this.#drawn = true;
  }

  #erase(): void {
    if (this.#drawn) this.#stream.write('\u001b[1A\u001b[0J');
    this.#drawn = false;
  }
}
