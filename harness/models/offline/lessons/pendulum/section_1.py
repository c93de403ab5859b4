from manim import *
from teaching_scene import *

PIVOT = np.array([3.0, 2.2, 0.0])
LENGTH = 4.0
SWING = 0.55


def back_and_forth(swings):
    """The rate of a pendulum let go at one side: a cosine, so it is slow at the ends and fast in the middle."""
    return lambda t: (1 - np.cos(TAU * swings * t)) / 2


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "One swing",
            [
                "The period is one swing there and back",
                "The bob is fastest at the lowest point",
                "At the turning points its speed is zero",
            ],
        )
        lowest = PIVOT + LENGTH * DOWN
        path = Arc(radius=LENGTH, start_angle=-PI / 2 - SWING, angle=2 * SWING, arc_center=PIVOT, color=QUIET)
        plumb = DashedLine(PIVOT, lowest, color=QUIET, stroke_width=2)
        string = Line(PIVOT, lowest, color=INK, stroke_width=5)
        bob = Circle(radius=0.28, color=FIRST, fill_opacity=1).move_to(lowest)
        pendulum = VGroup(string, bob).rotate(SWING, about_point=PIVOT)
        self.play(FadeIn(plumb, path), FadeIn(pendulum), run_time=0.5)

        self.line(1)
        there_and_back = Rotate(pendulum, -2 * SWING, about_point=PIVOT, rate_func=back_and_forth(1))
        self.play(there_and_back, run_time=2)
        clock = Text("1 period: there and back", font_size=28, color=INK).move_to([3, -2.9, 0])
        self.play(FadeIn(clock), run_time=0.5)

        self.line(2)
        fast = Arrow(lowest + 0.8 * RIGHT, lowest + 0.8 * LEFT, color=GOOD, buff=0).shift(0.55 * DOWN)
        word = Text("fastest", font_size=26, color=GOOD).next_to(fast, RIGHT, buff=0.15)
        half = Rotate(pendulum, -2 * SWING, about_point=PIVOT, rate_func=back_and_forth(0.5))
        self.play(half, FadeIn(fast, word), run_time=1.5)

        self.line(3)
        ends = VGroup(Dot(path.get_start()), Dot(path.get_end())).set_color(SECOND).set_z_index(1)
        zeros = VGroup(*[Text("zero", font_size=26, color=SECOND).next_to(d, UP, buff=0.45) for d in ends])
        zeros[0].shift(0.35 * LEFT)
        zeros[1].shift(0.35 * RIGHT)
        self.play(FadeIn(ends, zeros), run_time=0.5)
        self.wait(2.5)
