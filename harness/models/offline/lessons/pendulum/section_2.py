from manim import *
from teaching_scene import *

SHORT_PIVOT = np.array([1.3, 2.2, 0.0])
LONG_PIVOT = np.array([4.3, 2.2, 0.0])
SWING = 0.3


def swing(pendulum, pivot, swings):
    """So many full swings in the run time of the animation, as a cosine."""
    return Rotate(
        pendulum, -2 * SWING, about_point=pivot, rate_func=lambda t: (1 - np.cos(TAU * swings * t)) / 2
    )


def hanging(pivot, length, radius, color):
    """A pendulum held at its right turning point."""
    end = pivot + length * DOWN
    string = Line(pivot, end, color=INK, stroke_width=5)
    bob = Circle(radius=radius, color=color, fill_opacity=1).move_to(end)
    return VGroup(string, bob).rotate(SWING, about_point=pivot)


class Section2Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "What sets the period",
            [
                "With a heavier bob the period stays the same",
                "Only the string length and gravity set the period",
                "4 times the length doubles the period",
            ],
        )
        ceiling = Line([0.3, 2.2, 0], [5.9, 2.2, 0], color=QUIET, stroke_width=4)
        light = hanging(SHORT_PIVOT, 1.05, 0.16, FIRST)
        heavy = hanging(LONG_PIVOT, 1.05, 0.34, FIRST)
        self.play(FadeIn(ceiling, light, heavy), run_time=0.5)

        self.line(1)
        self.play(swing(light, SHORT_PIVOT, 1), swing(heavy, LONG_PIVOT, 1), run_time=2)

        self.line(2, run_time=0.3)
        long = hanging(LONG_PIVOT, 4.2, 0.16, SECOND)
        self.play(ReplacementTransform(heavy, long), run_time=0.7)

        self.line(3, run_time=0.3)
        self.play(swing(light, SHORT_PIVOT, 2), swing(long, LONG_PIVOT, 1), run_time=4)
        short_note = Text("1 metre: 2 seconds", font_size=26, color=FIRST).move_to([1.8, 0.0, 0])
        long_note = Text("4 metres: 4 seconds", font_size=26, color=SECOND).move_to([4.3, -2.9, 0])
        self.play(FadeIn(short_note, long_note), run_time=0.4)
        self.wait(1.8)
