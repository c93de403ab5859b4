from manim import *
from teaching_scene import *

BASE_Y = -0.9


def measured(alpha, beta):
    """A triangle with the base angles `alpha` and `beta` in degrees, its corners coloured and numbered."""
    a, b = alpha * DEGREES, beta * DEGREES
    height = 2.6
    reach = height / np.tan(a) if alpha != 90 else 0
    width = reach + height / np.tan(b)
    start = np.array([3 - width / 2, BASE_Y, 0])
    points = [start, start + width * RIGHT, start + reach * RIGHT + height * UP]
    sizes = [alpha, beta, 180 - alpha - beta]
    begins = [0, PI - b, PI + a]
    group = VGroup(Polygon(*points, color=INK))
    for point, begin, size, color in zip(points, begins, sizes, (FIRST, SECOND, ACCENT)):
        piece = AnnularSector(inner_radius=0, outer_radius=0.6, start_angle=begin, angle=size * DEGREES)
        group.add(piece.set_fill(color, 0.85).set_stroke(color, 2).shift(point))
        middle = begin + size * DEGREES / 2
        number = Text(str(size), font_size=26, color=color)
        group.add(number.move_to(point + 0.95 * np.array([np.cos(middle), np.sin(middle), 0])))
    return group


def fact(words):
    """One sentence under the triangle."""
    return Text(words, font_size=24, color=GOOD).move_to([3, -2.2, 0])


class Section3Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Two angles give the third",
            [
                "180 - 50 - 60 = 70",
                "Three equal: 180 / 3 = 60",
                "Right angle: 180 - 90 = 90",
            ],
        )
        triangle = measured(50, 60)
        words = fact("Angles 50 and 60: third is 70 degrees")
        self.line(1)
        self.play(Create(triangle[0]), FadeIn(triangle[1:5]), run_time=1.2)
        self.wait(0.7)
        self.play(FadeIn(triangle[5:], scale=0.5), FadeIn(words), run_time=0.8)
        self.wait(2.1)

        self.line(2)
        equal = measured(60, 60)
        each = fact("Equilateral: each angle is 60 degrees")
        self.play(Transform(triangle, equal), FadeOut(words), run_time=1.2)
        self.play(FadeIn(each), run_time=0.5)
        self.wait(2.1)

        self.line(3)
        right = measured(90, 40)
        acute = fact("Right triangle: acute angles add to 90")
        self.play(Transform(triangle, right), FadeOut(each), run_time=1.2)
        self.play(FadeIn(acute), run_time=0.5)
        self.play(*[Indicate(triangle[i], scale_factor=1.3, color=GOOD) for i in (4, 6)], run_time=1)
        self.wait(2.6)
