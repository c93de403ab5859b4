from manim import *
from teaching_scene import *


class Section2Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "From secant to tangent",
            [
                "A secant joins 2 points",
                "Move the second point closer",
                "The secant becomes a tangent",
            ],
        )
        axes = Axes(
            x_range=[0, 3.6, 1],
            y_range=[0, 10, 10],
            x_length=5,
            y_length=4.2,
            tips=False,
            axis_config={"color": QUIET, "tick_size": 0.06},
        )
        axes.move_to([3, 0.3, 0])
        marks = VGroup(
            *[Text(f"{x}", font_size=24, color=QUIET).next_to(axes.c2p(x, 0), DOWN, buff=0.15) for x in (1, 3)]
        )
        curve = axes.plot(lambda x: x**2, x_range=[0, 3.15], color=FIRST)
        name = MathTex("y = x^2", font_size=40, color=FIRST).move_to([1.5, 2.0, 0])
        self.play(Create(axes), FadeIn(marks), Create(curve), FadeIn(name), run_time=1.2)

        self.line(1)
        h = ValueTracker(2)
        secant = Line(LEFT, RIGHT, color=SECOND, stroke_width=5)
        fixed = Dot(axes.c2p(1, 1), color=ACCENT).set_z_index(1)
        other = Dot(color=ACCENT).set_z_index(1)

        def through(group):
            slope, end = 2 + h.get_value(), 1 + h.get_value()
            group[0].put_start_and_end_on(axes.c2p(0.5, 1 - slope / 2), axes.c2p(3.3, 1 + 2.3 * slope))
            group[1].move_to(axes.c2p(end, end**2))

        moving = VGroup(secant, other)
        through(moving)
        self.play(Create(secant), FadeIn(fixed, other), run_time=0.8)
        first = Text("From 1 to 3 the secant has slope 4", font_size=25, color=SECOND).move_to([3, -2.9, 0])
        self.play(FadeIn(first), run_time=0.5)
        self.wait(2.6)

        self.line(2)
        word = Text("slope", font_size=28, color=SECOND).move_to([1.2, 1.3, 0])
        value = DecimalNumber(
            4,
            num_decimal_places=1,
            mob_class=Text,
            font_size=28,
            color=SECOND,
            digit_buff_per_font_unit=0.0025,
        )
        value.next_to(word, RIGHT, buff=0.2).shift(0.05 * UP)
        value.add_updater(lambda number: number.set_value(2 + h.get_value()))
        moving.add_updater(through)
        self.add(word, value, moving)
        self.play(FadeOut(first), h.animate.set_value(1), run_time=1.4)
        self.play(h.animate.set_value(0), run_time=2.4)
        for mobject in (value, moving):
            mobject.clear_updaters()

        self.line(3)
        self.play(VGroup(word, value, secant).animate.set_color(GOOD), FadeOut(other), run_time=0.6)
        last = Text("At x = 1 the tangent has slope 2", font_size=25, color=GOOD).move_to([3, -2.9, 0])
        self.play(FadeIn(last), Indicate(fixed, scale_factor=1.6, color=ACCENT), run_time=0.9)
        self.wait(3.4)
