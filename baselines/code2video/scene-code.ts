import { extractCode } from '../extract.ts';

/** Code ready to be written and run, and what was changed in the reply for it, in words. */
export interface PreparedCode {
  code: string;
  notes: readonly string[];
}

/**
 * The scene file of a coder's reply, for first code and repairs alike: taken out of the reply, with clean line ends, the
 * class name that was asked for, `TeachingScene` as its base and the imports that it needs. `null` when the reply holds no
 * code. Nothing else is touched, so that the lines of a repair stay where they were sent.
 */
export function prepareCode(reply: string, { className }: { className: string }): PreparedCode | null {
  const found = extractCode(reply);
  return found === null ? null : imposeScene(found, { className });
}

/** The same for code that is code already, such as a file after a patch was put in. */
export function imposeScene(source: string, { className }: { className: string }): PreparedCode {
  const notes: string[] = [];
  let code = `${tidy(source).trimEnd()}\n`;
  const scene = findSceneClass(code, className);
  if (scene !== undefined) {
    if (scene.name !== className) {
      code = rename(code, scene.name, className);
      notes.push(`the class was called ${scene.name}`);
    }
    const based = imposeBase(code, { name: className, bases: scene.bases });
    if (based !== code) notes.push(`the class was derived from ${scene.bases || 'nothing'}`);
    code = based;
  }
  const missing = requiredImports.filter(({ present }) => !present.test(code)).map(({ line }) => line);
  if (missing.length > 0) {
    code = addImports(code, missing);
    notes.push(`missing: ${missing.join(', ')}`);
  }
  return { code, notes };
}

const requiredImports = [
  { line: 'from manim import *', present: /^from[ \t]+manim[ \t]+import[ \t]*\*/m },
  { line: 'from teaching_scene import *', present: /^from[ \t]+teaching_scene[ \t]+import[ \t]*\*/m },
];

/** Behind what must stay first and behind Manim's own import: the names of `teaching_scene` come last. */
function addImports(code: string, lines: readonly string[]): string {
  const anchor =
    /^from[ \t]+manim[ \t]+import[ \t]*\*.*\n/m.exec(code) ?? /^from[ \t]+__future__[ \t].*\n/m.exec(code);
  const at = anchor === null ? 0 : anchor.index + anchor[0].length;
  return `${code.slice(0, at)}${lines.join('\n')}\n${code.slice(at)}`;
}

/**
 * Line ends of Unix; no byte order mark, commands of a notebook, line numbers, tabs or odd spaces in an indentation, and
 * none that all lines share.
 */
function tidy(source: string): string {
  const plain = source
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^[%!].*\n/gm, '');
  const lines = cleanLines(plain.split('\n'));
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const shared = Math.min(...indents);
  return (shared > 0 && indents.length > 0 ? lines.map((line) => line.slice(shared)) : lines).join('\n');
}

/**
 * Lines as they were meant: without the numbers that a repair request shows, where a reply copied them to every line, and
 * without tabs or odd spaces in an indentation.
 */
export function cleanLines(lines: readonly string[]): string[] {
  const number = /^[ \t]*\d+[ \t]*[:|] ?/;
  const all = lines.every((line) => line.trim() === '' || number.test(line));
  return lines
    .map((line) => (all ? line.replace(number, '') : line))
    .map((line) =>
      line.replace(/^[ \t\u00A0]+/, (space) => space.replaceAll('\t', '    ').replaceAll('\u00A0', ' ')),
    );
}

interface SceneClass {
  name: string;
  bases: string;
}

/** The class asked for; else the last one whose base is a scene, or which has a `construct`. */
function findSceneClass(code: string, className: string): SceneClass | undefined {
  const heads = [...code.matchAll(/^class[ \t]+(\w+)[ \t]*(?:\(([^()]*)\))?[ \t]*:/gm)];
  const classes = heads.map((head, i) => ({
    name: head[1] ?? '',
    bases: (head[2] ?? '').trim(),
    body: code.slice(head.index, heads[i + 1]?.index),
  }));
  const scenes = classes.filter((c) => /Scene\b/.test(c.bases) || /^[ \t]+def construct\b/m.test(c.body));
  return classes.find((c) => c.name === className) ?? scenes.at(-1);
}

/**
 * Gives the class its name where it is defined and where `super` names it. Other uses, which may stand in a text on the
 * screen, are left alone and get the old name as an alias.
 */
function rename(code: string, from: string, to: string): string {
  const defined = code.replace(new RegExp(`^class([ \\t]+)${from}\\b`, 'gm'), `class$1${to}`);
  const renamed = defined.replace(new RegExp(`\\bsuper\\(\\s*${from}\\b`, 'g'), `super(${to}`);
  const isUsed = new RegExp(`(?<![\\w.])${from}(?=[.(,)])`).test(renamed);
  return isUsed ? `${renamed}\n\n${from} = ${to}\n` : renamed;
}

/** `TeachingScene` takes the place of the scene's bases; classes of the file's own stay before it. */
function imposeBase(code: string, { name, bases }: SceneClass): string {
  const given = bases.split(',').map((base) => base.trim());
  const own = given.filter((base) => basesIn(code, base) !== undefined);
  const hasBase =
    given.includes('TeachingScene') ||
    own.some((base) => /\bTeachingScene\b/.test(basesIn(code, base) ?? ''));
  if (hasBase) return code;
  const head = new RegExp(`^class[ \\t]+${name}\\b[^:\\n]*:`, 'm');
  return code.replace(head, `class ${name}(${[...own, 'TeachingScene'].join(', ')}):`);
}

/** The bases of a class of the file; `undefined` where the file does not define it. */
function basesIn(code: string, name: string): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const head = new RegExp(`^class[ \\t]+${name}\\b[ \\t]*(?:\\(([^()]*)\\))?[ \\t]*:`, 'm').exec(code);
  return head === null ? undefined : (head[1] ?? '');
}
