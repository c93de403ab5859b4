from manim import *
from teaching_scene import *


class Section5Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "A curve that hardly rises",
            [
                "Linear search grows like n",
                "Binary search grows like log n",
                "64 items: 64 looks against 7",
            ],
        )
        axes = Axes(
            x_range=[0, 70, 10],
            y_range=[0, 70, 10],
            x_length=5,
            y_length=4,
            tips=False,
            axis_config={"color": QUIET, "include_ticks": False},
        )
        axes.shift(axes.c2p(0, 0) * -1 + np.array([0.7, -2.1, 0]))
        across = Text("items n", font_size=26, color=QUIET).move_to([3.2, -2.36, 0])
        up = Text("comparisons", font_size=26, color=QUIET).move_to([1.4, 2.15, 0])
        self.play(Create(axes), FadeIn(across, up), run_time=0.8)

        self.line(1)
        line = axes.plot(lambda n: n, x_range=[1, 64], color=SECOND)
        line_name = Text("linear: n", font_size=26, color=SECOND).move_to([2.2, 0.7, 0])
        self.play(Create(line), run_time=1.2)
        self.play(FadeIn(line_name), run_time=0.4)
        self.wait(1.3)

        self.line(2)
        curve = axes.plot(lambda n: np.log2(n) + 1, x_range=[1, 64], color=FIRST)
        curve_name = Text("binary: log n", font_size=26, color=FIRST).move_to([3.6, -1.15, 0])
        self.play(Create(curve), run_time=1.2)
        self.play(FadeIn(curve_name), run_time=0.4)
        self.wait(1.3)

        self.line(3)
        n = ValueTracker(1)
        reach = Line(UP, DOWN, color=ACCENT, stroke_width=3)
        dots = VGroup(Dot(color=SECOND), Dot(color=FIRST), reach.set_z_index(-1))

        def follow(_):
            x = n.get_value()
            dots[0].move_to(axes.c2p(x, x))
            dots[1].move_to(axes.c2p(x, np.log2(x) + 1))
            reach.put_start_and_end_on(axes.c2p(x, 0), axes.c2p(x, x))

        dots.add_updater(follow)
        self.add(dots)
        self.play(n.animate.set_value(64), run_time=3)
        dots.clear_updaters()
        numbers = VGroup(
            Text("64", font_size=28, color=SECOND).next_to(dots[0], UP, buff=0.12),
            Text("7", font_size=28, color=FIRST).next_to(dots[1], RIGHT, buff=0.15),
        )
        result = Text("Time of binary search: log n", font_size=26, color=GOOD).move_to([3, -3.0, 0])
        self.play(FadeIn(numbers), run_time=0.4)
        self.play(FadeIn(result), run_time=0.4)
        self.wait(3.3)
