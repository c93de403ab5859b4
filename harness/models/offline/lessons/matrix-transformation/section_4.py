from manim import *
from teaching_scene import *

UNIT, ORIGIN = 0.7, np.array([3.0, -0.6, 0.0])


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
    upright = [(at(x, -3), at(x, 3)) for x in range(-4, 5)]
    level = [(at(-4, y), at(4, y)) for y in range(-3, 4)]
    return strokes(upright + level).set_stroke(QUIET, 1, opacity=0.45)


def arrow_to(point, color):
    tip = {"buff": 0, "stroke_width": 7, "tip_length": 0.2, "max_tip_length_to_length_ratio": 0.4}
    return Arrow(ORIGIN, at(*point), color=color, max_stroke_width_to_length_ratio=20, **tip)


def plane(matrix):
    """A patch of grid, the unit square with a letter F on it, and the basis arrows, where the matrix puts them."""

    def goes(x, y):
        return at(*(np.array(matrix) @ [x, y]))

    lines = [(goes(-1, k), goes(2, k)) for k in range(-1, 3)]
    lines += [(goes(k, -1), goes(k, 2)) for k in range(-1, 3)]
    square = Polygon(goes(0, 0), goes(1, 0), goes(1, 1), goes(0, 1)).set_stroke(ACCENT, 3).set_fill(ACCENT, 0.5)
    bars = [(0.35, 0.15, 0.35, 0.85), (0.35, 0.85, 0.75, 0.85), (0.35, 0.5, 0.65, 0.5)]
    letter = [(goes(x1, y1), goes(x2, y2)) for x1, y1, x2, y2 in bars]
    (a, b), (c, d) = matrix
    return VGroup(
        strokes(lines).set_stroke(INK, 2, opacity=0.7),
        square,
        strokes(letter).set_stroke(INK, 4),
        arrow_to((a, c), FIRST),
        arrow_to((b, d), SECOND),
    )


def shown(rows):
    matrix = IntegerMatrix(rows).scale(0.75).move_to([1.0, 2.2, 0])
    return matrix.set_column_colors(FIRST, SECOND)


class Section4Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Below zero, and zero",
            [
                "A negative determinant flips the plane",
                "Parallel columns collapse the plane onto a line",
                "Determinant 0: no inverse",
            ],
        )
        still = [[1, 0], [0, 1]]
        patch = plane(still)
        flip = shown([[0, 1], [1, 0]])
        self.play(FadeIn(fixed_grid(), patch, flip), run_time=0.6)

        self.line(1)
        mirror = DashedLine(at(-3, -3), at(3, 3), color=GOOD, stroke_width=4)
        self.play(Create(mirror), run_time=0.6)
        self.play(Rotate(patch, PI, axis=UR, about_point=ORIGIN), run_time=1.8)
        value = MathTex(r"0 \cdot 0 - 1 \cdot 1 = -1", color=GOOD).scale(0.75).move_to([4.2, 2.2, 0])
        self.play(FadeIn(value), run_time=0.5)
        self.wait(1.9)

        self.line(2)
        collapse = shown([[1, -1], [1, -1]])
        self.play(FadeOut(mirror, value, flip, patch), run_time=0.4)
        patch = plane(still)
        self.play(FadeIn(patch, collapse), run_time=0.5)
        self.wait(0.4)
        self.play(Transform(patch, plane([[1, -1], [1, -1]])), run_time=2.2)
        self.wait(1)

        self.line(3)
        nothing = MathTex(r"1 \cdot (-1) - (-1) \cdot 1 = 0", color=GOOD).scale(0.75).move_to([4.2, 2.2, 0])
        answer = Text("Every area becomes 0", font_size=26, color=GOOD).move_to([3, -3.1, 0])
        self.play(FadeIn(nothing), run_time=0.5)
        self.play(FadeIn(answer, shift=0.2 * UP), run_time=0.5)
        self.wait(2.8)
