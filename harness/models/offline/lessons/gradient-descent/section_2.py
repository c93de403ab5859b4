from manim import *
from teaching_scene import *


class Section2Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "One step at a time",
            [
                "Loss x squared: the slope at 4 is 8",
                "The learning rate sets the size of each step",
                "A learning rate of 0.25 leads from 4 to 2",
            ],
        )
        axes = Axes(
            x_range=[0, 5, 1],
            y_range=[0, 18, 4],
            x_length=5.2,
            y_length=3.6,
            tips=False,
        )
        axes.set_color(QUIET).move_to([3.1, 0.75, 0])
        curve = axes.plot(lambda x: x * x, x_range=[0, 4.2], color=INK)
        name = Text("loss = x squared", font_size=26, color=INK).move_to(axes.c2p(1.6, 15.5))
        marks = VGroup(
            *[Text(str(x), font_size=26, color=INK).next_to(axes.c2p(x, 0), DOWN, buff=0.2) for x in range(1, 5)]
        )
        dot = Dot(axes.c2p(4, 16), radius=0.14, color=FIRST)
        tangent = Line(axes.c2p(3.3, 10.4), axes.c2p(4.25, 18), color=SECOND, stroke_width=6)

        self.line(1)
        self.play(Create(axes), FadeIn(marks), Create(curve), FadeIn(name), run_time=1.2)
        slope = Text("slope 8", font_size=26, color=SECOND).next_to(dot, RIGHT, buff=0.2).shift(0.5 * DOWN)
        self.play(FadeIn(dot, scale=0.5), Create(tangent), FadeIn(slope), run_time=0.8)
        self.wait(2.3)

        self.line(2)
        rule = MathTex(r"4 - 0.25 \cdot 8", "=", "4 - 2", "=", "2", color=INK)
        rule.move_to([3, -2.05, 0])
        step = Arrow(axes.c2p(4, 0), axes.c2p(2, 0), buff=0, color=ACCENT, stroke_width=7)
        drop = Line(dot.get_center(), axes.c2p(4, 0), color=FIRST, stroke_width=3)
        self.play(Create(drop), Write(rule[0]), run_time=0.8)
        self.play(GrowArrow(step), Write(rule[1:]), run_time=1)
        self.wait(1.7)

        self.line(3)
        path = axes.plot(lambda x: x * x, x_range=[2, 4]).reverse_points()
        self.play(FadeOut(tangent, slope), MoveAlongPath(dot, path), run_time=1.2)
        landing = Line(dot.get_center(), axes.c2p(2, 0), color=FIRST, stroke_width=3)
        result = Text("The first step goes from 4 to 2", font_size=28, color=GOOD)
        result.move_to([3, -2.9, 0])
        self.play(Create(landing), marks[1].animate.set_color(GOOD), FadeIn(result, shift=0.2 * UP), run_time=0.7)
        self.wait(4.1)
