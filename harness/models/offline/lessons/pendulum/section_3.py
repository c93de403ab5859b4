from manim import *
from teaching_scene import *

EARTH_PIVOT = np.array([1.5, 0.2, 0.0])
MOON_PIVOT = np.array([4.5, 0.2, 0.0])
SWING = 0.35


def swings(number):
    """The rate of so many full swings: a cosine from one turning point."""
    return lambda t: (1 - np.cos(TAU * number * t)) / 2


def hanging(pivot, color):
    """A pendulum held at its right turning point, under a short beam."""
    end = pivot + 2 * DOWN
    string = Line(pivot, end, color=INK, stroke_width=5)
    bob = Circle(radius=0.22, color=color, fill_opacity=1).move_to(end)
    return VGroup(string, bob).rotate(SWING, about_point=pivot)


class Section3Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "The formula",
            [
                "L is the length, g is gravity",
                "The formula is good for small angles",
                "On the Moon it swings more slowly",
            ],
        )
        self.line(1, run_time=0.3)
        formula = MathTex("T", "=", "2\\pi", "\\sqrt{L \\over g}", font_size=52, color=INK)
        self.play(Write(formula.move_to([3, 1.7, 0])), run_time=1)

        self.line(2, run_time=0.3)
        beams = VGroup(*[Line(p + 0.8 * LEFT, p + 0.8 * RIGHT, color=QUIET) for p in (EARTH_PIVOT, MOON_PIVOT)])
        earth, moon = hanging(EARTH_PIVOT, FIRST), hanging(MOON_PIVOT, SECOND)
        names = VGroup(
            Text("Earth: 2 seconds", font_size=26, color=FIRST).move_to([1.4, -2.4, 0]),
            Text("Moon: 5 seconds", font_size=26, color=SECOND).move_to([4.6, -2.9, 0]),
        )
        self.play(FadeIn(beams, earth, moon), run_time=0.6)

        self.line(3, run_time=0.3)
        earth_swing = Rotate(earth, -2 * SWING, about_point=EARTH_PIVOT, rate_func=swings(2.5))
        moon_swing = Rotate(moon, -2 * SWING, about_point=MOON_PIVOT, rate_func=swings(1))
        self.play(earth_swing, moon_swing, run_time=5)
        self.play(FadeIn(names), run_time=0.5)
        self.wait(2)
