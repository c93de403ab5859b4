from manim import *
from teaching_scene import *

UNIT, ORIGIN = 0.6, np.array([2.7, -0.9, 0.0])


def at(x, y):
    """Where a point of the plane lies on the stage."""
    return ORIGIN + UNIT * np.array([x, y, 0.0])


def fixed_grid():
    """The plane before anything happens, to compare with."""
    lines = [Line(at(x, -2), at(x, 4)) for x in range(-4, 6)] + [Line(at(-4, y), at(5, y)) for y in range(-2, 5)]
    return VGroup(*lines).set_stroke(QUIET, 1, opacity=0.35)


def arrow_to(point, color):
    tip = {"buff": 0, "stroke_width": 7, "tip_length": 0.2, "max_tip_length_to_length_ratio": 0.4}
    return Arrow(ORIGIN, at(*point), color=color, max_stroke_width_to_length_ratio=20, **tip)


def shapes(matrix):
    """The unit square, a round shape and the two basis arrows, where the matrix puts them."""
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
                "The determinant of this matrix is 3",
                "Every area grows by the factor 3",
            ],
        )
        matrix = IntegerMatrix([[2, -1], [1, 1]]).scale(0.8).move_to([1.0, 2.0, 0])
        matrix.set_column_colors(FIRST, SECOND)
        figure = shapes([[1, 0], [0, 1]])
        self.play(FadeIn(fixed_grid(), matrix, figure[1:]), run_time=0.5)

        self.line(1)
        self.play(DrawBorderThenFill(figure[0]), run_time=1)
        self.wait(1)

        self.line(2)
        self.play(Transform(figure, shapes([[2, -1], [1, 1]])), run_time=1.8)
        formula = MathTex(r"\det \begin{bmatrix} a & b \\ c & d \end{bmatrix} = ad - bc", color=INK)
        formula.scale(0.75).move_to([4.2, 2.0, 0])
        numbers = MathTex(r"2 \cdot 1 - (-1) \cdot 1 = 3", color=GOOD).scale(0.85).move_to([3, -2.55, 0])
        self.play(Write(formula), run_time=1.2)
        self.play(FadeIn(numbers), run_time=0.6)
        self.wait(2)

        self.line(3)
        parts = [[(0, 0), (1, 0), (1, 1), (0, 1)], [(1, 0), (2, 0), (2, 1), (1, 1)]]
        tiles = VGroup(*[Polygon(*[at(x - 3, y - 1) for x, y in part]) for part in parts])
        tiles.set_stroke(GOOD, 3).set_fill(GOOD, 0.5)
        self.play(FadeOut(figure), FadeIn(tiles), run_time=0.6)
        grown = VGroup(*[Polygon(*[at(2 * x - y - 1, x + y - 1) for x, y in part]) for part in parts])
        grown.set_stroke(GOOD, 3).set_fill(GOOD, 0.5)
        self.play(Transform(tiles.copy(), grown), run_time=1.6)
        result = Text("A shape of area 2 becomes area 6", font_size=26, color=GOOD).move_to([3, -3.1, 0])
        self.play(FadeIn(result), run_time=0.5)
        self.wait(2.6)
