from manim import *
from teaching_scene import *

FLOOR, FULL = -1.6, 4.0
CENTRES = [1.7, 3.4, 5.1]


def column(x, percent, color):
    """A bar of so many percent that stands on the floor."""
    bar = Rectangle(width=0.9, height=FULL * percent / 100, color=color, fill_opacity=0.8, stroke_width=1)
    return bar.move_to([x, FLOOR, 0], aligned_edge=DOWN)


def height_name(bar, percent):
    return Text(f"{percent}%", font_size=26, color=INK).next_to(bar, UP, buff=0.07)


class Section4Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Bayes' rule: new evidence moves the odds",
            [
                "Odds times 9 per positive test",
                "Two positive tests: 45 percent",
                "100 of 1000 ill: 50 percent",
            ],
        )
        levels = VGroup(Line([0.85, FLOOR, 0], [5.9, FLOOR, 0]), Line([0.85, FLOOR, 0], [0.85, FLOOR + FULL, 0]))
        for percent in (0, 50, 100):
            y = FLOOR + FULL * percent / 100
            tick = Line([0.7, y, 0], [0.85, y, 0])
            levels.add(tick, Text(str(percent), font_size=24).next_to(tick, LEFT, buff=0.1))
        levels.set_color(QUIET)
        names = VGroup(
            *[
                Text(words, font_size=24, color=INK).move_to([x, FLOOR - 0.3, 0])
                for x, words in zip(CENTRES, ["before", "after 1", "after 2"])
            ]
        )
        bars = [column(x, p, c) for x, p, c in zip(CENTRES, (1, 8.33, 45), (SECOND, ACCENT, GOOD))]
        labels = [height_name(bar, percent) for bar, percent in zip(bars, (1, 8, 45))]
        odds = [
            MathTex(words, color=INK).scale(0.85).move_to([x, FLOOR - 0.85, 0])
            for x, words in zip(CENTRES, ["1:99", "9:99", "81:99"])
        ]
        arrows = []
        for start, end in zip(odds, odds[1:]):
            arrow = CurvedArrow(
                start.get_bottom() + 0.1 * DOWN,
                end.get_bottom() + 0.1 * DOWN,
                angle=0.7,
                color=QUIET,
                tip_length=0.18,
            )
            times = Text("x 9", font_size=24, color=ACCENT).next_to(arrow, DOWN, buff=0.06)
            arrows.append(VGroup(arrow, times))
        self.play(FadeIn(levels, names), run_time=0.6)

        self.line(1)
        self.play(GrowFromEdge(bars[0], DOWN), FadeIn(labels[0], odds[0]), run_time=0.7)
        self.play(FadeIn(arrows[0], odds[1]), run_time=0.6)
        self.play(GrowFromEdge(bars[1], DOWN), FadeIn(labels[1]), run_time=0.9)
        self.wait(1.8)

        self.line(2)
        self.play(FadeIn(arrows[1], odds[2]), run_time=0.6)
        self.play(GrowFromEdge(bars[2], DOWN), FadeIn(labels[2]), run_time=0.9)
        self.wait(2.5)

        self.line(3)
        changes = []
        for bar, label, percent in zip(bars, labels, (10, 50, 90)):
            target = column(bar.get_center()[0], percent, bar.get_color())
            changes += [Transform(bar, target), Transform(label, height_name(target, percent))]
        for old, words in zip(odds, ["1:9", "9:9", "81:9"]):
            changes.append(Transform(old, MathTex(words, color=INK).scale(0.85).move_to(old)))
        self.play(*changes, run_time=1.5)
        ring = SurroundingRectangle(labels[1], color=ACCENT, buff=0.08)
        self.play(Create(ring), run_time=0.5)
        self.wait(3.3)
