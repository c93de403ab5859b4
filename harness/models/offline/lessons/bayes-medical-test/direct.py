from manim import *


class DirectScene(Scene):
    def construct(self):
        title = Text("Bayes' rule and a medical test", font_size=40).to_edge(UP)
        self.play(Write(title), run_time=1.2)

        prior = Text("The base rate of the illness is 1 percent", font_size=28).next_to(title, DOWN, buff=0.4)
        self.play(FadeIn(prior), run_time=0.7)
        square = Square(side_length=3.6, color=WHITE).move_to([-3.6, -1, 0])
        strip = Rectangle(width=0.25, height=3.6, color=RED, fill_opacity=0.8, stroke_width=0)
        strip.align_to(square, LEFT).align_to(square, DOWN)
        rest = Rectangle(width=3.35, height=3.6, color=BLUE, fill_opacity=0.3, stroke_width=0)
        rest.next_to(strip, RIGHT, buff=0)
        self.play(Create(square), run_time=0.8)
        self.play(GrowFromEdge(strip, DOWN), FadeIn(rest), run_time=1)
        names = VGroup(
            Text("ill", font_size=24, color=RED).next_to(strip, UP, buff=0.1),
            Text("healthy", font_size=24, color=BLUE).next_to(rest, UP, buff=0.1),
        )
        self.play(FadeIn(names), run_time=0.5)
        self.wait(1.5)

        facts = VGroup(
            Text("9 of 10 ill people test positive", font_size=26, color=RED),
            Text("99 of 990 healthy people test positive", font_size=26, color=BLUE),
        )
        facts.arrange(DOWN, aligned_edge=LEFT, buff=0.35).move_to([3, 0.6, 0])
        ill_part = Rectangle(width=0.25, height=3.24, color=YELLOW, fill_opacity=0.9, stroke_width=0)
        ill_part.align_to(strip, LEFT).align_to(square, DOWN)
        healthy_part = Rectangle(width=3.35, height=0.36, color=YELLOW, fill_opacity=0.6, stroke_width=0)
        healthy_part.align_to(rest, LEFT).align_to(square, DOWN)
        self.play(FadeIn(facts[0]), GrowFromEdge(ill_part, DOWN), run_time=1.2)
        self.wait(1.5)
        self.play(FadeIn(facts[1]), GrowFromEdge(healthy_part, LEFT), run_time=1.2)
        self.wait(2)

        rule = MathTex(r"P(I \mid +) = \frac{P(+ \mid I)\,P(I)}{P(+)}", font_size=46).move_to([3, -1.1, 0])
        self.play(Write(rule), run_time=1.8)
        self.wait(1.5)
        numbers = MathTex(r"= \frac{0.9 \cdot 0.01}{0.108} \approx 0.083", font_size=46).move_to([3, -2.4, 0])
        self.play(Write(numbers), run_time=1.5)
        self.wait(1)
        answer = Text("A positive test: only 1 in 12 is ill", font_size=30, color=YELLOW).to_edge(DOWN, buff=0.2)
        self.play(FadeIn(answer), run_time=0.8)
        self.wait(3.5)
