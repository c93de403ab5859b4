/** Keys on disk are snake_case, names in code camelCase: translated here, at the edge, and nowhere else. */

/** Under these keys lie data of users, whose own keys are left alone. */
const opaque = new Set(['figures', 'parameters', 'echo', 'extra']);

/** Most keys are one word, and every event has twenty: those pass untouched. */
const toSnake = (key: string) =>
  /[A-Z]/.test(key) ? key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`) : key;
const toCamel = (key: string) => key.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

function translate(value: unknown, key: (k: string) => string): unknown {
  if (Array.isArray(value)) return value.map((v) => translate(v, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [key(k), opaque.has(k) ? v : translate(v, key)]),
  );
}

/** camelCase -> snake_case, deeply; values under `figures`, `parameters`, `echo` and `extra` stay as they are. */
export function toDisk(value: unknown): unknown {
  return translate(value, toSnake);
}

/** snake_case -> camelCase, deeply: the inverse of `toDisk`. */
export function fromDisk(value: unknown): unknown {
  return translate(value, toCamel);
}
