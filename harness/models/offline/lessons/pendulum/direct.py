from manim import *


class DirectScene(Scene):
    def construct(self):
        title = Text("The Pendulum and Its Period", font_size=44).to_edge(UP)
        self.play(Write(title))

        pivot = LEFT * 3 + UP * 2
        length = 3.5
        max_angle = 0.5
        angle = ValueTracker(max_angle)

        def bob_position():
            return pivot + length * (np.sin(angle.get_value()) * RIGHT + np.cos(angle.get_value()) * DOWN)

        ceiling = Line(pivot + LEFT, pivot + RIGHT, color=GRAY)
        rod = always_redraw(lambda: Line(pivot, bob_position(), color=WHITE))
        bob = always_redraw(lambda: Dot(bob_position(), radius=0.25, color=BLUE))
        self.play(Create(ceiling), Create(rod), FadeIn(bob))

        # Highlight the angle of the swing
        sector = Sector(
            outer_radius=1.2,
            start_angle=-PI / 2,
            angle=max_angle,
            color=YELLOW,
            fill_opacity=0.4,
        ).shift(pivot)
        theta = MathTex(r"\theta").next_to(sector, DOWN)
        self.play(FadeIn(sector), Write(theta))
        self.wait()

        formula = MathTex(r"T = 2\pi \sqrt{\frac{L}{g}}", font_size=60).shift(RIGHT * 3 + UP)
        self.play(Write(formula))
        facts = VGroup(
            Text("Longer string: longer period", font_size=28),
            Text("The mass does not matter", font_size=28),
            Text("1 metre takes about 2 seconds", font_size=28),
        ).arrange(DOWN, aligned_edge=LEFT).next_to(formula, DOWN, buff=0.6)

        for fact in facts:
            self.play(FadeIn(fact))
            for target in (-max_angle, max_angle):
                self.play(angle.animate.set_value(target), run_time=1)
        self.wait(2)
