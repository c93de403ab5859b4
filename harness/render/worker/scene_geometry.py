"""Where things are on the screen, sampled during a render: geometry.json."""

import hashlib
import json
import sys
import weakref

import manim
from manim import ApplyMethod, MoveToTarget, Transform
from manim.animation.composition import AnimationGroup
from scene_looks import box_of, figures_in, look_of, own_text

MAX_BYTES = 2_000_000
MAX_OBJECTS = 150
MAX_SAMPLES = 2_000
MAX_TEXT = 300
SCENE_MODULE = "scene"


def names_in_scope(scene):
    """id -> name for what the scene's own functions and attributes call by name, lists included. Its title and lecture
    lines are told by their names, so they keep these whatever a function calls them."""
    names, groups = {}, []

    def note(name, value, depth=0):
        if isinstance(value, manim.Mobject):
            names.setdefault(id(value), name)
            if type(value) in (manim.VGroup, manim.Group):
                groups.append((name, value))
        elif depth == 0 and isinstance(value, (list, tuple)):
            for index, entry in enumerate(value[:50]):
                note(f"{name}[{index}]", entry, 1)
        elif depth == 0 and isinstance(value, dict):
            for key, entry in list(value.items())[:50]:
                note(f"{name}[{key!r}]"[:80], entry, 1)

    for name in ("title", "lecture"):
        note(f"self.{name}", vars(scene).get(name))
    frame = sys._getframe()
    while frame is not None:
        if frame.f_globals.get("__name__") == SCENE_MODULE:
            for name, value in list(frame.f_locals.items()):
                note(name, value)
        frame = frame.f_back
    for name, value in list(vars(scene).items()):
        if name not in ("mobjects", "foreground_mobjects", "moving_mobjects", "static_mobjects"):
            note(f"self.{name}", value)
    # A part of a group that has no name of its own is called by its place.
    for name, group in groups:
        for index, entry in enumerate(group.submobjects[:50]):
            names.setdefault(id(entry), f"{name}[{index}]"[:80])
    return names


def apart(mobject, names):
    """FadeIn(a, b) leaves a group on the scene that nobody gave a name: its parts stand for it."""
    if type(mobject) is not manim.Group or id(mobject) in names:
        yield mobject
        return
    for part in mobject.submobjects:
        yield from apart(part, names)


class Geometry:
    """Collects samples; ids count mobjects in the order in which they are first seen."""

    def __init__(self):
        self.samples = []
        self.problems = []
        self.ids = weakref.WeakKeyDictionary()
        self.names = weakref.WeakKeyDictionary()
        self.shown = weakref.WeakKeyDictionary()
        self.figures = weakref.WeakKeyDictionary()
        self.figure_count = 0
        self.truncated = False

    def note_transforms(self, animations):
        """After Transform(a, b) the object on the scene is still `a`, but it looks like `b` and says its text.
        An object animated by its own methods (`.animate`) stays what it was."""
        for animation in animations or []:
            if isinstance(animation, AnimationGroup):
                self.note_transforms(animation.animations)
            elif isinstance(animation, (ApplyMethod, MoveToTarget)):
                continue
            elif isinstance(animation, Transform) and animation.target_mobject is not None:
                target = animation.target_mobject
                text = self.shown.get(target) or own_text(target)
                if text is not None and own_text(animation.mobject) is not None:
                    self.shown[animation.mobject] = text

    def sample(self, scene, time, animation, phase):
        """Never lets an odd object of the scene spoil its render: what could not be read is listed."""
        if len(self.samples) >= MAX_SAMPLES:
            self.truncated = True
            return
        try:
            self.samples.append(self.read(scene, time, animation, phase))
        except Exception as error:
            self.problems.append(f"{time:.2f} s: {type(error).__name__}"[:200])

    def read(self, scene, time, animation, phase):
        names, objects = names_in_scope(scene), []
        for mobject in scene.mobjects:
            for part in apart(mobject, names):
                self.add(part, None, names, objects)
        self.truncated = self.truncated or len(objects) > MAX_OBJECTS
        return {
            "time_s": round(float(time), 3),
            "animation": animation,
            "phase": phase,
            "frame": self.frame_of(scene),
            "figures": self.count_figures(scene.mobjects if phase == "end" else []),
            "objects": objects[:MAX_OBJECTS],
        }

    def count_figures(self, mobjects):
        """A figure counts once in a film, also where it is gone by now."""
        for mobject in mobjects:
            for figure in figures_in(mobject):
                self.figure_count += 0 if figure in self.figures else 1
                self.figures[figure] = True
        return self.figure_count

    def frame_of(self, scene):
        """The part of the plane that is seen; a moving camera has its own."""
        camera_frame = getattr(scene.camera, "frame", None)
        box = box_of(camera_frame) if isinstance(camera_frame, manim.Mobject) else None
        if box is not None:
            return box
        width, height = float(manim.config.frame_width), float(manim.config.frame_height)
        return [round(value, 3) for value in (-width / 2, -height / 2, width / 2, height / 2)]

    def add(self, mobject, parent, names, objects):
        """The mobject if it is on top or is text, then the texts below it; a text is not taken apart."""
        text = self.shown.get(mobject) or own_text(mobject)
        number = parent
        if parent is None or text is not None:
            box = box_of(mobject)
            if box is None or len(objects) > MAX_OBJECTS:
                return
            number = self.ids.setdefault(mobject, len(self.ids))
            objects.append(self.describe(mobject, number, parent, text, box, names))
        if text is None:
            for child in mobject.submobjects:
                self.add(child, number, names, objects)

    def describe(self, mobject, number, parent, text, box, names):
        name = names.get(id(mobject)) or self.names.get(mobject)
        if name is not None:
            self.names[mobject] = name
        opacity, color = look_of(mobject)
        entry = {
            "id": number,
            "name": str(name or type(mobject).__name__)[:100],
            "class": type(mobject).__name__[:100],
            "box": box,
            "opacity": opacity,
        }
        if parent is not None:
            entry["parent"] = parent
        if color is not None:
            entry["color"] = color
        if text is not None:
            entry["text"] = str(text)[:MAX_TEXT]
        return entry

    def to_json(self, source):
        """At most 2 MB: samples within animations go first, then every other one."""
        samples = self.samples
        while True:
            text = json.dumps(
                {
                    "schema_version": 1,
                    "self_reported": True,
                    "code_sha256": hashlib.sha256(source.encode()).hexdigest(),
                    "truncated": self.truncated,
                    "problems": self.problems[:20],
                    "samples": samples,
                },
                separators=(",", ":"),
            )
            if len(text) <= MAX_BYTES:
                return text
            self.truncated = True
            ends = [sample for sample in samples if sample["phase"] == "end"]
            samples = ends if len(ends) < len(samples) else samples[1::2]
