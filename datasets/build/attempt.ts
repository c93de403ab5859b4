import { Interrupted } from '../../harness/experiment/control.ts';
import { ModelError } from '../../harness/models/model-error.ts';
import { exitCodes, MmmcError, messageOf } from '../../harness/store/errors.ts';
import type { ShopConfig } from './config.ts';
import type { BuildShop, Problem } from './shop.ts';

/** What work on an item came to; `null` as problem: interrupted or over a limit, it goes on in the next run. */
export type Attempted<T> = { ok: true; value: T } | { ok: false; problem: Problem | null };

/** Exit codes of what a person must mend before anything can go on. */
const fatal: readonly number[] = [exitCodes.usage, exitCodes.prerequisite, exitCodes.bundleUnwritable];

/**
 * Works on one item. A failure of ours (network, quota, a bug) ends its job as `infra_error`, which the next run tries
 * again; throws only what makes going on senseless.
 */
export async function attempt<T>(
  shop: BuildShop<ShopConfig>,
  item: string,
  work: () => Promise<T>,
): Promise<Attempted<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    if (thrown instanceof MmmcError && fatal.includes(thrown.exitCode)) {
      // Nothing more is sent: what cannot be stored would be paid for in vain.
      shop.control.stop();
      throw thrown;
    }
    if (thrown instanceof Interrupted || shop.control.signal.aborted) return { ok: false, problem: null };
    const problem = { cause: causeOf(thrown), message: messageOf(thrown) };
    shop.end(item, { status: 'infra_error', ...problem });
    return { ok: false, problem };
  }
}

function causeOf(thrown: unknown): string {
  if (thrown instanceof ModelError) return thrown.failure;
  return thrown instanceof MmmcError ? thrown.code : 'bug';
}
