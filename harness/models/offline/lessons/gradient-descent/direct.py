from manim import *


class DirectScene(Scene):
    def construct(self):
        title = Text("Gradient descent", font_size=44)
        title.to_edge(UP)
        self.play(Write(title))

        axes = Axes(x_range=[-5, 5, 1], y_range=[0, 20, 5], x_length=6, y_length=4)
        axes.to_edge(LEFT).shift(0.5 * DOWN)
        curve = axes.plot(lambda x: x**2, x_range=[-4.3, 4.3], color=BLUE)
        self.play(Create(axes), Create(curve), run_time=2)

        notes = VGroup(
            Text("The gradient points steepest uphill", font_size=26, color=RED),
            Text("Each step goes against the gradient", font_size=26, color=GREEN),
            Text("The learning rate sets the size of each step", font_size=26, color=YELLOW),
        ).arrange(DOWN, buff=0.5, aligned_edge=LEFT)
        notes.to_edge(RIGHT).shift(UP)

        x = ValueTracker(4)
        dot = Dot(color=YELLOW).add_updater(lambda d: d.move_to(axes.c2p(x.get_value(), x.get_value() ** 2)))
        self.play(FadeIn(dot), FadeIn(notes[0]))
        self.wait(1)
        self.play(FadeIn(notes[1]))
        for value in [2, 1, 0.5]:
            self.play(x.animate.set_value(value), run_time=0.8)
            self.wait(0.3)
        self.play(FadeIn(notes[2]))
        rule = MathTex(r"x_{n+1} = x_n - \eta \, \nabla L(x_n)").next_to(notes, DOWN, buff=0.8)
        self.play(Write(rule))
        self.wait(2)

        self.play(x.animate.set_value(0), run_time=1)
        bottom = Text("At the bottom the gradient is zero", font_size=26, color=GREEN)
        bottom.next_to(rule, DOWN, buff=0.6)
        flat = axes.get_tangent_line(0, curve, length=3, color=GREEN)
        self.play(Create(flat), FadeIn(bottom))
        self.wait(3)
