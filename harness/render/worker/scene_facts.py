"""What later stages ask of a scene file: names, blocks by lecture line, statements, functions, placements, imports.

Lines count from 1, both ends included. Columns count UTF-16 units from 0, as JavaScript does; the end is excluded.
"""

import ast
import re

MAX_ITEMS = 400
MAX_TEXT = 500
PLACING = set(
    "place_at place_in move_to next_to shift scale to_edge to_corner align_to center arrange arrange_in_grid set_x set_y "
    "scale_to_fit_width scale_to_fit_height stretch_to_fit_width stretch_to_fit_height set_width set_height".split()
)


class Text:
    """The lines of the file, for columns and excerpts."""

    def __init__(self, source):
        self.lines = re.split(r"\r\n|\r|\n", source)
        self.bytes = [line.encode() for line in self.lines]

    def column(self, line, offset):
        return len(self.bytes[line - 1][:offset].decode().encode("utf-16-le")) // 2

    def range(self, node):
        return {
            "line": node.lineno,
            "column": self.column(node.lineno, node.col_offset),
            "end_line": node.end_lineno,
            "end_column": self.column(node.end_lineno, node.end_col_offset),
        }

    def excerpt(self, node):
        rows = self.bytes[node.lineno - 1 : node.end_lineno]
        rows[-1] = rows[-1][: node.end_col_offset]
        rows[0] = rows[0][node.col_offset :]
        return b"\n".join(rows).decode()

    def part(self, node):
        return {"text": self.excerpt(node)[:MAX_TEXT], **self.range(node)}


def line_number(statement):
    """The n of `self.line(n)`; None for any other statement, and for what can be the number of no line."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or ast.unparse(call.func) != "self.line":
        return None
    given = [*call.args, *(k.value for k in call.keywords if k.arg == "number")][:1]
    value = given[0].value if given and isinstance(given[0], ast.Constant) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value < 1000 else None


def blocks_of(construct):
    """From each `self.line(n)` to before the next; what comes before the first is block 0."""
    blocks = []
    for statement in construct.body:
        number = line_number(statement)
        if number is not None or not blocks:
            blocks.append({"line": number or 0, "start": statement.lineno, "end": statement.end_lineno})
        elif blocks:
            blocks[-1]["end"] = statement.end_lineno
    for block, following in zip(blocks, blocks[1:]):
        block["end"] = max(block["start"], following["start"] - 1)
    return blocks


def blocks_by_text(source):
    """The same for a file that does not parse: lines that look like `self.line(n)`, from `def construct` on."""
    lines = Text(source).lines
    start = next((i + 2 for i, line in enumerate(lines) if re.match(r"\s*def\s+construct\b", line)), None)
    if start is None or start > len(lines):
        return []
    blocks = [{"line": 0, "start": start, "end": len(lines)}]
    for number, line in enumerate(lines[start - 1 :], start):
        found = re.match(r"\s*self\.line\(\s*(?:number\s*=\s*)?(\d{1,3})\b", line)
        if found:
            blocks[-1]["end"] = max(blocks[-1]["start"], number - 1)
            blocks.append({"line": int(found[1]), "start": number, "end": len(lines)})
    return blocks


def root_of(node):
    """The variable that an expression begins with: `labels` in `labels[0].animate.scale(2)`; None for a new object."""
    while True:
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id == "self":
                return f"self.{node.attr}"
            node = node.value
        elif isinstance(node, ast.Subscript):
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node = node.func.value
        else:
            return None


def assigned_by(statement):
    """The variable that the statement gives a value; None where it is not just one."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return ast.unparse(targets[0]) if len(targets) == 1 and isinstance(targets[0], (ast.Name, ast.Attribute)) else None


def placement(call, text, statement, blocks):
    func, on_self = call.func, call.func.attr in ("place_at", "place_in")
    target = func.value
    if on_self:
        named = [k.value for k in call.keywords if k.arg == "mobject"]
        target = next(iter([*call.args, *named]), None)
    if target is None:
        return None
    arguments = [{"name": None, **text.part(a)} for a in call.args]
    arguments += [{"name": k.arg, **text.part(k.value)} for k in call.keywords]
    block = next((b["line"] for b in blocks if b["start"] <= call.lineno <= b["end"]), None)
    return {
        "method": func.attr,
        "object": text.part(target),
        "root": root_of(target),
        "assigned": assigned_by(statement),
        "animated": any(isinstance(n, ast.Attribute) and n.attr == "animate" for n in ast.walk(target)),
        "block": block,
        "arguments": arguments[:20],
        **text.range(call),
    }


def placements_of(tree, text, blocks):
    found = []
    statements = [n for n in ast.walk(tree) if isinstance(n, ast.stmt) and not hasattr(n, "body")]
    for statement in statements:
        for call in ast.walk(statement):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in PLACING:
                found.append(placement(call, text, statement, blocks))
    places = [place for place in found if place is not None]
    return sorted(places, key=lambda place: (place["end_line"], place["end_column"]))


def names_of(unit):
    found = {}
    for scope in unit.reader.scopes:
        for name, bindings in scope.bound.items():
            if not scope.is_comprehension:
                found.setdefault((name, scope.name), min(node.lineno for node in bindings))
    for node in ast.walk(unit.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            found.setdefault((f"self.{node.attr}", "self"), node.lineno)
    return [{"name": n, "scope": s, "line": line} for (n, s), line in sorted(found.items(), key=lambda item: item[1])]


def imports_of(tree):
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [{"module": alias.name, "names": [], "line": node.lineno} for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found.append({"module": module, "names": [a.name for a in node.names][:MAX_ITEMS], "line": node.lineno})
    return sorted(found, key=lambda entry: entry["line"])


def span(node):
    decorators = getattr(node, "decorator_list", [])
    return {"start": min([node.lineno, *(d.lineno for d in decorators)]), "end": node.end_lineno}


def facts_of(unit, source, scene):
    construct = next((n for n in scene.body if isinstance(n, ast.FunctionDef) and n.name == "construct"), None) if scene else None
    blocks = blocks_of(construct) if construct else []
    functions = [n for n in ast.walk(unit.tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    facts = {
        "names": names_of(unit),
        "blocks": blocks,
        "statements": [span(statement) for statement in (construct.body if construct else [])],
        "functions": [{"name": n.name, **span(n)} for n in sorted(functions, key=lambda n: n.lineno)],
        "placements": placements_of(unit.tree, Text(source), blocks),
        "imports": imports_of(unit.tree),
    }
    return {"class_name": scene.name if scene else None, **{key: items[:MAX_ITEMS] for key, items in facts.items()}}


def facts_by_text(source):
    empty = {"names": [], "statements": [], "functions": [], "placements": [], "imports": []}
    return {"class_name": None, "blocks": blocks_by_text(source)[:MAX_ITEMS], **empty}
