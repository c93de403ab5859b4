import { Interrupted } from '../../harness/experiment/control.ts';
import type { ChatModel } from '../../harness/models/chat.ts';
import type { openChatModel } from '../../harness/models/providers.ts';
import type { OpenBundle } from '../../harness/store/bundle.ts';
import type { CallEvent } from '../../harness/store/events.ts';
import type { BuildFile } from './config.ts';

/** Thrown where a call would go over a limit; the item stays open until the limit is raised. */
export class LimitReached extends Interrupted {
  override name = 'LimitReached';
}

/**
 * Caps of calls and tokens over all runs into a bundle. A request is refused once a cap is reached; requests under way
 * end as they will, so tokens can go over by what these take.
 */
export class SpendingLimit {
  readonly #limits: BuildFile['limits'];
  #calls = 0;
  #tokens = 0;
  #refused = false;

  constructor(bundle: OpenBundle, limits: BuildFile['limits']) {
    this.#limits = limits;
    for (const call of bundle.state.calls) {
      this.#calls += call.attempts;
      this.#tokens += tokensOf(call);
    }
    bundle.onEvent((event) => {
      if (event.type === 'call') this.#tokens += tokensOf(event);
    });
  }

  /** Was a request refused? Then something is left to do. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Models that send nothing once a cap is reached. */
  guard(open: typeof openChatModel): typeof openChatModel {
    return async (...parts) => {
      const model = await open(...parts);
      const guarded: ChatModel = {
        chat: async (request, options) => {
          this.#count();
          return model.chat(request, options);
        },
      };
      return guarded;
    };
  }

  #count(): void {
    const { calls = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = this.#limits;
    if (this.#calls >= calls || this.#tokens >= tokens) {
      this.#refused = true;
      throw new LimitReached();
    }
    this.#calls++;
  }
}

function tokensOf(call: CallEvent): number {
  return (call.usage.input ?? 0) + (call.usage.output ?? 0);
}
