import type { Anomaly } from '../schema.ts';
import type { FieldMap, Slot } from './field-map.ts';
import type { Row } from './metadata-rows.ts';

/** Takes values out of a row by slot; what it could not take stays for `rest`. */
export class RowTaker {
  readonly #row: Row;
  readonly #map: FieldMap;
  readonly #anomalies: Anomaly[];
  readonly #taken = new Set<string>();

  constructor(row: Row, map: FieldMap, anomalies: Anomaly[]) {
    this.#row = row;
    this.#map = map;
    this.#anomalies = anomalies;
  }

  value(slot: Slot): unknown {
    return this.#row.fields.get(this.#map.get(slot) ?? '');
  }

  /** The value as `read` gives it; null when there is none, or when it is not understood, which is told. */
  take<T>(slot: Slot, read: (value: unknown) => T | null): T | null {
    const value = this.value(slot);
    if (value === undefined || value === null) return null;
    const taken = read(value);
    if (taken === null) this.refuse(slot);
    else this.#taken.add(this.#map.get(slot) ?? '');
    return taken;
  }

  text(slot: Slot): string | null {
    return this.take(slot, text);
  }

  /** Leaves the value where it is, and says so. */
  refuse(slot: Slot): void {
    const field = this.#map.get(slot) ?? slot;
    this.#taken.delete(field);
    const message = `${field} was not understood as ${slot}; it is kept in extra`;
    this.#anomalies.push({ kind: 'not_understood', where: this.#row.where, message });
  }

  rest(): Record<string, unknown> {
    return Object.fromEntries([...this.#row.fields].filter(([field]) => !this.#taken.has(field)));
  }
}

/** A value as text, or null. */
export const text = (value: unknown) => (typeof value === 'string' ? value : null);

/** A value as seconds, or null. */
export function seconds(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number > 0 && Number.isFinite(number) ? number : null;
}

/** A value as a list of words, or null. */
export function words(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const texts = value.filter((word: unknown) => typeof word === 'string');
  return texts.length === value.length ? texts : null;
}
