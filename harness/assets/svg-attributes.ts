type Check = (value: string) => boolean;
const like =
  (pattern: RegExp): Check =>
  (value) =>
    pattern.test(value);

const number = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/g;
/** Numbers, and what may stand between them: looked at one by one, so that a long wrong value takes no longer. */
const numbersAnd = (others: RegExp): Check => {
  return (value) => /\d/.test(value) && others.test(value.replace(number, ' '));
};
/** A number or a list of numbers; `px` is the unit of the view box anyway. */
const numbers = numbersAnd(/^[\s,]*(?:px)?$/);
/** The root's size may be in any unit: it is not kept. */
const length = like(/^[\d.]+[a-z%]*$/);
const keyword = like(/^[a-z-]+$/);
const id = like(/^[\w.-]+$/);
const transform = numbersAnd(/^(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([\s,]*\)[\s,]*)+$/);
const paint = like(
  /^(?:none|currentColor|[a-z]+|#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|rgba?\([\d\s.,%]+\))$/i,
);

const style: Readonly<Record<string, Check>> = {
  fill: paint,
  stroke: paint,
  'fill-opacity': numbers,
  'stroke-opacity': numbers,
  opacity: numbers,
  'stroke-width': numbers,
  'stroke-linecap': keyword,
  'stroke-linejoin': keyword,
  'fill-rule': keyword,
};
const shape = { ...style, id, transform };
const box = { x: numbers, y: numbers, width: numbers, height: numbers };

/** The elements that an icon may consist of, and what the values of their attributes look like. */
const elements: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  svg: { ...style, viewBox: numbers, width: length, height: length },
  g: shape,
  defs: {},
  path: { ...shape, d: numbersAnd(/^[MmZzLlHhVvCcSsQqTtAa\s,]*$/) },
  circle: { ...shape, cx: numbers, cy: numbers, r: numbers },
  ellipse: { ...shape, cx: numbers, cy: numbers, rx: numbers, ry: numbers },
  rect: { ...shape, ...box, rx: numbers, ry: numbers },
  line: { ...shape, x1: numbers, y1: numbers, x2: numbers, y2: numbers },
  polyline: { ...shape, points: numbers },
  polygon: { ...shape, points: numbers },
  use: { ...shape, ...box, href: like(/^#[\w.-]+$/) },
};

/** What a picture of ours does not need, and what changes nothing when it is left out. */
const needless =
  /^(?:xmlns(?::\w+)?|xml:\w+|version|baseProfile|class|role|aria-[\w-]+|data-[\w-]+|focusable|enable-background|color|clip-rule|paint-order|stroke-miterlimit|stroke-dasharray|stroke-dashoffset|vector-effect|shape-rendering|preserveAspectRatio)$/;

export const isElement = (name: string): boolean => Object.hasOwn(elements, name);

/**
 * The attributes of an element that may stay, `style` taken apart into attributes; `null` when one of them is unknown or
 * has a value that is not plain: scripts, references to anything but an element of the file, `url(…)`.
 */
export function safeAttributes(
  element: string,
  given: ReadonlyMap<string, string>,
): Map<string, string> | null {
  const allowed = elements[element] ?? {};
  const kept = new Map<string, string>();
  for (const [name, value] of withStyle(given)) {
    const key = name === 'xlink:href' ? 'href' : name;
    const isPlain = Object.hasOwn(allowed, key) ? allowed[key] : undefined;
    const plain = value.trim();
    if (isPlain?.(plain)) kept.set(key, plain);
    else if (isPlain !== undefined || !isNeedless(element, key)) return null;
  }
  return kept;
}

/** A declaration of the style attribute wins over the attribute of that name, as it does in a browser. */
function withStyle(given: ReadonlyMap<string, string>): [name: string, value: string][] {
  const declarations = (given.get('style') ?? '').split(';').filter((part) => part.trim() !== '');
  const pairs = declarations.map((part): [string, string] => {
    const [name = '', ...value] = part.split(':');
    return [name.trim(), value.join(':')];
  });
  return [...[...given].filter(([name]) => name !== 'style'), ...pairs];
}

const isNeedless = (element: string, name: string) =>
  needless.test(name) || (element === 'svg' && ['id', 'x', 'y'].includes(name));
