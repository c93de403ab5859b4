"""The stage that every Code2Video section plays on.

Frame: Manim's 14.22 x 8 units, origin in the centre; at 854x480 one unit is 60 px.
Left: the lecture lines, x from -6.75 to -1.05. Right: the stage, x from 0 to 6, y from 2.7 to -3.3, with a grid of anchors.
A letter is a row from the top, a digit a column from the left. In the 6x6 grid A1 = (0.5, 2.2) and F6 = (5.5, -2.8).
"""

import re
import tempfile
import unicodedata
from pathlib import Path

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    CapStyleType,
    FadeOut,
    Group,
    LineJointType,
    ManimColor,
    Scene,
    SVGMobject,
    Text,
    VGroup,
    np,
)

BACKGROUND = ManimColor("#000000")
INK = ManimColor("#F4F1E8")  # words and formulas
QUIET = ManimColor("#8A8F98")  # lines not being spoken, axes, helpers
ACCENT = ManimColor("#FFD166")  # the thing being talked about
FIRST = ManimColor("#4CC9F0")  # first object of a comparison
SECOND = ManimColor("#F2709C")  # second object of a comparison
GOOD = ManimColor("#7BD389")  # results

TITLE_SIZE = 36
LINE_SIZE = 26
SMALLEST_SIZE = 24  # about 16 px from ascender to descender at 854x480
LECTURE_LEFT, LECTURE_WIDTH, LECTURE_HEIGHT = -6.75, 5.7, 5.8
TITLE_WIDTH, TITLE_HEIGHT = 13.4, 0.9
STAGE_LEFT, STAGE_TOP, STAGE_SIZE = 0.0, 2.7, 6.0
GRID = (6, 6)  # rows and columns of anchors
ROWS, COLUMNS = "ABCDEFGH"[: GRID[0]], "12345678"[: GRID[1]]


# Pango would take whatever the machine calls its default; a named font gives the same picture everywhere.
Text.set_default(font="DejaVu Sans")


class TeachingScene(Scene):
    """A scene with a title, lecture lines that always fit, and the anchor grid."""

    title = lecture = lit = None
    assets = sorted(file.stem for file in Path(__file__).parent.glob("*.svg"))

    def setup_layout(self, title, lines):
        """Show the title and the lecture lines (all quiet); call it first. Lines are 1-based afterwards."""
        if isinstance(lines, str):
            raise TypeError("lecture lines are a list of strings, not one string")
        self.camera.background_color = BACKGROUND
        self.title = _titled(title)
        self.title.to_edge(UP, buff=0.35)
        self.lecture = _lecture([" ".join(str(line).split()) for line in lines])
        self.lecture.move_to([LECTURE_LEFT + self.lecture.width / 2, -0.3, 0])
        self.lit = None
        self.add(self.title, self.lecture)

    def line(self, number, run_time=0.5):
        """Light up lecture line `number` (from 1) and dim the others."""
        if self.lecture is None:
            raise ValueError("there are no lecture lines yet: call setup_layout first")
        if not 1 <= number <= len(self.lecture):
            raise ValueError(f"lecture line {number} does not exist: there are {len(self.lecture)}")
        # Manim redraws everything from the first moving object on, and copies what moves: at the front,
        # only the rows that change their colour move.
        self.bring_to_front(self.lecture)
        rows = [(self.lecture[self.lit - 1], QUIET)] if self.lit not in (None, number) else []
        rows.append((self.lecture[number - 1], ACCENT))
        self.lit = number
        self.play(*[row.animate.set_color(color) for row, color in rows], run_time=run_time)

    def anchor(self, cell):
        """The centre of a grid cell such as "B3", as a point."""
        row, column = str(cell)[:1].upper(), str(cell)[1:]
        if not row or row not in ROWS or len(column) != 1 or column not in COLUMNS:
            known = f"a row A-{ROWS[-1]} and a column 1-{COLUMNS[-1]}"
            raise ValueError(f"no anchor {cell!r}: use {known}, such as 'B3'")
        x = STAGE_LEFT + STAGE_SIZE * (COLUMNS.index(column) + 0.5) / len(COLUMNS)
        return np.array([x, STAGE_TOP - STAGE_SIZE * (ROWS.index(row) + 0.5) / len(ROWS), 0.0])

    def place_at(self, mobject, cell, scale=1.0):
        """Scale, then centre on one cell; returns the mobject."""
        return mobject.scale(scale).move_to(self.anchor(cell))

    def place_in(self, mobject, top_left, bottom_right):
        """Shrink to fit the area between two cells if needed, then centre in it; returns the mobject."""
        a, b = self.anchor(top_left), self.anchor(bottom_right)
        # A tenth of a cell stays free, so that neighbours do not touch.
        room = 0.9 * STAGE_SIZE
        _fit(mobject, abs(b[0] - a[0]) + room / len(COLUMNS), abs(a[1] - b[1]) + room / len(ROWS))
        return mobject.move_to((a + b) / 2)

    def asset(self, name, height=1.5):
        """The icon of this name, no higher and no wider than `height`; `self.assets` lists the names that there are."""
        known = _asset_name(name)
        if known not in self.assets:
            there = f"there are {', '.join(self.assets)}" if self.assets else "none was found for this section"
            raise ValueError(f"no asset {name!r}: {there}")
        return _icon((Path(__file__).parent / f"{known}.svg").read_text(encoding="utf-8"), height)

    def clear_stage(self, *keep, run_time=0.5):
        """Fade out all but title, lecture lines and what is named."""
        kept = {self.title, self.lecture, *keep}
        gone = [part for mobject in self.mobjects for part in _without(mobject, kept)]
        if gone:
            self.play(FadeOut(Group(*gone)), run_time=run_time)


class Icon(SVGMobject):
    """A drawing whose lines grow and shrink with it."""

    def scale(self, scale_factor, **kwargs):
        for part in self.family_members_with_points():
            part.set_stroke(width=abs(scale_factor) * part.get_stroke_width())
        return super().scale(scale_factor, **kwargs)


def _asset_name(name):
    """`Test tube` -> `test-tube`: the name of its file."""
    return re.sub("[^a-z0-9]+", "-", str(name).lower()).strip("-")


def _icon(svg, height):
    # Manim writes beside the file that it reads, and where icons lie nothing can be written.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "icon.svg"
        file.write_text(svg, encoding="utf-8")
        icon = Icon(file, height=None, width=None, use_svg_cache=False)
    for part in icon.family_members_with_points():
        # The file tells widths of lines in its own unit, Manim takes them for hundredths of a unit.
        part.set_stroke(width=100 * part.get_stroke_width())
        part.joint_type, part.cap_style = LineJointType.ROUND, CapStyleType.ROUND
    return icon.scale(height / max(icon.width, icon.height)).move_to([0, 0, 0])


def _fit(mobject, width, height):
    if width is not None and mobject.width > width:
        mobject.scale_to_fit_width(width)
    if height is not None and mobject.height > height:
        mobject.scale_to_fit_height(height)
    return mobject


def _without(mobject, kept):
    """The largest parts of a mobject in which nothing is kept."""
    if mobject in kept:
        return []
    if kept.isdisjoint(mobject.get_family()):
        return [mobject]
    return [part for member in mobject.submobjects for part in _without(member, kept)]


def _text(words, size, color):
    # Manim loses a single word that is written from right to left, unless something else stands before it.
    alone = _is_leftward(words) and " " not in words
    return Text(f"\u200e{words}" if alone else words, font_size=size, color=color)


def _titled(title):
    """The title in one row; in two where one would have to shrink by more than a quarter."""
    title = " ".join(str(title).split())
    whole = _text(title, TITLE_SIZE, INK)
    if whole.width <= TITLE_WIDTH / 0.75:
        return _fit(whole, TITLE_WIDTH, None)
    rows = [_text(row, TITLE_SIZE, INK) for row in _rows(title, _weight(title) * 0.55)]
    return _fit(VGroup(*rows).arrange(DOWN, buff=0.1), TITLE_WIDTH, TITLE_HEIGHT)


def _lecture(lines):
    """The lecture lines in the largest of some sizes in which they fit: smaller words need fewer rows."""
    wholes = [_text(line, LINE_SIZE, QUIET) for line in lines]
    # Laying out costs most of the time here, so the size is chosen by counting rows.
    sizes = (LINE_SIZE, 23, 20, 18, 16, 14)
    size = next((size for size in sizes if _height(lines, wholes, size) <= LECTURE_HEIGHT), sizes[-1])
    lecture = VGroup(*[_wrapped(line, whole, size) for line, whole in zip(lines, wholes)])
    edge = RIGHT if any(_is_leftward(line) for line in lines) else LEFT
    lecture.arrange(DOWN, aligned_edge=edge, buff=0.5 * size / LINE_SIZE)
    return _fit(lecture, None, LECTURE_HEIGHT)


def _height(lines, wholes, size):
    """How high the lecture lines become at a font size, about: a row and the space below it take 0.44 at LINE_SIZE."""
    rows = sum(len(_broken(line, whole, size)) for line, whole in zip(lines, wholes))
    return (0.44 * rows + 0.36 * (len(lines) - 1)) * size / LINE_SIZE


def _broken(line, whole, size):
    """The rows of a line at a font size; `whole` is the line in one row at LINE_SIZE."""
    width = whole.width * size / LINE_SIZE
    if width <= LECTURE_WIDTH:
        return [line]
    # Words are about as wide as they are long: laying out each trial row would cost more than the whole section.
    return _rows(line, _weight(line) * LECTURE_WIDTH / width)


def _wrapped(line, whole, size):
    """One lecture line, broken so that no row is wider than the lecture column."""
    rows = _broken(line, whole, size)
    if rows == [line]:
        return whole.scale(size / LINE_SIZE)
    block = VGroup(*[_text(row, size, QUIET) for row in rows])
    block.arrange(DOWN, aligned_edge=RIGHT if _is_leftward(line) else LEFT, buff=0.14 * size / LINE_SIZE)
    return _fit(block, LECTURE_WIDTH, None)


def _weight(text):
    """How wide a text is, in Latin letters: East Asian characters count two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _is_leftward(text):
    """Is the text written from right to left? Its first letter with a direction tells."""
    ways = (unicodedata.bidirectional(c) for c in text)
    return next((way != "L" for way in ways if way in ("L", "R", "AL")), False)


def _rows(line, room):
    """Rows of at most `room` letters: broken at spaces, between East Asian characters, and inside words too long for a row."""
    rows = [""]
    for piece in _pieces(line, int(max(room, 4))):
        if rows[-1] and _weight((rows[-1] + piece).strip()) > room:
            rows.append(piece.strip())
        else:
            rows[-1] = (rows[-1] + piece).lstrip()
    return [row for row in rows if row.strip()]


def _pieces(line, room):
    """What may stand in a row by itself, the space before it included. No row begins with a closing mark."""
    for word in re.findall(r"\s*\S+", line):
        if any(unicodedata.east_asian_width(c) == "W" for c in word):
            yield from re.findall(r"\s*[\x21-\x7e]+|\s*.[、。，．：；？！」』）】〉》”’]*", word)
        elif len(word) > room:
            yield from (word[start : start + room] for start in range(0, len(word), room))
        else:
            yield word
