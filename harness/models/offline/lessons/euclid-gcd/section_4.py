from manim import *
from teaching_scene import *

UNIT = 0.42


def square(x, y, side, color):
    """A square with its lower left corner at grid point (x, y)."""
    box = Square(side * UNIT, color=color, stroke_width=3).set_fill(color, 0.3)
    return box.move_to([0.25 + (x + side / 2) * UNIT, -1.6 + (y + side / 2) * UNIT, 0])


class Section4Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "The slowest pairs of all",
            [
                "Numbers with greatest common divisor 1 are coprime",
                "13 and 8 are coprime neighbours",
                "Neighbouring Fibonacci numbers take the most steps",
            ],
        )
        self.line(1)
        frame = Rectangle(width=13 * UNIT, height=8 * UNIT, color=INK)
        frame.move_to([0.25 + 6.5 * UNIT, -1.6 + 4 * UNIT, 0])
        wide = Text("13", font_size=28, color=INK).next_to(frame, UP, buff=0.12)
        high = Text("8", font_size=28, color=INK).next_to(frame, LEFT, buff=0.12)
        self.play(Create(frame), FadeIn(wide, high), run_time=1)
        self.wait(1.6)

        self.line(2)
        squares = [
            square(0, 0, 8, FIRST),
            square(8, 3, 5, SECOND),
            square(10, 0, 3, FIRST),
            square(8, 0, 2, SECOND),
            square(8, 2, 1, FIRST),
            square(9, 2, 1, FIRST),
        ]
        for box, side in zip(squares, [8, 5, 3, 2, 1, 1]):
            size = 30 if side > 1 else 24
            label = Text(str(side), font_size=size, color=INK).move_to(box)
            self.play(GrowFromCenter(box), FadeIn(label), run_time=0.7)
        self.wait(1.8)

        self.line(3)
        chain = Text("13, 8, 5, 3, 2, 1: tile by tile", font_size=26, color=ACCENT)
        chain.move_to([3, -2.1, 0])
        result = VGroup(
            Text("Fibonacci numbers take", font_size=26, color=GOOD),
            Text("the most steps for their size", font_size=26, color=GOOD),
        )
        result.arrange(DOWN, buff=0.12).move_to([3, -2.95, 0])
        self.play(FadeIn(chain), run_time=0.6)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.6)
        self.wait(4)
