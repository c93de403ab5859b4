from manim import *
from teaching_scene import *


class Section5Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "A slope that you can feel",
            [
                "A car drives faster and faster",
                "Its speed is the slope",
                "Derivative of distance: speed",
            ],
        )
        axes = Axes(
            x_range=[0, 4.3],
            y_range=[0, 17],
            x_length=4.8,
            y_length=3.2,
            tips=False,
            axis_config={"color": QUIET, "include_ticks": False},
        )
        axes.move_to([3.1, 0.6, 0])
        across = Text("time", font_size=26, color=QUIET).next_to(axes.c2p(3.8, 0), DOWN, buff=0.15)
        up = Text("distance", font_size=26, color=QUIET).move_to([1.6, 2.3, 0])
        curve = axes.plot(lambda t: t**2, x_range=[0, 4.1], color=FIRST)
        road = Line([0.3, -2.2, 0], [5.9, -2.2, 0], color=QUIET, stroke_width=4)
        wheels = VGroup(*[Circle(0.1, color=INK, fill_opacity=1).shift(x * RIGHT) for x in (-0.2, 0.2)])
        body = RoundedRectangle(width=0.75, height=0.25, corner_radius=0.1, color=FIRST, fill_opacity=1)
        car = VGroup(body.shift(0.2 * UP), wheels).move_to([0.8, -1.98, 0])
        slope = Line(axes.c2p(0, 0), axes.c2p(1, 0), color=ACCENT, stroke_width=6)
        result = Text("The derivative of distance is speed", font_size=25, color=GOOD).move_to([3, -2.85, 0])
        self.play(FadeIn(axes, across, up, road, car), run_time=0.8)
        self.line(1)
        drive = car.animate(rate_func=lambda t: t**2).shift(4.6 * RIGHT)
        self.play(Create(curve, rate_func=linear), drive, run_time=3)
        self.wait(1.6)
        self.line(2)
        self.play(Create(slope), run_time=0.5)
        for t in (1, 2, 3):
            tangent = Line(axes.c2p(t - 0.6, t**2 - 1.2 * t), axes.c2p(t + 0.6, t**2 + 1.2 * t), color=ACCENT)
            speed = Text(f"t = {t}: speed {2 * t}", font_size=26, color=ACCENT)
            speed.move_to([2.2, 2.0 - 0.45 * t, 0])
            self.play(Transform(slope, tangent.set_stroke(width=6)), run_time=0.8)
            self.play(FadeIn(speed), run_time=0.3)
        self.wait(1)
        self.line(3)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.6)
        self.wait(2.9)
