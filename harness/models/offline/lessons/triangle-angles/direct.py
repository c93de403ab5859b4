from manim import *


class DirectScene(Scene):
    def construct(self):
        title = Text("Why the angles of a triangle add to 180 degrees", font_size=34)
        title.to_edge(UP)
        self.play(Write(title), run_time=1.5)

        a, b, c = [-3, -1.5, 0], [3, -1.5, 0], [-1, 1.5, 0]
        triangle = Polygon(a, b, c, color=WHITE)
        names = VGroup(
            MathTex(r"\alpha", color=BLUE).move_to([-2.2, -1.15, 0]),
            MathTex(r"\beta", color=RED).move_to([1.8, -1.2, 0]),
            MathTex(r"\gamma", color=YELLOW).move_to([-0.9, 0.8, 0]),
        )
        self.play(Create(triangle), run_time=1.5)
        self.play(Write(names), run_time=1.5)
        self.wait(1)

        parallel = DashedLine([-5, 1.5, 0], [5, 1.5, 0], color=GREEN)
        label = Text("A parallel to the base through the top corner", font_size=26, color=GREEN)
        label.next_to(parallel, UP, buff=0.15)
        self.play(Create(parallel), FadeIn(label), run_time=1.5)
        self.wait(1.5)

        left = names[0].copy()
        right = names[1].copy()
        self.play(left.animate.move_to([-1.9, 1.2, 0]), run_time=1.2)
        self.play(right.animate.move_to([0.1, 1.2, 0]), run_time=1.2)
        reason = Text("Alternate angles are equal at parallel lines", font_size=26)
        reason.to_edge(DOWN, buff=1.1)
        self.play(FadeIn(reason), run_time=0.8)
        self.wait(2)

        formula = MathTex(r"\alpha + \beta + \gamma = 180^\circ", font_size=44, color=YELLOW)
        formula.to_edge(DOWN, buff=0.4)
        self.play(Write(formula), run_time=1.2)
        self.wait(2)

        self.play(FadeOut(reason), FadeOut(formula), run_time=0.6)
        example = Text("Angles 50 and 60 degrees: the third is 70 degrees", font_size=28)
        example.to_edge(DOWN, buff=1.1)
        special = Text("Equilateral triangle: each angle is 60 degrees", font_size=28)
        special.next_to(example, DOWN, buff=0.2)
        self.play(Write(example), run_time=1.2)
        self.play(Write(special), run_time=1.2)
        self.wait(3)
