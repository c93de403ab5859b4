from manim import *
from teaching_scene import *

SHUFFLED = [25, 51, 7, 37, 18, 60, 3, 28, 55, 14, 33, 46, 11, 21, 42]
BASE = -1.6


def place(index):
    """Where the bar with this index stands on the base line."""
    return np.array([0.2 + 0.4 * index, BASE, 0])


def value_bar(value, index):
    bar = Rectangle(width=0.3, height=3.2 * value / 60, color=FIRST, stroke_width=0).set_fill(FIRST, 0.7)
    return bar.move_to(place(index), aligned_edge=DOWN)


def caption(words, color=INK):
    return Text(words, font_size=24, color=color).move_to([3, -2.9, 0])


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Two ways to look",
            [
                "Linear search checks the items one by one",
                "Binary search: sorted list only",
                "It looks at the middle item first",
            ],
        )
        bars = VGroup(*[value_bar(value, i) for i, value in enumerate(SHUFFLED)])
        level = BASE + 3.2 * 42 / 60
        goal = DashedLine([0, level, 0], [6, level, 0], color=SECOND, stroke_width=3, dash_length=0.2)
        name = Text("target: 42", font_size=26, color=SECOND).move_to([3, 2.2, 0])
        self.play(FadeIn(bars, lag_ratio=0.05), FadeIn(goal, name), run_time=1)

        self.line(1)
        marker = Triangle(color=ACCENT, fill_opacity=1).scale(0.14).next_to(place(0), DOWN, buff=0.1)
        dimming = [bar.animate.set_fill(QUIET, 0.35) for bar in bars[:-1]]
        walk = marker.animate(rate_func=linear).shift(place(14) - place(0))
        self.play(FadeIn(marker), run_time=0.3)
        self.play(walk, LaggedStart(*dimming, lag_ratio=0.9), run_time=3)
        slow = caption("15 items: up to 15 looks one by one")
        self.play(bars[-1].animate.set_fill(GOOD, 1), FadeIn(slow), run_time=0.5)
        self.wait(1.8)

        self.line(2)
        order = sorted(range(15), key=lambda i: SHUFFLED[i])
        moves = [
            bars[old].animate.move_to(place(new), aligned_edge=DOWN).set_fill(FIRST, 0.7)
            for new, old in enumerate(order)
        ]
        self.play(*moves, FadeOut(marker, slow), run_time=1.6)
        self.wait(0.9)

        self.line(3)
        middle = bars[order[7]]
        number = Text("28", font_size=26, color=ACCENT).next_to(middle, DOWN, buff=0.12)
        sides = VGroup(
            *[Line(place(a), place(b), color=INK) for a, b in ((0, 6), (8, 14))]
        )
        sides.shift(0.25 * DOWN)
        words = [Text("7 items", font_size=26, color=INK).next_to(side, DOWN, buff=0.15) for side in sides]
        counts = VGroup(*words)
        self.play(middle.animate.set_fill(ACCENT, 1), FadeIn(number), run_time=0.7)
        self.play(Create(sides), FadeIn(counts), run_time=0.7)
        self.play(FadeIn(caption("One look rules out half of the list", GOOD)), run_time=0.5)
        self.wait(2.9)
