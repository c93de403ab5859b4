from manim import *


class DirectScene(Scene):
    def construct(self):
        title = Text("Binary Search", font_size=48).to_edge(UP)
        self.play(FadeIn(title))

        values = [2, 5, 8, 12, 16, 23, 38, 42, 56, 72, 91]
        boxes = VGroup()
        for value in values:
            square = Square(side_length=0.9, color=WHITE)
            number = Text(str(value), font_size=28).move_to(square)
            boxes.add(VGroup(square, number))
        boxes.arrange(RIGHT, buff=0.05).shift(UP)
        sorted_note = Text("The list must be sorted", font_size=30, color=YELLOW).next_to(boxes, UP, buff=0.4)
        self.play(FadeIn(boxes), FadeIn(sorted_note))

        target = Text("Target: 42", font_size=32, color=GREEN).next_to(boxes, DOWN, buff=1.2).to_edge(LEFT)
        self.play(FadeIn(target), run_time=0.5)

        low, high = 0, len(values) - 1
        message = Text("Look at the middle item first", font_size=30).shift(DOWN * 0.6 + RIGHT)
        self.play(FadeIn(message), run_time=0.5)
        while low <= high:
            middle = (low + high) // 2
            arrow = Arrow(DOWN, UP, color=RED, buff=0).scale(0.4).next_to(boxes[middle], DOWN, buff=0.1)
            self.play(GrowArrow(arrow), boxes[middle][0].animate.set_color(RED), run_time=0.4)
            if values[middle] == 42:
                break
            if values[middle] < 42:
                text, gone = f"{values[middle]} is too small: keep the right half", range(low, middle + 1)
                low = middle + 1
            else:
                text, gone = f"{values[middle]} is too large: keep the left half", range(middle, high + 1)
                high = middle - 1
            said = Text(text, font_size=30).move_to(message)
            self.play(FadeOut(message), FadeIn(said), run_time=0.3)
            message = said
            self.play(*[boxes[i].animate.set_opacity(0.2) for i in gone], FadeOut(arrow), run_time=0.3)
            self.wait(2)

        self.play(boxes[middle].animate.set_color(GREEN), run_time=0.4)
        found = Text("Found after 4 comparisons", font_size=30, color=GREEN).move_to(message)
        self.play(FadeOut(message), FadeIn(found), run_time=0.4)
        formula = MathTex(r"T(n) = O(\log_2 n)", font_size=56).shift(DOWN * 2)
        self.play(FadeIn(formula), run_time=0.5)
        summary = Text("1000 items: at most 10 comparisons", font_size=30, color=BLUE).next_to(formula, DOWN, buff=0.4)
        self.play(FadeIn(summary), run_time=0.5)
        self.wait(4)
