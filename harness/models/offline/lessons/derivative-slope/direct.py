from manim import *


class DirectScene(Scene):
    def construct(self):
        title = Text("The Derivative as a Slope", font_size=44).to_edge(UP)
        self.play(Write(title))

        axes = Axes(x_range=[-1, 4, 1], y_range=[-1, 10, 2], x_length=6, y_length=5).shift(LEFT * 3 + DOWN * 0.5)
        labels = axes.get_axis_labels(x_label="x", y_label="f(x)")
        graph = axes.plot(lambda x: x**2, x_range=[-1, 3.1], color=BLUE)
        self.play(Create(axes), Write(labels))
        self.play(Create(graph), run_time=1.5)

        h = ValueTracker(2)
        p = Dot(axes.c2p(1, 1), color=YELLOW)
        q = always_redraw(lambda: Dot(axes.i2gp(1 + h.get_value(), graph), color=YELLOW))
        secant = always_redraw(
            lambda: Line(axes.c2p(1, 1), axes.i2gp(1 + h.get_value(), graph), color=RED).scale(1.5)
        )
        text = Text("A secant meets the curve at 2 points", font_size=28).shift(RIGHT * 3.5 + UP * 2)
        self.play(FadeIn(p), FadeIn(q), Create(secant), FadeIn(text))
        self.wait(1)

        self.play(h.animate.set_value(0.05), run_time=3)
        text2 = Text("The secant becomes the tangent", font_size=28).next_to(text, DOWN, buff=0.4)
        self.play(FadeIn(text2))
        self.wait(1)

        quotient = MathTex(r"\frac{f(x+h) - f(x)}{h}").next_to(text2, DOWN, buff=0.6)
        self.play(Write(quotient))
        derivative = MathTex(r"f'(x) = \lim_{h \to 0} \frac{f(x+h) - f(x)}{h} = 2x", font_size=38)
        derivative.move_to(quotient)
        self.play(TransformMatchingStrings(quotient, derivative))
        self.wait(1)
        rule = Text("The derivative of x squared is 2x", font_size=28, color=GREEN).next_to(derivative, DOWN, buff=0.6)
        self.play(FadeIn(rule))
        self.wait(3)
