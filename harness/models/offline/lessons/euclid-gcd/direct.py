from manim import *


class DirectScene(Scene):
    def construct(self):
        title = Text("Euclid's algorithm", font_size=44)
        title.to_edge(UP)
        self.play(Write(title))

        question = Text("Two numbers: 48 and 18. Their largest common measure?", font_size=30)
        question.next_to(title, DOWN, buff=0.5)
        self.play(FadeIn(question))
        self.wait(1)

        lines = VGroup(
            MathTex("48 = 2 \\cdot 18 + 12"),
            MathTex("18 = 1 \\cdot 12 + 6"),
            MathTex("12 = 2 \\cdot 6 + 0"),
        ).arrange(DOWN, buff=0.4)
        lines.next_to(question, DOWN, buff=0.5)
        for line in lines:
            self.play(Write(line), run_time=1)
            self.wait(0.5)

        box = SurroundingRectangle(lines[1], color=YELLOW)
        self.play(Create(box))
        answer = Text("The greatest common divisor of 48 and 18 is 6", font_size=30, color=GREEN)
        answer.next_to(lines, DOWN, buff=0.5)
        self.play(FadeIn(answer))
        self.wait(2)
        rule = Text("Replace the larger number by the remainder until it is 0", font_size=28, color=BLUE)
        rule.next_to(answer, DOWN, buff=0.3)
        self.play(FadeIn(rule))
        self.wait(3)
