"""Which name is bound where in a scene file: Python's own rules of scope, read from the syntax tree."""

import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scope:
    """A module, function, class or comprehension. `bound` tells of each name which nodes bind it."""

    def __init__(self, node, parent):
        self.node, self.parent = node, parent
        self.bound = {}
        self.elsewhere = {}  # names declared global or nonlocal -> "global" or "nonlocal"
        self.is_class = isinstance(node, ast.ClassDef)
        self.is_comprehension = isinstance(node, COMPREHENSIONS)

    @property
    def name(self):
        return getattr(self.node, "name", "<module>" if self.parent is None else "<lambda>")

    def module(self):
        return self if self.parent is None else self.parent.module()

    def find(self, name):
        """The scope that binds the name when it is read here; None where the file does not bind it."""
        if self.elsewhere.get(name) == "global":
            top = self.module()
            return top if name in top.bound else None
        if name in self.bound and name not in self.elsewhere:
            return self
        step = self.parent
        while step is not None:
            if name in step.bound and not step.is_class and name not in step.elsewhere:
                return step
            step = step.parent
        return None


class ScopeReader(ast.NodeVisitor):
    """Fills `scope_of` (each name, attribute, call and function node -> the scope it stands in) and `uses` (names read)."""

    def __init__(self, tree):
        self.scope = self.top = Scope(tree, None)
        self.scopes = [self.top]
        self.scope_of, self.uses, self.stars, self.guarded = {}, [], [], set()
        self.in_try = 0
        self.eager_notes = not any(
            isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body
        )
        for node in tree.body:
            self.visit(node)

    def bind(self, name, node, scope=None):
        scope = scope or self.scope
        if scope.elsewhere.get(name) == "global":
            scope = scope.module()
        scope.bound.setdefault(name, []).append(node)

    def visit(self, node):
        self.scope_of[node] = self.scope
        if self.in_try:
            self.guarded.add(node)
        return super().visit(node)

    def visit_all(self, nodes):
        for node in nodes:
            if node is not None:
                self.visit(node)

    def inside(self, node, visit):
        self.scope = Scope(node, self.scope)
        self.scopes.append(self.scope)
        visit()
        self.scope = self.scope.parent

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load):
            self.uses.append(node)
        else:
            self.bind(node.id, node)

    def visit_FunctionDef(self, node):
        self.visit_all(node.decorator_list)
        self.bind(node.name, node)
        self.visit_function(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.visit_function(node)

    def visit_function(self, node):
        arguments = node.args
        self.visit_all([*arguments.defaults, *arguments.kw_defaults])
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        every = [argument for argument in every if argument is not None]
        if self.eager_notes:
            self.visit_all([*(argument.annotation for argument in every), getattr(node, "returns", None)])

        def body():
            for argument in every:
                self.bind(argument.arg, argument)
            self.visit_all(node.body if isinstance(node.body, list) else [node.body])

        # A function may run long after the `try` around its definition has ended.
        in_try, self.in_try = self.in_try, 0
        self.inside(node, body)
        self.in_try = in_try

    def visit_ClassDef(self, node):
        self.visit_all([*node.decorator_list, *node.bases, *(k.value for k in node.keywords)])
        self.bind(node.name, node)
        self.inside(node, lambda: self.visit_all(node.body))

    def visit_comprehension_of(self, node, *results):
        first, *others = node.generators
        self.visit(first.iter)

        def body():
            self.visit_all([first.target, *first.ifs])
            for other in others:
                self.visit_all([other.iter, other.target, *other.ifs])
            self.visit_all(results)

        self.inside(node, body)

    def visit_ListComp(self, node):
        self.visit_comprehension_of(node, node.elt)

    visit_SetComp = visit_GeneratorExp = visit_ListComp

    def visit_DictComp(self, node):
        self.visit_comprehension_of(node, node.key, node.value)

    def visit_NamedExpr(self, node):
        self.visit(node.value)
        target = self.scope
        while target.is_comprehension:
            target = target.parent
        self.bind(node.target.id, node, target)

    def visit_AnnAssign(self, node):
        if self.eager_notes and not isinstance(self.scope.node, FUNCTIONS):
            self.visit(node.annotation)
        self.visit_all([node.value, node.target])

    def visit_Assign(self, node):
        self.visit(node.value)
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            self.scope_of[node.targets[0]] = self.scope
            self.bind(node.targets[0].id, node)
        else:
            self.visit_all(node.targets)

    def visit_AugAssign(self, node):
        if isinstance(node.target, ast.Name):
            self.uses.append(node.target)
        self.visit_all([node.value, node.target])

    def visit_Import(self, node):
        for alias in node.names:
            self.bind(alias.asname or alias.name.partition(".")[0], node)

    def visit_ImportFrom(self, node):
        for alias in node.names:
            if alias.name == "*":
                self.stars.append(node)
            else:
                self.bind(alias.asname or alias.name, node)

    def visit_Global(self, node):
        self.scope.elsewhere |= {name: "global" for name in node.names}
        for name in node.names:
            self.top.bound.setdefault(name, []).append(node)

    def visit_Nonlocal(self, node):
        self.scope.elsewhere |= {name: "nonlocal" for name in node.names}

    def visit_Try(self, node):
        # What raises here is caught: it may be meant to.
        self.in_try += bool(node.handlers)
        self.visit_all(node.body)
        self.in_try -= bool(node.handlers)
        self.visit_all([*node.handlers, *node.orelse, *node.finalbody])

    visit_TryStar = visit_Try

    def visit_ExceptHandler(self, node):
        self.visit_all([node.type])
        if node.name:
            self.bind(node.name, node)
        self.visit_all(node.body)

    def bind_pattern(self, node, name):
        if name:
            self.bind(name, node)
        self.generic_visit(node)

    def visit_MatchAs(self, node):
        self.bind_pattern(node, node.name)

    def visit_MatchStar(self, node):
        self.bind_pattern(node, node.name)

    def visit_MatchMapping(self, node):
        self.bind_pattern(node, node.rest)
