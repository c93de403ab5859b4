from manim import *
from teaching_scene import *

UNIT, ORIGIN = 0.85, np.array([1.4, -1.75, 0.0])


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
    upright = [(at(x, 0), at(x, 3)) for x in range(-1, 6)]
    level = [(at(-1, y), at(5, y)) for y in range(0, 4)]
    return strokes(upright + level).set_stroke(QUIET, 1, opacity=0.45)


def arrow_to(point, color):
    tip = {"buff": 0, "stroke_width": 7, "tip_length": 0.2, "max_tip_length_to_length_ratio": 0.4}
    return Arrow(ORIGIN, at(*point), color=color, max_stroke_width_to_length_ratio=20, **tip)


def shapes(matrix):
    """The unit square and the two basis arrows, where the matrix puts them."""
    (a, b), (c, d) = matrix
    square = Polygon(*[at(a * x + b * y, c * x + d * y) for x, y in [(0, 0), (1, 0), (1, 1), (0, 1)]])
    square.set_stroke(ACCENT, 3).set_fill(ACCENT, 0.5)
    return VGroup(square, arrow_to((a, c), FIRST), arrow_to((b, d), SECOND))


class Section2Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "The determinant: how areas grow",
            [
                "The unit square has area 1",
                "This matrix has determinant 3",
                "Every area is multiplied by 3",
            ],
        )
        matrix = IntegerMatrix([[2, -1], [1, 1]]).scale(0.75).move_to([1.0, 2.2, 0])
        matrix.set_column_colors(FIRST, SECOND)
        figure = shapes([[1, 0], [0, 1]])
        self.play(FadeIn(fixed_grid(), matrix, figure[1:]), run_time=0.5)

        self.line(1)
        self.play(DrawBorderThenFill(figure[0]), run_time=1)
        self.wait(1)

        self.line(2)
        self.play(Transform(figure, shapes([[2, -1], [1, 1]])), run_time=1.8)
        formula = MathTex(r"\det \begin{bmatrix} a & b \\ c & d \end{bmatrix} = ad - bc", color=INK)
        formula.scale(0.75).move_to([4.2, 2.2, 0])
        numbers = MathTex(r"2 \cdot 1 - (-1) \cdot 1 = 3", color=GOOD).scale(0.85).move_to([3, -2.35, 0])
        self.play(Write(formula), run_time=1.2)
        self.play(FadeIn(numbers), run_time=0.6)
        self.wait(2)

        self.line(3)
        wide = Polygon(at(0, 0), at(2, 0), at(2, 1), at(0, 1)).set_stroke(ACCENT, 3).set_fill(ACCENT, 0.5)
        grown = Polygon(at(0, 0), at(4, 2), at(3, 3), at(-1, 1)).set_stroke(GOOD, 3).set_fill(GOOD, 0.4)
        before = Text("2", font_size=32, color=INK).move_to(at(1, 0.5))
        after = Text("6", font_size=32, color=INK).move_to(at(1.5, 1.7))
        self.play(FadeOut(figure), FadeIn(wide, before), run_time=0.7)
        self.wait(0.7)
        self.play(ReplacementTransform(wide.copy(), grown), FadeIn(after), run_time=1.6)
        result = Text("A shape of area 2 becomes area 6", font_size=25, color=GOOD).move_to([3, -3.05, 0])
        self.play(FadeIn(result), run_time=0.5)
        self.wait(2.6)
