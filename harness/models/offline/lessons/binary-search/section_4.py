from manim import *
from teaching_scene import *

LEFT_EDGE = 1.0
ROW = 0.42


def row(items, y, whole=1000):
    """A bar for so many items, as long as its share of the whole, with the number before it."""
    width = max(4.2 * items / whole, 0.03)
    bar = Rectangle(width=width, height=0.26, color=FIRST, stroke_width=2).set_fill(FIRST, 0.6)
    bar.move_to([LEFT_EDGE + width / 2, y, 0])
    number = Text(str(items), font_size=24, color=INK).move_to([LEFT_EDGE - 0.15, y, 0], aligned_edge=RIGHT)
    return VGroup(bar, number)


class Section4Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "From 1000 items to 1",
            [
                "Each comparison discards half",
                "1000 items: 10 comparisons",
                "Doubling adds 1 comparison",
            ],
        )
        self.line(1)
        sizes = [1000, 500, 250, 125, 62, 31, 15, 7, 3, 1]
        rows = VGroup(*[row(size, 1.85 - ROW * i) for i, size in enumerate(sizes)])
        self.play(GrowFromEdge(rows[0][0], LEFT), FadeIn(rows[0][1]), run_time=0.8)
        for above, below in zip(rows, rows[1:]):
            half = above[0].copy()
            pace = 0.7 if above is rows[0] else 0.36
            self.play(ReplacementTransform(half, below[0]), FadeIn(below[1]), run_time=pace)

        self.line(2)
        tally = Brace(rows, RIGHT, color=ACCENT, buff=0.1)
        ten = Text("10", font_size=30, color=ACCENT).next_to(tally, RIGHT, buff=0.12)
        facts = Text("1000 items: at most 10 comparisons", font_size=25, color=GOOD).move_to([3.2, -2.75, 0])
        self.play(FadeIn(tally, ten), FadeIn(facts), run_time=0.8)
        self.wait(2)

        self.line(3)
        self.play(FadeOut(facts), run_time=0.3)
        smaller = [r[0].animate.stretch_to_fit_width(r[0].width / 2, about_edge=LEFT) for r in rows]
        self.play(*smaller, run_time=0.8)
        double = row(2000, 1.85 + ROW, whole=2000)
        double[0].set_color(SECOND).set_fill(SECOND, 0.6)
        self.play(GrowFromEdge(double[0], LEFT), FadeIn(double[1]), run_time=0.7)
        taller = Brace(VGroup(double, *rows), RIGHT, color=ACCENT, buff=0.1)
        eleven = Text("11", font_size=30, color=ACCENT).next_to(taller, RIGHT, buff=0.12)
        self.play(Transform(tally, taller), Transform(ten, eleven), run_time=0.6)
        more = Text("2000 items: at most 11 comparisons", font_size=25, color=SECOND).move_to([3.2, -2.6, 0])
        most = Text("1 million items: at most 20 comparisons", font_size=24, color=GOOD)
        most.move_to([3.2, -3.1, 0])
        self.play(FadeIn(more), run_time=0.4)
        self.wait(0.8)
        self.play(FadeIn(most), run_time=0.4)
        self.wait(2.4)
