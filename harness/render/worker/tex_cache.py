"""TeX results that earlier jobs of the same cell left: shown read-only in /trusted/tex, new ones put into ./tex."""

import hashlib
import json
import os
import shutil
from pathlib import Path

from manim import config
from manim.mobject.text import tex_mobject
from manim.utils import tex_file_writing

SHOWN = Path(os.path.dirname(os.path.abspath(__file__))) / "tex"
ADDED = Path("tex")


def document_of(expression, environment, template):
    if environment is None:
        return template.get_texcode_for_expression(expression)
    return template.get_texcode_for_expression_in_env(expression, environment)


def use():
    original = tex_file_writing.tex_to_svg_file

    def tex_to_svg_file(expression, environment=None, tex_template=None):
        """Puts what is known where Manim looks for it before it calls TeX, and keeps what is new."""
        template = tex_template or config["tex_template"]
        document = document_of(expression, environment, template)
        text = json.dumps([document, template.tex_compiler, template.output_format])
        name = hashlib.sha256(text.encode()).hexdigest() + ".svg"
        known = (SHOWN / name).exists()
        if known:
            folder = config.get_dir("tex_dir")
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(SHOWN / name, folder / (tex_file_writing.tex_hash(document) + ".svg"))
        made = original(expression, environment, tex_template)
        if not known:
            ADDED.mkdir(exist_ok=True)
            shutil.copyfile(made, ADDED / name)
        return made

    tex_mobject.tex_to_svg_file = tex_to_svg_file
