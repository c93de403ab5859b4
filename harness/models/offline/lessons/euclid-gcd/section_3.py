from manim import *
from teaching_scene import *


class Section3Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Large numbers, few steps",
            [
                "1071 and 462 take 3 division steps",
                "Watch how fast the remainders shrink",
                "The last nonzero remainder is the answer",
            ],
        )
        self.line(1)
        rows = [(1071, 2, 462, 147), (462, 3, 147, 21), (147, 7, 21, 0)]
        equations = VGroup()
        for large, times, small, rest in rows:
            equation = MathTex(str(large), "=", str(times), r"\cdot", str(small), "+", str(rest), color=INK)
            equation[4].set_color(FIRST)
            equation[6].set_color(ACCENT)
            equations.add(equation)
        equations.arrange(DOWN, buff=0.4)
        self.place_in(equations, "A1", "C6").shift(0.2 * UP)
        for equation in equations:
            self.play(Write(equation), run_time=0.9)
            self.wait(0.3)

        self.line(2)
        axis = Line([0.4, -2.0, 0], [5.6, -2.0, 0], color=QUIET)
        self.play(Create(axis), run_time=0.4)
        heights = [147, 21, 0]
        columns = VGroup()
        for i, (height, equation) in enumerate(zip(heights, equations)):
            column = Rectangle(width=0.8, height=max(height / 147 * 1.6, 0.02), color=ACCENT).set_fill(ACCENT, 0.5)
            column.move_to([1.2 + 1.8 * i, -2.0, 0], aligned_edge=DOWN)
            label = Text(str(height), font_size=26, color=ACCENT).next_to(column, UP, buff=0.12)
            self.play(TransformFromCopy(equation[6], label), GrowFromEdge(column, DOWN), run_time=0.9)
            columns.add(VGroup(column, label))
        self.wait(2)

        self.line(3)
        ring = SurroundingRectangle(columns[1], color=GOOD, buff=0.12)
        result = VGroup(
            Text("The greatest common divisor", font_size=26, color=GOOD),
            Text("of 1071 and 462 is 21", font_size=26, color=GOOD),
        )
        result.arrange(DOWN, buff=0.12).move_to([3, -3.1, 0])
        self.play(Create(ring), FadeIn(result, shift=0.2 * UP), run_time=0.8)
        self.wait(4.2)
