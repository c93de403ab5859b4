from manim import *
from teaching_scene import *

VALUES = [3, 7, 11, 14, 18, 21, 25, 28, 33, 37, 42, 46, 51, 55, 60]
BASE = -1.1


def place(index):
    """Where the bar with this index stands on the base line."""
    return np.array([0.2 + 0.4 * index, BASE, 0])


def value_bar(value, index):
    bar = Rectangle(width=0.3, height=3.0 * value / 60, color=FIRST, stroke_width=0).set_fill(FIRST, 0.7)
    return bar.move_to(place(index), aligned_edge=DOWN)


def pointer(word, index, depth):
    """A stem with an arrow head under a bar and its name beside the foot."""
    stem = Arrow(place(index) + depth * DOWN, place(index), color=ACCENT, buff=0.06, tip_length=0.15)
    stem.set_stroke(width=4)
    side = RIGHT if word == "low" else LEFT
    return VGroup(stem, Text(word, font_size=26, color=ACCENT).next_to(stem.get_start(), side, buff=0.12))


class Section3Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "When the target is missing",
            [
                "Low and high mark what is left",
                "Each look moves one mark",
                "Low passes high: not found",
            ],
        )
        bars = VGroup(*[value_bar(value, i) for i, value in enumerate(VALUES)])
        level = BASE + 3.0 * 40 / 60
        goal = DashedLine([0, level, 0], [6, level, 0], color=SECOND, stroke_width=3, dash_length=0.2)
        name = Text("target: 40", font_size=26, color=SECOND).move_to([1, level + 0.3, 0])
        self.play(FadeIn(bars), FadeIn(goal, name), run_time=0.8)

        self.line(1)
        low, high = pointer("low", 0, 0.65), pointer("high", 14, 1.15)
        steps = ValueTracker(0)
        remaining = {0: 15, 1: 7, 2: 3, 3: 1, 4: 0}
        words = Text("items left:", font_size=26, color=INK).move_to([2.6, 2.2, 0])
        count = Integer(15, mob_class=Text, font_size=26, color=INK).next_to(words, RIGHT, buff=0.2)
        count.add_updater(lambda m: m.set_value(remaining[round(steps.get_value())]))
        self.play(GrowArrow(low[0]), GrowArrow(high[0]), FadeIn(low[1], high[1]), run_time=0.8)
        self.play(FadeIn(words, count), run_time=0.4)
        self.wait(1, frozen_frame=True)

        self.line(2)
        looks = [
            (7, low, 8, range(0, 8)),
            (11, high, -4, range(11, 15)),
            (9, low, 2, [8, 9]),
            (10, high, -1, [10]),
        ]
        for number, (middle, mark, jump, gone) in enumerate(looks, start=1):
            if number == 4:
                self.line(3)
            self.play(bars[middle].animate.set_fill(ACCENT, 1), run_time=0.4)
            drop = [bars[i].animate.set_fill(QUIET, 0.35) for i in gone]
            leap = mark.animate.shift(0.4 * jump * RIGHT)
            self.play(leap, *drop, steps.animate.set_value(number), run_time=0.8)
            self.wait(0.6, frozen_frame=True)
        count.clear_updaters()
        verdict = Text("Low passes high: target is missing", font_size=25, color=GOOD).move_to([3, -2.95, 0])
        self.play(FadeIn(verdict), run_time=0.5)
        self.wait(2.8)
