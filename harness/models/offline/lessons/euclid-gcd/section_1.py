from manim import *
from teaching_scene import *

CORNER = np.array([0.0, 1.9, 0.0])
UNIT = 5.9 / 35


def tile(x, y, side, color):
    """A square of `side` metres whose upper left corner lies `x`, `y` metres into the floor."""
    square = Square(side * UNIT, color=color, stroke_width=3).set_fill(color, 0.35)
    return square.move_to(CORNER + (x + side / 2) * UNIT * RIGHT + (y + side / 2) * UNIT * DOWN)


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Tiling a floor without gaps",
            [
                "The floor measures 35 by 15 metres",
                "Cut off the largest squares that fit",
                "Equal square tiles: longest side 5 metres",
            ],
        )
        floor = Rectangle(width=35 * UNIT, height=15 * UNIT, color=INK)
        floor.move_to(CORNER + 17.5 * UNIT * RIGHT + 7.5 * UNIT * DOWN)
        wide = Text("35", font_size=28, color=INK).next_to(floor, UP, buff=0.15)
        high = Text("15", font_size=28, color=INK).next_to(floor, LEFT, buff=0.15)
        self.line(1)
        self.play(Create(floor), FadeIn(wide, high), run_time=1.5)
        self.wait(1.7)

        self.line(2)
        big = VGroup(*[tile(15 * i, 0, 15, FIRST) for i in range(2)])
        small = VGroup(*[tile(30, 5 * i, 5, SECOND) for i in range(3)])
        for square in big:
            self.play(GrowFromEdge(square, LEFT), run_time=0.8)
        self.play(LaggedStart(*[GrowFromEdge(s, UP) for s in small], lag_ratio=0.5), run_time=1.2)
        self.wait(1.7)

        self.line(3)
        tiles = VGroup(*[tile(5 * i, 5 * j, 5, GOOD) for j in range(3) for i in range(7)])
        self.play(FadeOut(big), FadeOut(small), FadeIn(tiles, lag_ratio=0.05), run_time=1.8)
        result = Text("The longest side of a tile is 5 metres", font_size=28, color=GOOD)
        self.place_in(result, "E1", "E6")
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.6)
        self.wait(3.7)
