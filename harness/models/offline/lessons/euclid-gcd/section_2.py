from manim import *
from teaching_scene import *

LEFT_EDGE = np.array([0.0, 0.0, 0.0])
UNIT = 5.8 / 48


def bar(start, length, y, color):
    """A bar from `start` to `start + length` on the number line, at height `y`."""
    box = Rectangle(width=length * UNIT, height=0.5, color=color, stroke_width=3).set_fill(color, 0.35)
    return box.move_to(LEFT_EDGE + (start + length / 2) * UNIT * RIGHT + y * UP)


def number(value, mobject, color):
    return Text(str(value), font_size=26, color=color).move_to(mobject)


class Section2Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Divide, keep the remainder, repeat",
            [
                "Dividing 48 by 18 leaves remainder 12",
                "Replace the larger number by the remainder",
                "Stop when the remainder is 0",
            ],
        )
        self.line(1)
        long = bar(0, 48, 2.05, INK)
        self.play(GrowFromEdge(long, LEFT), FadeIn(number(48, long, INK)), run_time=0.8)
        steps = [(48, 18, 2, 12), (18, 12, 1, 6), (12, 6, 2, 0)]
        for row, (large, small, times, rest) in enumerate(steps):
            y = 1.35 - 1.3 * row
            parts = VGroup(*[bar(small * i, small, y, FIRST) for i in range(times)])
            words = VGroup(*[number(small, part, FIRST) for part in parts])
            self.play(LaggedStart(*[GrowFromEdge(p, LEFT) for p in parts], lag_ratio=0.4), FadeIn(words), run_time=0.8)
            if rest:
                left_over = bar(large - rest, rest, y, ACCENT)
                self.play(FadeIn(left_over), FadeIn(number(rest, left_over, ACCENT)), run_time=0.5)
            sentence = Text(f"{large} = {times} times {small}, remainder {rest}", font_size=26, color=INK)
            sentence.move_to([2.9, y - 0.55, 0])
            self.play(FadeIn(sentence), run_time=0.4)
            if row < 2:
                self.line(row + 2)
            self.wait(1.4)
        result = VGroup(
            Text("The greatest common divisor", font_size=26, color=GOOD),
            Text("of 48 and 18 is 6", font_size=26, color=GOOD),
        )
        result.arrange(DOWN, buff=0.12).move_to([2.9, -3.15, 0])
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.6)
        self.wait(3.6)
