from manim import *
from teaching_scene import *

VALUES = [3, 7, 11, 14, 18, 21, 25, 28, 33, 37, 42, 46, 51, 55, 60]
BASE = -1.4


def place(index):
    """Where the bar with this index stands on the base line."""
    return np.array([0.2 + 0.4 * index, BASE, 0])


def value_bar(value, index):
    bar = Rectangle(width=0.3, height=3.2 * value / 60, color=FIRST, stroke_width=0).set_fill(FIRST, 0.7)
    return bar.move_to(place(index), aligned_edge=DOWN)


def caption(words, color=INK):
    return Text(words, font_size=24, color=color).move_to([3, -2.6, 0])


class Section2Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Half the list at each look",
            [
                "Too small: keep the right half",
                "Too large: keep the left half",
                "Found after 4 comparisons",
            ],
        )
        bars = VGroup(*[value_bar(value, i) for i, value in enumerate(VALUES)])
        level = BASE + 3.2 * 42 / 60
        goal = DashedLine([0, level, 0], [6, level, 0], color=SECOND, stroke_width=3, dash_length=0.2)
        name = Text("target: 42", font_size=26, color=SECOND).move_to([1, level + 0.3, 0])
        self.play(FadeIn(bars), FadeIn(goal, name), run_time=0.8)

        looks = [
            (7, range(0, 8), "28 is too small: keep the right half"),
            (11, range(11, 15), "46 is too large: keep the left half"),
            (9, range(8, 10), "37 is too small: keep the right half"),
            (10, [], "42 is equal: found"),
        ]
        said = VGroup()
        for number, (middle, gone, words) in enumerate(looks, start=1):
            if number != 3:
                self.line(min(number, 3), run_time=0.4)
            tag = Text(str(VALUES[middle]), font_size=26, color=ACCENT).next_to(bars[middle], DOWN, buff=0.14)
            step = Text(f"comparison {number}", font_size=26, color=ACCENT).move_to([3, 2.25, 0])
            verdict = caption(words, INK if gone else GOOD)
            probe = bars[middle].animate.set_fill(ACCENT, 1)
            self.play(probe, FadeIn(tag, step), FadeOut(said), run_time=0.6)
            self.wait(0.6)
            drop = [bars[i].animate.set_fill(QUIET, 0.35) for i in gone]
            if gone:
                drop.append(FadeOut(tag))
            self.play(FadeIn(verdict), *drop, run_time=0.6)
            self.wait(1.5 if number < 3 else 0.7)
            said = VGroup(step, verdict)
        ring = SurroundingRectangle(bars[10], color=GOOD, buff=0.06)
        found = bars[10].animate.set_fill(GOOD, 1)
        self.play(found, tag.animate.set_color(GOOD), Create(ring), run_time=0.6)
        self.wait(2.4)
