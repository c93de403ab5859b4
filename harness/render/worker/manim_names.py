"""Prints manim_names.json: what the static inspection knows of the installed Manim, without importing it then.

    exports   name -> "class", "module" or "other", for each name of `from manim import *`
    modules   the modules of Manim
    named     the names in the modules that scenes use most
    classes   name -> bases (in the order in which attributes are looked up), attributes of its own, methods that return
              the object itself, keywords (null where it cannot be told which ones its constructor takes)
    loose     attributes that Manim sets on objects from outside, so that any object may have them
"""

import ast
import builtins
import importlib
import inspect
import json
import pathlib
import pkgutil
import sys
import textwrap

import manim

NAMED = ("manim", "manim.utils.rate_functions", "numpy", "math", "random")
FOLDER = pathlib.Path(manim.__file__).parent


def source_tree(thing):
    return ast.parse(textwrap.dedent(inspect.getsource(thing)))


def is_self(node):
    return isinstance(node, ast.Name) and node.id == "self"


def stored_attributes(tree, on_self):
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value) == on_self
    }


def returns_self(function):
    function = inspect.unwrap(function) if callable(function) else function
    notes = getattr(function, "__annotations__", {})
    return str(notes.get("return", "")).strip("'\"").rpartition(".")[2] == "Self"


def keywords_of(init):
    """Names that a constructor takes itself, and whether it hands all others to the constructor of its base."""
    parameters = [p for p in inspect.signature(init).parameters.values() if p.name != "self"]
    names = {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}
    rest = next((p.name for p in parameters if p.kind is p.VAR_KEYWORD), None)
    return names, rest is not None and only_for_base(init, rest), rest is None


def only_for_base(init, rest):
    """True where `**rest` goes to `super().__init__` and nowhere else."""
    uses, handed_on = 0, 0
    for node in ast.walk(source_tree(init)):
        uses += isinstance(node, ast.Name) and node.id == rest
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__":
            handed_on += sum(k.arg is None and isinstance(k.value, ast.Name) and k.value.id == rest for k in node.keywords)
    return uses == handed_on == 1


def all_keywords(cls):
    """The keywords of `cls(...)`, or None. A constructor that Manim decorates or leaves to Python is not judged."""
    found = set()
    for step in cls.__mro__[:-1]:
        init = vars(step).get("_original__init__", vars(step).get("__init__"))
        if init is None:
            continue
        if not inspect.isfunction(init) or hasattr(init, "__wrapped__"):
            return None
        names, handed_on, closed = keywords_of(init)
        found |= names
        if closed:
            return sorted(found)
        if not handed_on:
            return None
    return None


def describe_class(cls):
    own = {name for name in vars(cls) if not (name.startswith("__") and name.endswith("__"))}
    own |= stored_attributes(source_tree(cls), True)
    # Python writes these of a class definition's own accord; every class has them.
    own -= {"_abc_impl"}
    return {
        "bases": [step.__name__ for step in cls.__mro__[1:] if step is not object],
        "own": sorted(own),
        "fluent": sorted(name for name, value in vars(cls).items() if inspect.isfunction(value) and returns_self(value)),
        "keywords": all_keywords(cls),
    }


def is_plain(cls):
    """A class of Manim that makes plain objects: no enumeration, no tuple, nothing with a metaclass of another kind."""
    own = cls.__module__.partition(".")[0] == "manim"
    return own and all(step.__module__.partition(".")[0] in ("manim", "abc", "builtins") for step in cls.__mro__) and not any(
        issubclass(cls, base) for base in (BaseException, dict, list, tuple, str, int, float, set)
    )


def kind_of(value):
    if isinstance(value, type) and is_plain(value):
        return "class"
    return "module" if inspect.ismodule(value) else "other"


def module_names():
    names = set()
    for file in FOLDER.rglob("*.py"):
        parts = file.relative_to(FOLDER.parent).with_suffix("").parts
        names.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(names)


def names_in(name):
    """All names of a module, with the modules inside it: some of those are loaded when they are first asked for."""
    module = importlib.import_module(name)
    inside = (found.name for found in pkgutil.iter_modules(getattr(module, "__path__", [])))
    return sorted({*dir(module), *vars(module), *inside})


def described_classes(exported):
    classes = {}
    for cls in exported:
        for step in cls.__mro__[:-1]:
            if step.__module__ == "builtins" or step.__name__ == "ABC":
                continue
            known = classes.setdefault(step.__name__, step)
            assert known is step, f"two classes are called {step.__name__}"
    return {name: describe_class(cls) for name, cls in sorted(classes.items())}


def loose_attributes():
    found = set()
    for file in FOLDER.rglob("*.py"):
        found |= stored_attributes(ast.parse(file.read_text(encoding="utf-8")), False)
    return sorted(found)


def main():
    star = {}
    exec("from manim import *", star)
    star = {name: value for name, value in star.items() if name not in ("__builtins__",) and not hasattr(builtins, name)}
    exported = [value for value in star.values() if kind_of(value) == "class"]
    exported.append(manim.mobject.mobject._AnimationBuilder)  # what `.animate` gives
    return {
        "manim": manim.__version__,
        "exports": {name: kind_of(value) for name, value in sorted(star.items())},
        "modules": module_names(),
        "named": {name: names_in(name) for name in NAMED},
        "classes": described_classes(exported),
        "loose": loose_attributes(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(), indent=0, ensure_ascii=True) + "\n")
