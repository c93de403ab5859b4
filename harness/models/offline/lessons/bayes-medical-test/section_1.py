from manim import *
from teaching_scene import *

ILL = [37, 142, 218, 303, 391, 466, 574, 629, 755, 861]
SPOTS = [np.array([0.18 + 0.115 * (i % 50), 2.2 - 0.115 * (i // 50), 0.0]) for i in range(1000)]


def swarm(spots, color):
    """Many dots as one object: 1000 separate ones would be slow to draw."""
    shape = Circle(radius=0.042, num_components=5).points
    dots = VMobject().set_fill(color, 1).set_stroke(width=0)
    dots.set_points(np.concatenate([shape + spot for spot in spots]))
    return dots


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "A rare illness",
            [
                "1000 people, one dot each",
                "10 of 1000 people are ill",
                "Base rate of illness: 1 percent",
            ],
        )
        healthy = VGroup(
            *[
                swarm([SPOTS[i] for i in range(start, start + 100) if i not in ILL], INK)
                for start in range(0, 1000, 100)
            ]
        )
        ill = VGroup(*[Dot(SPOTS[i], radius=0.042, color=INK) for i in ILL])
        self.line(1)
        self.play(LaggedStart(*[FadeIn(rows) for rows in healthy], lag_ratio=0.2), FadeIn(ill), run_time=1.6)
        self.wait(1.4)

        self.line(2)
        self.play(ill.animate.set_color(SECOND), healthy.animate.set_color(FIRST), run_time=0.8)
        self.play(*[dot.animate.scale(2.4) for dot in ill], run_time=0.7)
        self.wait(1.2)
        places = [np.array([0.5 + 0.36 * i, -0.95, 0.0]) for i in range(10)]
        moves = []
        for dot, place in zip(ill, places):
            moves.append(dot.animate.scale(1.3).move_to(place))
        self.play(LaggedStart(*moves, lag_ratio=0.12), run_time=1.8)
        ill_name = Text("10 are ill", font_size=26, color=SECOND).move_to([4.95, -0.95, 0])
        healthy_name = Text("990 people are healthy", font_size=26, color=FIRST).move_to([3, -1.7, 0])
        self.play(FadeIn(ill_name, healthy_name), run_time=0.5)
        self.wait(1.2)

        self.line(3)
        rate = MathTex(r"\frac{10}{1000} = 1\,\%", color=INK).move_to([3, -2.75, 0])
        self.play(Write(rate), run_time=1)
        self.wait(3.6)
