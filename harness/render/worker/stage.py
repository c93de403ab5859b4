"""Manim, set up for one job: settings, the errors it should report, and a renderer of our own class.

Three things differ from plain Manim 0.19.0 and nothing else does: a picture of the same words is parsed once,
glyphs share the parsed path instead of copying it with each copy of a text (Manim only reads both), and all
animations go through one encoder instead of one each. The frames before encoding and their number are the same; a test compares them.
"""

import os
import random
from fractions import Fraction

# TeX wraps its log at 79 columns, within words; both names are read by the TeX programs.
os.environ.update(max_print_line="1000", error_line="254", half_error_line="238")

import av
import manim
import numpy as np
import svgelements
from manim.mobject.text.text_mobject import MarkupText, Text
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter, to_av_frame_rate
from manim.utils import tex_file_writing

import tex_cache
from scene_errors import LatexError, SceneProblem, latex_message
from scene_geometry import Geometry

GENERIC_FONTS = {"sans", "sans-serif", "serif", "monospace", "mono"}


def configure(job):
    """Settings of Manim, in the order that matters: dry_run after save_last_frame would undo the latter."""
    config = manim.config
    config.disable_caching = True
    config.media_dir = os.path.abspath("media")
    os.makedirs(config.media_dir, exist_ok=True)
    config.verbosity = "CRITICAL"
    config.progress_bar = "none"
    config.pixel_width, config.pixel_height = job["width"], job["height"]
    config.frame_rate = job["fps"]
    config.write_to_movie = job["operation"] == "render"
    config.dry_run = job["operation"] == "check"
    config.save_last_frame = job["operation"] == "check"


def seed():
    """The same scene gives the same video: a check and a render must not draw different numbers."""
    random.seed(0)
    np.random.seed(0)


def share_paths():
    svgelements.Path.__deepcopy__ = lambda self, _memo: self


def parse_once():
    original = svgelements.SVG.parse
    parsed = {}

    def parse(source, *args, **kwargs):
        if args or kwargs or not isinstance(source, os.PathLike):
            return original(source, *args, **kwargs)
        with open(source, "rb") as file:
            content = file.read()
        if content not in parsed:
            parsed[content] = original(source)
        return parsed[content]

    svgelements.SVG.parse = staticmethod(parse)


def report_latex():
    def explain(log_file, _compiler, tex_file):
        log = log_file.read_text(encoding="utf-8", errors="replace") if log_file.exists() else ""
        raise LatexError(latex_message(log, tex_file.read_text(encoding="utf-8", errors="replace")))

    tex_file_writing.print_all_tex_errors = explain


def is_installed(font, families):
    """Manim's own look-up, with the generic names that every system knows."""
    spellings = {font, font.capitalize(), font.lower(), font.title()}
    return font.lower() in GENERIC_FONTS or not spellings.isdisjoint(families)


def report_missing_fonts(text_class):
    """Pango draws another font in silence when the one asked for is missing."""
    original = text_class.__init__

    def __init__(self, *args, **kwargs):
        wanted = [kwargs.get("font"), *(kwargs.get("t2f") or {}).values()]
        for font in filter(None, wanted):
            if not is_installed(str(font), Text.font_list()):
                known = ", ".join(sorted(set(Text.font_list()))[:12])
                raise SceneProblem("font", f"The font {font!r} is not installed. Some that are: {known}.")
        original(self, *args, **kwargs)

    text_class.__init__ = text_class._original__init__ = __init__


class OneEncoder(SceneFileWriter):
    """Writes video.mp4 (h264, yuv420p, index first) as the frames come, in the thread that draws them."""

    container = None
    frames = 0

    def init_output_directories(self, scene_name):
        self.output_name = scene_name

    def add_partial_movie_file(self, hash_animation):
        pass

    def begin_animation(self, allow_write=False, file_path=None):
        pass

    def end_animation(self, allow_write=False):
        pass

    def open(self):
        self.container = av.open("video.mp4", mode="w", options={"movflags": "faststart"})
        rate = to_av_frame_rate(manim.config.frame_rate)
        options = {"crf": "23", "preset": "superfast", "threads": "1"}
        self.stream = self.container.add_stream("libx264", rate=rate, options=options)
        self.stream.pix_fmt = "yuv420p"
        self.stream.width, self.stream.height = manim.config.pixel_width, manim.config.pixel_height
        self.time_base = Fraction(1, 1) / rate

    def write_frame(self, frame_or_renderer, num_frames=1):
        if self.container is None:
            self.open()
        rgba = av.VideoFrame.from_ndarray(frame_or_renderer, format="rgba")
        picture = rgba.reformat(width=self.stream.width, height=self.stream.height, format="yuv420p")
        for _ in range(num_frames):
            picture.pts, picture.time_base = self.frames, self.time_base
            self.container.mux(self.stream.encode(picture))
            self.frames += 1

    def finish(self):
        if self.container is None:
            return
        self.container.mux(self.stream.encode())
        self.container.close()


def require_animation(renderer):
    if renderer.num_plays == 0:
        raise SceneProblem("no_animation", "The scene plays no animation: it never calls play() or wait().")


class CheckRenderer(CairoRenderer):
    """Skips every animation and draws one picture only, the last."""

    def update_frame(self, scene, mobjects=None, **kwargs):
        if getattr(scene, "all_played", False):
            super().update_frame(scene, mobjects, **kwargs)

    def scene_finished(self, scene):
        require_animation(self)
        scene.all_played = True
        super().scene_finished(scene)


class FilmRenderer(CairoRenderer):
    """Draws as Manim does, and takes the geometry three times in each animation and at its end."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("file_writer_class", OneEncoder)
        super().__init__(*args, **kwargs)
        self.geometry = Geometry()

    def play(self, scene, *args, **kwargs):
        self.quarters = 0
        super().play(scene, *args, **kwargs)
        self.geometry.note_transforms(scene.animations)
        self.geometry.sample(scene, self.time, self.num_plays - 1, "end")

    def render(self, scene, time, moving_mobjects):
        super().render(scene, time, moving_mobjects)
        if self.quarters < 3 and time >= scene.duration * (self.quarters + 1) / 4:
            self.quarters += 1
            self.geometry.sample(scene, self.time, self.num_plays, "within")

    def scene_finished(self, scene):
        require_animation(self)
        super().scene_finished(scene)


def perform(scene_class, job, source):
    """Runs the scene; returns what the result says of it."""
    renderer_class = FilmRenderer if job["operation"] == "render" else CheckRenderer
    share_paths()
    parse_once()
    report_latex()
    tex_cache.use()
    report_missing_fonts(Text)
    report_missing_fonts(MarkupText)
    # Scenes make their renderer themselves, with the camera that their class asks for.
    manim.scene.scene.CairoRenderer = renderer_class
    scene = scene_class()
    scene.render()
    outcome = {"animations": scene.renderer.num_plays, "duration_s": float(scene.renderer.time)}
    if job["operation"] == "render":
        outcome["frames"] = scene.renderer.file_writer.frames
        if outcome["frames"] == 0:
            raise SceneProblem("no_animation", "Every animation of the scene was skipped.")
        with open("geometry.json", "w", encoding="utf-8") as file:
            file.write(scene.renderer.geometry.to_json(source))
    return outcome
