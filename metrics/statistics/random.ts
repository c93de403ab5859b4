import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of random numbers; the same seed gives the same ones, on every machine. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A whole number from 0 up to, not including, `n` (at most 2^20: above, the shares of numbers begin to differ). */
  index(n: number): number {
    return Math.floor(((this.#generator.next() >>> 0) / 2 ** 32) * n);
  }

  /** In [0, 1). */
  unit(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32;
  }

  /** 1 or -1. */
  sign(): 1 | -1 {
    // The highest bit: the lowest one of this generator is its weakest.
    return this.#generator.next() < 0 ? -1 : 1;
  }

  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    return items.flatMap(() => left.splice(this.index(left.length), 1));
  }
}
