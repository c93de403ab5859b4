/** Names of a place that models are served from, and no part of their own. */
const places = ['models', 'publishers', 'accounts', 'fireworks', 'google', 'deployments'];
/** Choose a route or a price at OpenRouter, or the newest build at Ollama; not another model. */
const routes = /:(latest|free|nitro|floor)$/;
/** A whole date, a month with its year, a day of a preview, or a three-digit build: `-2025-04-14`, `@20250929`, `-09-2025`, `-001`. */
const dated = /^[-@](20\d\d-\d\d-\d\d|20\d{6}|\d\d-20\d\d|(?:0\d|1[0-2])-(?:[0-2]\d|3[01])|0\d\d)$/;
/** What `…-latest` may stand for besides: four digits of a year and a month, or of a month and a day. */
const shortDated = /^-\d{4}$/;

/**
 * Is what answered the model that was asked for? Letters may differ in case; one of the two may have a provider's prefix
 * (`openai/gpt-4.1`), a tag of the route (`:free`), or a date (`gpt-4.1-2025-04-14`) that the other does not have. Two different
 * dates are two models, and so are names with four more digits (`…-0324`, `…-2507`), which makers give to new weights;
 * only `…-latest` asks for whichever there is. `null`, a server that does not say, is no difference.
 */
export function isSameModel(asked: string, served: string | null): boolean {
  if (served === null) return true;
  const [a, b] = [nameOf(asked), nameOf(served)];
  if (!isTail(a.prefix, b.prefix)) return false;
  if (a.name === b.name) return true;
  const latest = /^(.+)-latest$/.exec(a.name)?.[1];
  if (latest !== undefined)
    return b.name === latest || isDated(b.name, latest, dated) || isDated(b.name, latest, shortDated);
  return isDated(b.name, a.name, dated) || isDated(a.name, b.name, dated);
}

function nameOf(model: string): { name: string; prefix: string[] } {
  const parts = model.trim().toLowerCase().replace(routes, '').split('/').filter(Boolean);
  const name = parts.pop() ?? '';
  return { name, prefix: parts.filter((part) => !places.includes(part)) };
}

/** Does one of the two end with the other? */
function isTail(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length === 0 || short.join('/') === long.slice(-short.length).join('/');
}

const isDated = (name: string, plain: string, date: RegExp) =>
  name.startsWith(plain) && date.test(name.slice(plain.length));
