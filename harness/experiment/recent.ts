/**
 * Remembers what was made for the files that were asked for last. Whoever asks while it is being made waits for it; what
 * failed is not remembered.
 *
 * @example
 * const look = recent(16, (file, signal) => lookAt(sandbox, file, { signal }));
 */
export function recent<T extends object>(
  most: number,
  make: (file: string, signal: AbortSignal) => Promise<T>,
): typeof make {
  // Apart: what is being made is never forgotten, however many are at once.
  const making = new Map<string, Promise<T>>();
  const kept = new Map<string, T>();
  const keep = (file: string, made: T) => {
    kept.delete(file);
    kept.set(file, made);
    for (const [oldest] of kept) if (kept.size > most) kept.delete(oldest);
    return made;
  };
  return (file, signal) => {
    const known = kept.get(file);
    if (known !== undefined) return Promise.resolve(keep(file, known));
    const running = making.get(file);
    if (running !== undefined) return running;
    const started = make(file, signal)
      .then((made) => keep(file, made))
      .finally(() => making.delete(file));
    making.set(file, started);
    return started;
  };
}
