"""For the test: inspects the examples in the documentation of the installed Manim, which are good scenes, and prints as
JSON how many there are and the alarms: name of the example and message."""

import ast
import json
import pathlib
import re
import sys
import textwrap
import warnings

HERE = pathlib.Path(__file__).parent
sys.path.append(str(HERE))
warnings.simplefilter("ignore")

from scene_checks import problems, scene_class  # noqa: E402
from scene_unit import Manim, Unit  # noqa: E402

EXAMPLE = re.compile(r"^( *)\.\. manim:: *(\w+)[^\n]*\n((?:\1 +[^\n]*\n| *\n)+)", re.M)
known = Manim(json.loads((HERE / "manim_names.json").read_text()))
count, alarms = 0, []
for folder in pathlib.Path(sys.prefix).glob("lib/python*/site-packages/manim"):
    for file in sorted(folder.rglob("*.py")):
        for _, name, body in EXAMPLE.findall(file.read_text(encoding="utf-8")):
            code = re.sub(r"^\s*:.*\n", "", textwrap.dedent(body), flags=re.M)
            try:
                tree = ast.parse(f"from manim import *\n{code}")
            except SyntaxError:
                continue  # the documentation cut it
            unit = Unit(tree, known, {})
            count += 1
            wrong = scene_class(unit, name)[1]
            alarms += [[name, wrong[2]]] if wrong else []
            alarms += [[name, problem.message] for problem in problems(unit)]
print(json.dumps({"count": count, "alarms": alarms}))
