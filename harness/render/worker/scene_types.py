"""What is certain about the types in a scene file. Where anything is in doubt, nothing is said."""

import ast

MOBJECT = "Mobject"
CAMERAS = {"MovingCameraScene": "MovingCamera", "ThreeDScene": "ThreeDCamera", "ZoomedScene": "MultiCamera"}


class Class:
    """A class of Manim, or of a file that was read; `steps` are the classes that attributes are looked up in."""

    def __init__(self, name, own, fluent, bases, keywords=None, is_local=False):
        self.name, self.own, self.fluent, self.keywords, self.is_local = name, own, fluent, keywords, is_local
        self.steps = [self, *(step for base in bases for step in base.steps)]

    def is_a(self, name):
        return any(step.name == name for step in self.steps)

    def has(self, attribute):
        # A class that replaces `__dict__` has whatever it is given.
        if any(attribute in step.own or "__dict__" in step.own for step in self.steps):
            return True
        # Manim makes getters and setters of all attributes when they are asked for.
        return self.is_a(MOBJECT) and attribute[:4] in ("get_", "set_") and self.has(attribute[4:])

    def returns_itself(self, method):
        owner = next((step for step in self.steps if method in step.own), None)
        return owner is not None and method in owner.fluent

    def attributes(self):
        return sorted({name for step in self.steps for name in step.own if not name.startswith("_")})


def manim_classes(names):
    """The classes of manim_names.json. There a class names all its bases, so each step stands for itself alone."""
    single = {
        name: Class(name, set(known["own"]), set(known["fluent"]), [], known["keywords"])
        for name, known in names["classes"].items()
    }
    for name, known in names["classes"].items():
        single[name].steps = [single[name], *(single[base] for base in known["bases"] if base in single)]
    return single


def class_from(node, bases):
    """A class as its definition shows it: what its body binds and what its methods set on `self`."""
    own = {inner.name for inner in node.body if isinstance(inner, (ast.FunctionDef, ast.ClassDef))}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store):
            own.add(inner.attr)
    for inner in node.body:
        targets = inner.targets if isinstance(inner, ast.Assign) else [getattr(inner, "target", None)]
        own |= {target.id for target in targets if isinstance(target, ast.Name)}
    return Class(node.name, own, set(), bases, is_local=True)


class Types:
    """Types of expressions: ("instance", Class), ("class", Class), ("animate", Class), ("module", name) or None."""

    def __init__(self, reader, known, outside):
        self.reader, self.known, self.outside = reader, known, outside
        self.local, self.open = {}, set()

    def class_of(self, node):
        """The class that a definition in the file makes; None where a base, a decorator or a metaclass is unknown."""
        if node not in self.local:
            self.local[node] = None  # a class that is its own base is none
            found = [self.of(base) for base in node.bases]
            if all(f is not None and f[0] == "class" for f in found) and not (node.decorator_list or node.keywords):
                made = class_from(node, [f[1] for f in found])
                hooks = {"__getattr__", "__getattribute__", "__new__", "__slots__"}
                self.local[node] = None if hooks & made.own or not found else made
        return self.local[node]

    def of(self, node):
        if isinstance(node, ast.Name):
            return self.of_name(node)
        if isinstance(node, ast.Call):
            return self.of_call(node)
        return self.of_attribute(node) if isinstance(node, ast.Attribute) else None

    def of_name(self, node):
        scope = self.reader.scope_of.get(node)
        home = scope and scope.find(node.id)
        if home is None:
            return self.outside(node.id) if scope else None
        bindings = home.bound[node.id]
        if (home, node.id) in self.open or len(bindings) != 1:
            return None
        self.open.add((home, node.id))
        try:
            return self.of_binding(bindings[0], home, node.id)
        finally:
            self.open.discard((home, node.id))

    def of_binding(self, binding, home, name):
        if isinstance(binding, ast.Assign):
            return self.of(binding.value)
        if isinstance(binding, ast.ClassDef):
            made = self.class_of(binding)
            return made and ("class", made)
        if isinstance(binding, ast.ImportFrom) and binding.module and binding.module.split(".")[0] == "manim":
            original = next(alias.name for alias in binding.names if (alias.asname or alias.name) == name)
            return self.known(original)
        if isinstance(binding, ast.Import):
            alias = next(a for a in binding.names if (a.asname or a.name.partition(".")[0]) == name)
            return ("module", alias.name) if alias.asname or "." not in alias.name else None
        return self.of_self(binding, home) if isinstance(binding, ast.arg) else None

    def of_self(self, argument, home):
        function, around = home.node, home.parent
        if not isinstance(function, ast.FunctionDef) or not around.is_class or function.decorator_list:
            return None
        first = [*function.args.posonlyargs, *function.args.args][:1]
        made = self.class_of(around.node) if first == [argument] else None
        return made and ("instance", made)

    def of_call(self, node):
        if isinstance(node.func, ast.Attribute):
            owner = self.of(node.func.value)
            if owner is None or owner[0] == "class":
                return None
            if owner[0] == "animate":
                return owner
            if owner[0] == "instance" and owner[1].returns_itself(node.func.attr):
                return owner
        made = self.of(node.func)
        if made is None or made[0] not in ("class", "animate"):
            return None
        # Manim gives another animation than the one asked for where a class of mobjects has its own.
        if made[0] == "class":
            return None if made[1].is_a("Animation") else ("instance", made[1])
        return made

    def of_attribute(self, node):
        owner = self.of(node.value)
        if owner is None:
            return None
        kind, what = owner
        if kind == "module":
            return self.known(node.attr) if what == "manim" else None
        if kind == "instance" and node.attr == "animate" and what.is_a(MOBJECT):
            return ("animate", what)
        if kind == "instance" and node.attr == "camera" and what.is_a("Scene"):
            return self.camera_of(what)
        return None

    def camera_of(self, scene):
        if any(step.is_local and {"camera", "__init__"} & step.own for step in scene.steps):
            return None
        name = next((CAMERAS[step.name] for step in scene.steps if step.name in CAMERAS), "Camera")
        camera = self.known(name)
        return camera and ("instance", camera[1])
