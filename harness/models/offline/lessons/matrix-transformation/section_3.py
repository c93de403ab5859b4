from manim import *
from teaching_scene import *

UNIT, ORIGIN = 0.85, np.array([2.1, -1.2, 0.0])


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
    upright = [(at(x, -1), at(x, 2)) for x in range(-2, 5)]
    level = [(at(-2, y), at(4, y)) for y in range(-1, 3)]
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


class Section3Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Shear and rotation keep the area",
            [
                "This shear keeps i and slides j to (1, 1)",
                "A shear has determinant 1",
                "A quarter turn sends i to (0, 1)",
                "A rotation has determinant 1",
            ],
        )
        still = [[1, 0], [0, 1]]
        patch = plane(still)
        matrix = shown([[1, 1], [0, 1]])
        self.play(FadeIn(fixed_grid(), patch, matrix), run_time=0.6)

        self.line(1)
        self.play(Transform(patch, plane([[1, 1], [0, 1]])), run_time=1.8)
        self.wait(1)

        self.line(2)
        same = Text("The area is the same as before", font_size=26, color=GOOD).move_to([3, -2.75, 0])
        self.play(Indicate(patch[1], color=ACCENT, scale_factor=1.15), FadeIn(same), run_time=0.9)
        self.wait(1.8)

        self.line(3)
        turn = shown([[0, -1], [1, 0]])
        self.play(Transform(patch, plane(still)), FadeOut(same, matrix), FadeIn(turn), run_time=0.8)
        arc = Arc(1.15, 0, PI / 2, arc_center=ORIGIN, color=FIRST, stroke_width=5).add_tip(tip_length=0.2)
        self.play(Rotate(patch, PI / 2, about_point=ORIGIN), Create(arc), run_time=1.8)
        self.play(FadeOut(arc), run_time=0.3)
        self.wait(0.8)

        self.line(4)
        result = MathTex(r"0 \cdot 0 - (-1) \cdot 1 = 1", color=GOOD).scale(0.85).move_to([3, -2.75, 0])
        self.play(Indicate(patch[1], color=ACCENT, scale_factor=1.15), FadeIn(result), run_time=0.9)
        self.wait(2.8)
