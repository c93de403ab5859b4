"""One file under inspection: its scopes, its types, and what its star imports bring."""

import ast
import builtins

from scene_scopes import ScopeReader
from scene_types import Types, manim_classes

MANIM_MODULES = {"np": "numpy", "rate_functions": "manim.utils.rate_functions"}
# The interpreter adds the last ones when it starts; a module has the first ones of itself.
IMPLICIT = {"__file__", "__name__", "__doc__", "exit", "quit", "help", "copyright", "credits", "license"}
BUILTINS = {*dir(builtins), *IMPLICIT}


class Manim:
    """What manim_names.json tells."""

    def __init__(self, names):
        self.names = names
        self.classes = manim_classes(names)
        self.loose = set(names["loose"])

    def known(self, name):
        """The type of a name that `from manim import *` brings."""
        kind = self.names["exports"].get(name)
        if kind == "class":
            return ("class", self.classes[name])
        return ("module", MANIM_MODULES[name]) if name in MANIM_MODULES else None


class Unit:
    """`modules` are the trusted modules that the file may import, read before it."""

    def __init__(self, tree, manim, modules):
        self.tree, self.manim, self.modules = tree, manim, modules
        self.reader = ScopeReader(tree)
        self.types = Types(self.reader, manim.known, self.outside_type)
        self.stars = [node.module or "" for node in self.reader.stars]
        magic = {"exec", "globals", "__import__", "import_module"}
        known = {"manim", "numpy", "math", "random", *modules}
        self.open = not known.issuperset(self.stars) or any(use.id in magic for use in self.reader.uses)

    def brought(self, module):
        """Names that a star import of the module brings."""
        if module == "manim":
            return self.manim.names["exports"].keys()
        if module in self.modules:
            return self.modules[module].public()
        return self.manim.names["named"].get(module, ())

    def public(self):
        own = {name for name in self.reader.top.bound if not name.startswith("_")}
        return own.union(*(self.brought(star) for star in self.stars))

    def is_outside(self, name):
        return name in BUILTINS or any(name in self.brought(star) for star in self.stars)

    def outside_type(self, name):
        """The type of a name that the file does not bind: what the last star import with that name brought."""
        for star in reversed(self.stars):
            if name in self.brought(star):
                return self.type_from(star, name)
        return None

    def type_from(self, module, name):
        if module == "manim":
            return self.manim.known(name)
        return self.modules[module].export_type(name) if module in self.modules else None

    def export_type(self, name):
        bindings = self.reader.top.bound.get(name)
        if bindings is None:
            return self.outside_type(name)
        return self.types.of_binding(bindings[0], self.reader.top, name) if len(bindings) == 1 else None

    def attributes_in_doubt(self):
        """Names that the file may give to any object: it assigns them, spells them in a string or takes them as a keyword."""
        found = set(self.manim.loose)
        for scope in self.reader.scopes:
            if scope.is_class:
                found |= scope.bound.keys()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                found.add(node.attr)
            elif isinstance(node, ast.keyword) and node.arg:
                found |= {node.arg} if node.arg not in COMMON else set()
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                found.add(node.value)
        return found


# Keywords that every other call has; they say nothing about attributes.
COMMON = {"color", "colour", "run_time", "buff", "font_size", "rate_func", "about_point"}
