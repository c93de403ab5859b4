/**
 * Works on the things of a stream, so many at once, and gives the results in the order of the stream. What one of them
 * throws is thrown when its turn comes; nothing more is begun then, and what runs is waited for.
 *
 * @example for await (const page of inOrder(addresses, 8, fetchPage)) …
 */
export async function* inOrder<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  atOnce: number,
  work: (thing: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<Settled<R>>[] = [];
  const next = async (): Promise<R> => {
    const settled = await running.shift();
    if (settled?.ok) return settled.value;
    await Promise.all(running);
    throw settled?.error;
  };
  for await (const thing of source) {
    running.push(settle(work(thing)));
    if (running.length >= atOnce) yield await next();
  }
  while (running.length > 0) yield await next();
}

type Settled<R> = { ok: true; value: R } | { ok: false; error: unknown };

/** Never rejects, so that a failure may wait for its turn. */
function settle<R>(work: Promise<R>): Promise<Settled<R>> {
  return work.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error }),
  );
}
