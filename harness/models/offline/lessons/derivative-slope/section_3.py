from manim import *
from teaching_scene import *


def plane(y_range, height, center):
    axes = Axes(
        x_range=[-3.4, 3.4],
        y_range=y_range,
        x_length=5.2,
        y_length=height,
        tips=False,
        axis_config={"color": QUIET, "include_ticks": False},
    )
    return axes.shift(center)


class Section3Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "All the slopes together",
            [
                "All slopes: the derivative",
                "x squared: derivative 2x",
                "At x = 3: slope 6",
            ],
        )
        above = plane([0, 10], 2.1, np.array([3, 1.5, 0]))
        below = plane([-7, 7], 2.1, np.array([3, -1.2, 0]))
        curve = above.plot(lambda x: x**2, x_range=[-3.1, 3.1], color=FIRST)
        name = MathTex("f(x) = x^2", font_size=34, color=FIRST).move_to([4.0, 2.4, 0])
        self.play(Create(above), Create(curve), FadeIn(below, name), run_time=1.2)

        self.line(1)
        x = ValueTracker(-3)
        stick = Line(LEFT, RIGHT, color=ACCENT, stroke_width=6)
        touching, slope_dot = Dot(color=ACCENT, radius=0.07), Dot(color=GOOD, radius=0.07)
        plumb = Line(UP, DOWN, color=QUIET, stroke_width=2)

        def follow(group):
            at = x.get_value()
            point, shadow = above.c2p(at, at**2), below.c2p(at, 2 * at)
            tip = above.c2p(at + 1, at**2 + 2 * at) - point
            half = 0.6 * tip / np.linalg.norm(tip)
            stick.put_start_and_end_on(point - half, point + half)
            touching.move_to(point)
            slope_dot.move_to(shadow)
            plumb.put_start_and_end_on(point, shadow)

        marker = VGroup(plumb, stick, touching, slope_dot)
        follow(marker)
        self.play(FadeIn(marker), run_time=0.4)
        marker.add_updater(follow)
        trace = below.plot(lambda at: 2 * at, x_range=[-3, 3], color=GOOD)
        self.play(x.animate.set_value(3), Create(trace), rate_func=linear, run_time=4)
        marker.clear_updaters()

        self.line(2)
        formula = MathTex("f'(x) = 2x", font_size=40, color=GOOD).move_to([1.5, -0.5, 0])
        self.play(Write(formula), run_time=0.8)
        words = Text("The derivative of x squared is 2x", font_size=25, color=GOOD).move_to([3, -2.7, 0])
        self.play(FadeIn(words), run_time=0.4)
        self.wait(2.4)

        self.line(3)
        six = Text("6", font_size=28, color=GOOD).next_to(slope_dot, RIGHT, buff=0.15)
        steep = Text("At x = 3 the slope is 6", font_size=25, color=GOOD).move_to([3, -3.15, 0])
        self.play(Indicate(slope_dot, scale_factor=1.8, color=GOOD), FadeIn(six), run_time=0.8)
        self.play(FadeIn(steep), run_time=0.4)
        self.wait(3.4)
