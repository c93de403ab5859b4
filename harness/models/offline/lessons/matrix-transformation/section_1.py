from manim import *
from teaching_scene import *

UNIT, ORIGIN = 0.6, np.array([2.7, -1.1, 0.0])


def at(x, y):
    """Where a point of the plane lies on the stage."""
    return ORIGIN + UNIT * np.array([x, y, 0.0])


def strokes(segments):
    """Many straight strokes as one object, which is quicker to move and to draw than many lines."""
    path = VMobject()
    for start, end in segments:
        path.start_new_path(start).add_line_to(end)
    return path


def fixed_grid():
    """The plane before anything happens, to compare with."""
    upright = [(at(x, -2), at(x, 4)) for x in range(-4, 6)]
    level = [(at(-4, y), at(5, y)) for y in range(-2, 5)]
    return strokes(upright + level).set_stroke(QUIET, 1, opacity=0.45)


def arrow_to(point, color):
    tip = {"buff": 0, "stroke_width": 7, "tip_length": 0.2, "max_tip_length_to_length_ratio": 0.4}
    return Arrow(ORIGIN, at(*point), color=color, max_stroke_width_to_length_ratio=20, **tip)


def plane(matrix):
    """A patch of grid and the two basis arrows, where the matrix puts them."""

    def goes(x, y):
        return at(*(np.array(matrix) @ [x, y]))

    lines = [(goes(-1, k), goes(2, k)) for k in range(-1, 3)]
    lines += [(goes(k, -1), goes(k, 2)) for k in range(-1, 3)]
    (a, b), (c, d) = matrix
    return VGroup(strokes(lines).set_stroke(INK, 2, opacity=0.7), arrow_to((a, c), FIRST), arrow_to((b, d), SECOND))


def tag(words, color):
    """Words that stay readable on top of the grid."""
    return Text(words, font_size=26, color=color).add_background_rectangle(BACKGROUND, opacity=0.9, buff=0.06)


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "The columns say where the arrows land",
            [
                "A matrix keeps the origin fixed",
                "First column: where i lands",
                "Second column: where j lands",
                "(1, 1) lands on the sum of both columns",
            ],
        )
        patch = plane([[1, 0], [0, 1]])
        names = VGroup(
            Text("i", font_size=28, color=FIRST).next_to(at(1, 0), DOWN, buff=0.12),
            Text("j", font_size=28, color=SECOND).next_to(at(0, 1), LEFT, buff=0.12),
        )
        origin = Dot(ORIGIN, radius=0.1, color=INK)
        self.play(FadeIn(fixed_grid()), run_time=0.4)
        self.play(Create(patch[0]), FadeIn(patch[1:], names, origin), run_time=1)

        self.line(1)
        matrix = IntegerMatrix([[2, -1], [1, 1]]).scale(0.75).move_to([1.0, 2.2, 0])
        matrix.set_column_colors(FIRST, SECOND)
        self.play(FadeIn(matrix), run_time=0.5)
        self.play(
            Transform(patch, plane([[2, -1], [1, 1]])),
            names[0].animate.next_to(at(2, 1), RIGHT, buff=0.12),
            names[1].animate.next_to(at(-1, 1), LEFT, buff=0.12),
            Flash(origin, color=INK),
            run_time=2,
        )
        self.wait(0.9)

        self.line(2)
        first = tag("i (2, 1)", FIRST).next_to(at(2, 1), RIGHT, buff=0.12)
        self.play(Indicate(matrix.get_columns()[0], color=FIRST), FadeOut(names[0]), FadeIn(first), run_time=1)
        self.wait(1.1)

        self.line(3)
        second = tag("j (-1, 1)", SECOND).next_to(at(-1, 1), LEFT, buff=0.12)
        self.play(Indicate(matrix.get_columns()[1], color=SECOND), FadeOut(names[1]), FadeIn(second), run_time=1)
        self.wait(1.1)

        self.line(4)
        moved = patch[2].copy()
        point = Dot(at(1, 2), radius=0.11, color=GOOD)
        self.play(moved.animate.shift(at(2, 1) - ORIGIN), run_time=1)
        result = Text("The point (1, 1) lands at (1, 2)", font_size=26, color=GOOD).move_to([3, -2.85, 0])
        self.play(FadeIn(point, scale=2), FadeIn(result), run_time=0.6)
        self.wait(2.7)
