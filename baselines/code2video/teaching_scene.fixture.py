"""For the test: lays out titles and lines that are hard to fit, and places things on the grid. Reads cases.json; prints
JSON: for each case the boxes of title and lecture lines, [left, bottom, right, top], and the rows that were drawn."""

import json
import sys

sys.path.insert(0, "/trusted/modules")

import manim
import teaching_scene
from teaching_scene import TeachingScene

manim.config.dry_run = True


def box(mobject):
    low, high = mobject.get_corner([-1, -1, 0]), mobject.get_corner([1, 1, 0])
    return [round(float(v), 3) for v in (low[0], low[1], high[0], high[1])]


def laid_out(case):
    scene = TeachingScene()
    scene.setup_layout(case["title"], case["lines"])
    glyphs = [len(m.family_members_with_points()) for m in scene.lecture]
    return {"title": box(scene.title), "lecture": box(scene.lecture), "glyphs": glyphs}


def refused(act):
    try:
        act()
    except (ValueError, TypeError) as error:
        return str(error)
    return None


scene = TeachingScene()
before = refused(lambda: scene.line(1))
cells = {f"{r}{c}": scene.anchor(f"{r}{c}")[:2].tolist() for r in teaching_scene.ROWS for c in teaching_scene.COLUMNS}
group = manim.VGroup(manim.Dot(), manim.Square())
scene.setup_layout("T", ["a"])
scene.add(group)
scene.line(1)
scene.clear_stage(group[1])
json.dump(
    {
        "cases": [laid_out(case) for case in json.load(open("cases.json", encoding="utf-8"))],
        "cells": cells,
        "placed": box(scene.place_in(manim.Rectangle(width=20, height=20), "A1", "B2")),
        "small": box(scene.place_in(manim.Square(0.2), "B2", "B2")),
        "kept": [type(m).__name__ for m in scene.mobjects if m not in (scene.title, scene.lecture)],
        "refused": [before, *(refused(lambda c=c: scene.anchor(c)) for c in ("J1", "A0", "A9", "", "11", 5))],
        "lines": [refused(lambda: scene.line(2)), refused(lambda: scene.setup_layout("T", "abc"))],
    },
    open("layout.json", "w", encoding="utf-8"),
)
