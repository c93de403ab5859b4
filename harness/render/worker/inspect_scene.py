"""Looks at scene.py without running any of it: what is certainly wrong, and the facts that later stages ask for.

Reads job.json (`class_name`) and scene.py in the working folder; writes inspection.json. Manim is not imported.
"""

import ast
import json
import os
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(HERE)  # last, so that no file here can stand in for one of Python's own
sys.setrecursionlimit(3000)
warnings.simplefilter("ignore")

from scene_checks import function_around, problems, scene_class  # noqa: E402
from scene_facts import Text, facts_by_text, facts_of  # noqa: E402
from scene_unit import Manim, Unit  # noqa: E402

MAX_PROBLEMS = 20


def frame(line, function, source):
    lines = Text(source).lines
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return {"line": max(line, 1), "function": function[:200], "source": text[:500]}


def error(kind, name, message, frames):
    return {"kind": kind, "type": name, "message": message[:4000], "frames": frames}


def syntax_error(raised, source):
    line = getattr(raised, "lineno", None)
    message = raised.msg if isinstance(raised, SyntaxError) else str(raised)
    frames = [frame(line, "<module>", source)] if line else []
    return error("syntax", type(raised).__name__, message or "The file does not parse.", frames)


def parse(source):
    """The syntax tree. Compiled as well, which finds what the grammar allows: `return` outside a function, and such."""
    tree = ast.parse(source)
    compile(source, "scene.py", "exec", dont_inherit=True)
    return tree


def trusted_modules(manim):
    folder = os.path.join(HERE, "modules")
    modules = {}
    for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if file.endswith(".py"):
            with open(os.path.join(folder, file), encoding="utf-8") as opened:
                modules[file[:-3]] = Unit(ast.parse(opened.read()), manim, {})
    return modules


def look_at(tree, source, class_name):
    with open(os.path.join(HERE, "manim_names.json"), encoding="utf-8") as file:
        manim = Manim(json.load(file))
    unit = Unit(tree, manim, trusted_modules(manim))
    scene, wrong = scene_class(unit, class_name)
    found = []
    if wrong:
        node, name, message = wrong
        frames = [frame(node.lineno, "<module>", source)] if node else []
        found.append(error("static", name, message, frames))
    for problem in problems(unit):
        where = frame(problem.line, function_around(unit, problem.node), source)
        found.append(error("static", problem.type, problem.message, [where]))
    return found[:MAX_PROBLEMS], facts_of(unit, source, scene)


def main():
    with open("job.json", encoding="utf-8") as file:
        class_name = json.load(file)["class_name"]
    with open("scene.py", encoding="utf-8") as file:
        source = file.read()
    try:
        tree = parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as raised:
        found, facts = [syntax_error(raised, source)], facts_by_text(source)
    else:
        try:
            found, facts = look_at(tree, source, class_name)
        except RecursionError:  # nested deeper than any lesson: the check that runs it will judge it
            found, facts = [], facts_by_text(source)
    with open("inspection.json", "w", encoding="utf-8") as file:
        json.dump({"problems": found, "facts": facts}, file)


if __name__ == "__main__":
    main()
