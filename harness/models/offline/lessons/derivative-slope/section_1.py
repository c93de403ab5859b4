from manim import *
from teaching_scene import *


def stairs(axes, x, run, slope):
    """The run and the rise of a line through the point above `x`, as two sides of a triangle."""
    y = slope * x
    corner = axes.c2p(x + run, y)
    run_side = Line(axes.c2p(x, y), corner, color=ACCENT, stroke_width=5)
    rise_side = Line(corner, axes.c2p(x + run, y + slope * run), color=SECOND, stroke_width=5)
    return VGroup(run_side, rise_side)


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "How steep is a line?",
            [
                "Slope is rise over run",
                "A line has just one slope",
                "A curve changes its slope",
            ],
        )
        axes = Axes(
            x_range=[0, 3.2],
            y_range=[0, 6.4],
            x_length=5,
            y_length=4.4,
            tips=False,
            axis_config={"color": QUIET, "include_ticks": False},
        )
        axes.move_to([3, 0.1, 0])
        line = axes.plot(lambda x: 2 * x, x_range=[0, 3.1], color=FIRST)
        self.play(Create(axes), Create(line), run_time=1.2)

        self.line(1)
        steps = stairs(axes, 0.5, 1, 2)
        run_word = Text("run 1", font_size=26, color=ACCENT).next_to(steps[0], DOWN, buff=0.15)
        rise_word = Text("rise 2", font_size=26, color=SECOND).next_to(steps[1], RIGHT, buff=0.15)
        self.play(Create(steps[0]), FadeIn(run_word), run_time=0.8)
        self.play(Create(steps[1]), FadeIn(rise_word), run_time=0.8)
        result = Text("Rise 2 over run 1: slope 2", font_size=26, color=GOOD).move_to([3, -2.8, 0])
        self.play(FadeIn(result), run_time=0.5)
        self.wait(1.9)

        self.line(2)
        moved = axes.c2p(2, 4) - axes.c2p(0.5, 1)
        for way in (1, -1):
            self.play(VGroup(steps, run_word, rise_word).animate.shift(way * moved), run_time=1.1)
        self.wait(0.9)

        self.line(3)
        curve = axes.plot(lambda x: 0.62 * x**2, x_range=[0, 3.1], color=FIRST)
        self.play(FadeOut(steps, run_word, rise_word, result), Transform(line, curve), run_time=0.8)
        x = ValueTracker(0.3)
        stick = Line(LEFT, RIGHT, color=ACCENT, stroke_width=6)
        dot = Dot(color=ACCENT)

        def touch(group):
            at = x.get_value()
            tip = axes.c2p(at + 1, 0.62 * at**2 + 1.24 * at) - axes.c2p(at, 0.62 * at**2)
            half = 1.1 * tip / np.linalg.norm(tip)
            group[0].put_start_and_end_on(-half, half).shift(axes.c2p(at, 0.62 * at**2))
            group[1].move_to(axes.c2p(at, 0.62 * at**2))

        toucher = VGroup(stick, dot).add_updater(touch)
        self.add(toucher)
        self.play(x.animate.set_value(2.7), run_time=2.2)
        toucher.clear_updaters()
        question = Text("Which slope has one single point?", font_size=26, color=GOOD).move_to([3, -2.8, 0])
        self.play(FadeIn(question), run_time=0.5)
        self.wait(2.1)
