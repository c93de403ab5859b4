"""Mistakes that are certain before anything runs: names, attributes, keywords, imports, files, the scene class."""

import ast
import sys
from itertools import islice

from scene_scopes import FUNCTIONS

ALLOWED = set(
    "manim teaching_scene numpy math random cmath itertools functools collections typing dataclasses string re enum "
    "statistics fractions decimal operator copy abc __future__ colorsys datetime time textwrap bisect heapq types "
    "contextlib warnings numbers scipy networkx".split()
)
FORBIDDEN_CALLS = {"open": "open a file", "input": "ask for input", "breakpoint": "stop for a debugger"}
NUMPY_FILES = {"load", "loadtxt", "genfromtxt", "fromfile", "memmap", "save", "savetxt", "savez", "savez_compressed"}
# Names of older or other Manims that language models still write.
TODAY = {
    "ShowCreation": "Create",
    "ShowCreationThenDestruction": "ShowPassingFlash",
    "TextMobject": "Text or Tex",
    "TexMobject": "MathTex",
    "OldTex": "MathTex",
    "FadeInFrom": "FadeIn(..., shift=...)",
    "FadeInFromDown": "FadeIn(..., shift=UP)",
    "FadeOutAndShift": "FadeOut(..., shift=...)",
    "FadeInFromLarge": "FadeIn(..., scale=...)",
    "GraphScene": "Axes",
    "CircleIndicate": "Circumscribe",
    "WiggleOutThenIn": "Wiggle",
    "DrawBorder": "DrawBorderThenFill",
}


class Problem:
    def __init__(self, node, kind, message):
        self.line, self.column, self.node = node.lineno, node.col_offset, node
        self.type, self.message = kind, message


def instead(name, known):
    from difflib import get_close_matches  # slow to load, and good files do not need it

    close = get_close_matches(name, known, 1, 0.75)
    return f" Did you mean {close[0]!r}?" if close else ""


def undefined_names(unit):
    if unit.open:
        return
    for use in unit.reader.uses:
        scope = unit.reader.scope_of[use]
        if use in unit.reader.guarded or scope.find(use.id) or unit.is_outside(use.id):
            continue
        message = f"name {use.id!r} is not defined"
        if any(use.id in other.bound for other in unit.reader.scopes):
            message += " here: another function or class of the file binds it."
        elif use.id in TODAY:
            message += f" in this version of Manim: use {TODAY[use.id]}."
        else:
            message += "." + instead(use.id, [*unit.public(), *scope.bound, *unit.reader.top.bound])
        yield Problem(use, "NameError", message)


def first_lines(scope):
    """Name -> the line on which the first statement of the scope begins that binds it."""
    starts = [(statement.lineno, statement.end_lineno) for statement in scope.node.body]
    lines = {}
    for name, bindings in scope.bound.items():
        first = min(node.lineno for node in bindings)
        if name not in scope.elsewhere and not any(isinstance(node, (ast.arg, ast.Global)) for node in bindings):
            lines[name] = next((start for start, end in starts if start <= first <= end), 0)
    return lines


def names_before_their_value(unit):
    reader = unit.reader
    first = {s: first_lines(s) for s in reader.scopes if isinstance(s.node, (ast.Module, ast.FunctionDef))}
    for use in reader.uses:
        scope = reader.scope_of[use]
        line = first.get(scope, {}).get(use.id, 0)
        if use.lineno >= line or use in reader.guarded:
            continue
        if scope.parent is None and (unit.open or unit.is_outside(use.id)):
            continue
        kind = "NameError" if scope.parent is None else "UnboundLocalError"
        yield Problem(use, kind, f"{use.id!r} is used before it gets its value in line {line}.")


def missing_attribute(unit, node, doubtful):
    owner = unit.types.of(node.value)
    given = node.attr[4:] if node.attr[:4] in ("get_", "set_") else node.attr
    if owner is None or node.attr.startswith("__") or not doubtful.isdisjoint((node.attr, given)):
        return None
    kind, what = owner
    if kind == "module":
        known = unit.manim.names["named"].get(what)
        if known is None or node.attr in known:
            return None
        return f"module {what!r} has no {node.attr!r}." + instead(node.attr, known)
    if node.attr in ("mro", "register") or what.has(node.attr):
        return None
    if kind == "animate" and node.attr in unit.manim.classes["_AnimationBuilder"].own:
        return None
    hint = instead(node.attr, what.attributes())
    # Manim takes any `set_...` in silence: only a slip of the pen is a mistake for certain.
    if what.is_a("Mobject") and node.attr.startswith("set_") and not hint:
        return None
    return f"{what.name!r} has no attribute {node.attr!r}.{hint}"


def missing_attributes(unit):
    doubtful = unit.attributes_in_doubt()
    for node in unit.reader.scope_of:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and node not in unit.reader.guarded:
            message = missing_attribute(unit, node, doubtful)
            if message:
                yield Problem(node, "AttributeError", message)


def unknown_keywords(unit):
    for node in unit.reader.scope_of:
        if not isinstance(node, ast.Call) or not node.keywords or node in unit.reader.guarded:
            continue
        made = unit.types.of(node.func)
        if made is None or made[0] != "class" or made[1].keywords is None:
            continue
        for keyword in node.keywords:
            if keyword.arg and keyword.arg not in made[1].keywords:
                message = f"{made[1].name} takes no keyword {keyword.arg!r}."
                yield Problem(keyword, "TypeError", message + instead(keyword.arg, made[1].keywords))


def imported(unit):
    """Each import outside `try`: node, module, alias; the alias is None for `import a.b`."""
    for node in unit.reader.scope_of:
        if node in unit.reader.guarded:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name, alias.asname or alias.name.partition(".")[0], None
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node, "." * node.level + (node.module or ""), alias.asname or alias.name, alias.name


def bad_import(unit, module, name, used):
    top, names = module.partition(".")[0], unit.manim.names
    there = top in unit.modules if top == "teaching_scene" else top in ALLOWED
    if not there and top not in sys.stdlib_module_names:
        return "ModuleNotFoundError", f"There is no module {module!r} here: import manim, numpy, math or random only."
    if not there:
        # A harmless leftover of habit, unless something is done with it.
        return ("ImportError", f"The module {module!r} may not be used here: no files, no network, no input.") if used else None
    if top == "manim" and module not in names["modules"]:
        return "ModuleNotFoundError", f"Manim has no module {module!r}."
    known = unit.modules[module].reader.top.bound if module in unit.modules else names["named"].get(module)
    if known is None or name in (None, "*") or name in known or f"{module}.{name}" in names["modules"]:
        return None
    if module in unit.modules and name in unit.modules[module].public():
        return None
    today = f" Use {TODAY[name]}." if name in TODAY else instead(name, known)
    return "ImportError", f"{module!r} has no name {name!r}.{today}"


def bad_imports(unit):
    read = {use.id for use in unit.reader.uses}
    for node, module, bound, name in imported(unit):
        found = bad_import(unit, module, name, bound in read or name == "*")
        if found:
            yield Problem(node, *found)


def forbidden_calls(unit):
    for node in unit.reader.scope_of:
        if not isinstance(node, ast.Call):
            continue
        func = node.func
        if isinstance(func, ast.Name) and func.id in FORBIDDEN_CALLS and func in unit.reader.scope_of:
            if not unit.reader.scope_of[func].find(func.id) and func.id not in unit.public():
                yield Problem(node, "PermissionError", f"A scene may not {FORBIDDEN_CALLS[func.id]}: {func.id}().")
        elif isinstance(func, ast.Attribute) and func.attr in NUMPY_FILES:
            if unit.types.of(func.value) == ("module", "numpy"):
                yield Problem(node, "PermissionError", f"A scene may not use files: numpy's {func.attr}().")


def scene_class(unit, name):
    """The definition of the scene class, and what is wrong with it as (node or None, type, message)."""
    bindings = unit.reader.top.bound.get(name, [])
    if not bindings and not unit.open:
        classes = [node.name for node in unit.tree.body if isinstance(node, ast.ClassDef)]
        there = f"The classes there are: {', '.join(classes[:5])}." if classes else "It has no class."
        return None, (None, "no_scene_class", f"The file has no scene class named {name}. {there}")
    node = bindings[0] if len(bindings) == 1 and isinstance(bindings[0], ast.ClassDef) else None
    if node is None:
        return None, None
    made = unit.types.class_of(node)
    if not node.bases or (made and not made.is_a("Scene")):
        return node, (node, "no_scene_class", f"The class {name} is no scene: derive it from a scene class.")
    if made and not any(step.is_local and "construct" in step.own for step in made.steps):
        return node, (node, "no_animation", f"The class {name} has no method construct.")
    return node, None


CHECKS = (
    undefined_names,
    names_before_their_value,
    missing_attributes,
    unknown_keywords,
    bad_imports,
    forbidden_calls,
)


MAX_EACH = 20


def problems(unit):
    """By line; of each kind the first ones only, since a file of thousands would be searched for as many hints."""
    found = [problem for check in CHECKS for problem in islice(check(unit), MAX_EACH)]
    return sorted(found, key=lambda problem: (problem.line, problem.column))


def function_around(unit, node):
    scope = unit.reader.scope_of.get(node, unit.reader.top)
    while scope.parent is not None and not isinstance(scope.node, FUNCTIONS):
        scope = scope.parent
    return scope.name
