"""The stage that every Code2Video section plays on.

Frame: Manim's 14.22 x 8 units, origin in the centre; at 854x480 one unit is 60 px.
Left: the lecture lines, x from -6.75 to -1.05. Right: the anchor grid A1..F6, x from 0 to 6, y from 2.7 to -3.3.
A letter is a row from the top, a digit a column from the left: A1 = (0.5, 2.2), F6 = (5.5, -2.8).
"""

from manim import (
    DOWN,
    LEFT,
    UP,
    FadeOut,
    Group,
    ManimColor,
    Scene,
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
LECTURE_LEFT, LECTURE_WIDTH = -6.75, 5.7
ROWS, COLUMNS = "ABCDEF", "123456"


# Pango would take whatever the machine calls its default; a named font gives the same picture everywhere.
Text.set_default(font="DejaVu Sans")


class TeachingScene(Scene):
    """A scene with a title, lecture lines that always fit, and the anchor grid."""

    def setup_layout(self, title, lines):
        """Show the title and the lecture lines (all quiet); call it first. Lines are 1-based afterwards."""
        self.camera.background_color = BACKGROUND
        self.title = _fit(Text(title, font_size=TITLE_SIZE, color=INK), 13.4, None)
        self.title.to_edge(UP, buff=0.35)
        self.lecture = VGroup(*[_wrapped(line) for line in lines])
        self.lecture.arrange(DOWN, aligned_edge=LEFT, buff=0.5)
        _fit(self.lecture, None, 5.8)
        self.lecture.move_to([LECTURE_LEFT + self.lecture.width / 2, -0.3, 0])
        self.lit = None
        self.add(self.title, self.lecture)

    def line(self, number, run_time=0.5):
        """Light up lecture line `number` (from 1) and dim the others."""
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
        if len(cell) != 2 or cell[0] not in ROWS or cell[1] not in COLUMNS:
            raise ValueError(f"no anchor {cell!r}: use a row A-F and a column 1-6, such as 'B3'")
        return np.array([0.5 + COLUMNS.index(cell[1]), 2.2 - ROWS.index(cell[0]), 0.0])

    def place_at(self, mobject, cell, scale=1.0):
        """Scale, then centre on one cell; returns the mobject."""
        return mobject.scale(scale).move_to(self.anchor(cell))

    def place_in(self, mobject, top_left, bottom_right):
        """Shrink to fit the area between two cells if needed, then centre in it; returns the mobject."""
        a, b = self.anchor(top_left), self.anchor(bottom_right)
        _fit(mobject, abs(b[0] - a[0]) + 0.9, abs(a[1] - b[1]) + 0.9)
        return mobject.move_to((a + b) / 2)

    def clear_stage(self, *keep, run_time=0.5):
        """Fade out all but title, lecture lines and what is named."""
        kept = {self.title, self.lecture, *keep}
        gone = [m for m in self.mobjects if m not in kept]
        if gone:
            self.play(FadeOut(Group(*gone)), run_time=run_time)


def _fit(mobject, width, height):
    if width is not None and mobject.width > width:
        mobject.scale_to_fit_width(width)
    if height is not None and mobject.height > height:
        mobject.scale_to_fit_height(height)
    return mobject


def _wrapped(line):
    """One lecture line, broken at spaces so that no row is wider than the lecture column."""
    whole = Text(line, font_size=LINE_SIZE, color=QUIET)
    if whole.width <= LECTURE_WIDTH:
        return whole
    # Words are about as wide as they are long: laying out each trial row would cost more than the whole section.
    room = len(line) * LECTURE_WIDTH / whole.width
    rows = [""]
    for word in line.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and len(longer) > room:
            rows.append(word)
        else:
            rows[-1] = longer
    block = VGroup(*[Text(row, font_size=LINE_SIZE, color=QUIET) for row in rows])
    block.arrange(DOWN, aligned_edge=LEFT, buff=0.14)
    return _fit(block, LECTURE_WIDTH, None)
