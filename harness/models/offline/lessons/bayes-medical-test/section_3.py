from manim import *
from teaching_scene import *

GRID = [np.array([0.525 + 0.45 * (i // 9), 2.2 - 0.27 * (i % 9), 0.0]) for i in range(108)]


class Section3Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Who is behind a positive test?",
            [
                "9 + 99 = 108 positive tests",
                "Most positive tests: the healthy",
                "A positive test: 1 in 12 is ill",
            ],
        )
        chance = np.random.RandomState(5)
        scattered = [np.array([chance.uniform(0.2, 5.8), chance.uniform(-1.8, 1.3), 0.0]) for _ in range(99)]
        ill = VGroup(*[Dot([0.5 + 0.5 * i, 2.1, 0], radius=0.1, color=SECOND) for i in range(9)])
        healthy = VGroup(*[Dot(spot, radius=0.1, color=FIRST) for spot in scattered])
        self.play(FadeIn(ill, healthy), run_time=0.6)

        self.line(1)
        self.wait(0.8)
        self.play(*[dot.animate.move_to(spot) for dot, spot in zip([*ill, *healthy], GRID)], run_time=2)
        frame = RoundedRectangle(width=5.75, height=2.75, corner_radius=0.15, color=ACCENT)
        frame.move_to([3, 1.12, 0])
        count = Text("108 people test positive", font_size=26, color=ACCENT).next_to(frame, DOWN, buff=0.15)
        self.play(Create(frame), FadeIn(count), run_time=0.8)
        self.wait(1.4)

        self.line(2)
        self.play(healthy.animate.set_opacity(0.35), run_time=0.4)
        self.play(healthy.animate.set_opacity(1), run_time=0.6)
        self.wait(1.7)

        self.line(3)
        column = SurroundingRectangle(ill, color=SECOND, buff=0.07)
        formula = MathTex(r"P(\text{ill} \mid +) = \frac{9}{9 + 99} = \frac{1}{12}", color=INK)
        formula.move_to([3, -1.75, 0])
        self.play(Create(column), run_time=0.6)
        self.play(Write(formula), run_time=1.2)
        percent = Text("1 in 12 is about 8 percent", font_size=28, color=GOOD).move_to([3, -2.8, 0])
        self.play(FadeIn(percent, shift=0.2 * UP), run_time=0.5)
        self.wait(3.2)
