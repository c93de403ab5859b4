from manim import *
from teaching_scene import *


def height(x):
    return x**3 / 3 - x


def steepness(x):
    return x**2 - 1


def caption(words, color):
    return Text(words, font_size=25, color=color).move_to([3, -2.7, 0])


class Section4Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "What the sign tells",
            [
                "Positive: the curve rises",
                "Negative: the curve falls",
                "At a peak the derivative is zero",
            ],
        )
        axes = Axes(
            x_range=[-2.3, 2.3],
            y_range=[-1.6, 1.6],
            x_length=5.4,
            y_length=3.8,
            tips=False,
            axis_config={"color": QUIET, "include_ticks": False},
        )
        axes.move_to([3, 0.3, 0])
        curve = axes.plot(height, x_range=[-2.2, 2.2], color=FIRST)
        self.play(Create(axes), Create(curve), run_time=1)

        x = ValueTracker(-2)
        stick = Line(LEFT, RIGHT, color=GOOD, stroke_width=7)
        dot = Dot(color=INK)

        def follow(group):
            at = x.get_value()
            slope, point = steepness(at), axes.c2p(at, height(at))
            tip = axes.c2p(at + 1, height(at) + slope) - point
            half = 0.8 * tip / np.linalg.norm(tip)
            group[0].put_start_and_end_on(point - half, point + half)
            group[0].set_color(GOOD if slope > 0.1 else SECOND if slope < -0.1 else ACCENT)
            group[1].move_to(point)

        tangent = VGroup(stick, dot)
        follow(tangent)
        self.play(FadeIn(tangent), run_time=0.4)
        tangent.add_updater(follow)

        self.line(1)
        self.play(x.animate.set_value(-1), run_time=2)
        rises = Text("rises", font_size=28, color=GOOD).move_to(axes.c2p(-1.25, -0.35))
        first = caption("Positive derivative: the curve rises", GOOD)
        self.play(FadeIn(rises, first), run_time=0.4)
        self.wait(1.3)

        self.line(2)
        self.play(FadeOut(first), run_time=0.3)
        self.play(x.animate.set_value(1), run_time=2.2)
        falls = Text("falls", font_size=28, color=SECOND).move_to(axes.c2p(0.55, 0.45))
        second = caption("Negative derivative: the curve falls", SECOND)
        self.play(FadeIn(falls, second), run_time=0.4)
        self.wait(1.5)
        tangent.clear_updaters()

        self.line(3)
        flat = VGroup(
            *[
                Line(axes.c2p(at, height(at)) + 0.8 * LEFT, axes.c2p(at, height(at)) + 0.8 * RIGHT)
                for at in (-1, 1)
            ]
        )
        flat.set_stroke(ACCENT, 7)
        spots = VGroup(*[Dot(axes.c2p(at, height(at)), color=INK) for at in (-1, 1)])
        zeros = VGroup(
            Text("peak: zero", font_size=26, color=ACCENT).next_to(flat[0], UP, buff=0.2),
            Text("valley: zero", font_size=26, color=ACCENT).next_to(flat[1], DOWN, buff=0.2),
        )
        self.play(FadeIn(flat, spots), FadeIn(zeros), FadeOut(second), run_time=0.7)
        result = caption("Derivative zero: the tangent is level", ACCENT)
        self.play(FadeIn(result), run_time=0.5)
        self.wait(3.2)
