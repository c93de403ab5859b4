from manim import *
from teaching_scene import *


def valley(centre_y):
    """Axes with the loss x squared, drawn in a strip around the height `centre_y`."""
    axes = Axes(x_range=[-4, 4], y_range=[0, 16], x_length=4.8, y_length=1.7, tips=False)
    axes.move_to([3, centre_y, 0])
    return axes, axes.plot(lambda x: x * x, x_range=[-4, 4], color=INK)


class Section3Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Too small, too large",
            [
                "The learning rate can be too small or too large",
                "Learning rate too small: progress is slow",
                "Learning rate too large: steps jump over the valley",
            ],
        )
        upper, slow_curve = valley(1.75)
        lower, wild_curve = valley(-1.15)
        slow = Dot(upper.c2p(-3.6, 3.6**2), radius=0.12, color=FIRST)
        wild = Dot(lower.c2p(-1.5, 1.5**2), radius=0.12, color=SECOND)
        bottom = Dot(lower.c2p(0, 0), radius=0.1, color=QUIET)

        def light_up_when_passed(mark):
            if abs(wild.get_x() - mark.get_x()) < 0.7:
                mark.set_color(GOOD)
            else:
                mark.set_color(QUIET)

        self.line(1)
        self.play(Create(slow_curve), Create(wild_curve), run_time=1.2)
        self.play(FadeIn(slow, scale=0.5), FadeIn(wild, scale=0.5), FadeIn(bottom), run_time=0.5)

        self.line(2)
        x = -3.6
        for _ in range(5):
            x = x * 0.94
            self.add(slow.copy().set_opacity(0.4))
            self.play(slow.animate.move_to(upper.c2p(x, x * x)), run_time=0.4)
        small = Text("too small: progress is slow", font_size=26, color=FIRST).move_to([3, 0.5, 0])
        self.play(FadeIn(small, shift=0.2 * UP), run_time=0.5)
        self.wait(2.2)

        self.line(3)
        bottom.add_updater(light_up_when_passed)
        x = -1.5
        for _ in range(4):
            start = lower.c2p(x, x * x)
            x = -1.27 * x
            end = lower.c2p(x, x * x)
            jump = Arrow(start, end, buff=0.1, color=SECOND, stroke_width=4, max_tip_length_to_length_ratio=0.12)
            self.add(Dot(start, radius=0.12, color=SECOND, fill_opacity=0.4))
            self.play(GrowArrow(jump), wild.animate.move_to(end), run_time=0.6)
        bottom.clear_updaters()
        large = VGroup(
            Text("too large a learning rate:", font_size=26, color=SECOND),
            Text("steps jump over the valley", font_size=26, color=SECOND),
        )
        large.arrange(DOWN, buff=0.12).move_to([3, -2.75, 0])
        self.play(FadeIn(large, shift=0.2 * UP), run_time=0.6)
        self.wait(4.4)
