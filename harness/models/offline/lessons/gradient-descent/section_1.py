from manim import *
from teaching_scene import *


def point(x):
    """The place on the curve of the loss above `x`, in the right half of the picture."""
    return np.array([3.1 + x * 0.66, -1.5 + 0.23 * x * x, 0.0])


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Which way is downhill?",
            [
                "The gradient of the loss points steepest uphill",
                "To lower the loss, step against the gradient",
                "At the bottom of the valley the gradient is zero",
            ],
        )
        ground = Line([0.3, -1.5, 0], [5.9, -1.5, 0], color=QUIET, stroke_width=3)
        curve = ParametricFunction(point, t_range=[-4.1, 4.1, 0.2], color=INK)
        height = Text("the loss", font_size=26, color=INK).move_to([1.9, 2.2, 0])

        place = ValueTracker(2.9)
        dot = Dot(radius=0.14, color=FIRST)
        dot.add_updater(lambda d: d.move_to(point(place.get_value())))
        gradient = Arrow(buff=0, color=SECOND, stroke_width=7, max_tip_length_to_length_ratio=0.3)

        def point_uphill(arrow):
            x = place.get_value()
            tangent = point(x + 0.05) - point(x)
            length = max(0.45 * x, 0.02)
            arrow.put_start_and_end_on(point(x), point(x) + length * tangent / np.linalg.norm(tangent))

        self.line(1)
        self.play(Create(ground), FadeIn(height), Create(curve), run_time=1.2)
        self.play(FadeIn(dot, scale=0.5), run_time=0.4)
        point_uphill(gradient)
        name = Text("gradient", font_size=26, color=SECOND).next_to(gradient.get_center(), LEFT, buff=0.45)
        self.play(GrowArrow(gradient), FadeIn(name), run_time=0.8)
        self.wait(2.7)

        self.line(2)
        gradient.add_updater(point_uphill)
        self.add(gradient, dot)
        self.play(FadeOut(name), run_time=0.3)
        for x in [1.9, 1.2, 0.6]:
            trace = dot.copy().clear_updaters().set_opacity(0.4)
            self.add(trace)
            self.play(place.animate.set_value(x), run_time=0.7)
            self.wait(0.2)

        self.line(3)
        gradient.clear_updaters()
        self.play(place.animate.set_value(0), FadeOut(gradient), run_time=0.8)
        result = VGroup(
            Text("The gradient at the bottom", font_size=28, color=GOOD),
            Text("of the valley is zero", font_size=28, color=GOOD),
        )
        result.arrange(DOWN, buff=0.12).move_to([3, -2.7, 0])
        self.play(FadeIn(result, shift=0.2 * UP), dot.animate.set_color(GOOD), run_time=0.6)
        self.wait(4.2)
