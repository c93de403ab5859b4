from manim import *


class DirectScene(Scene):
    def construct(self):
        title = Text("What a 2x2 matrix does to the plane", font_size=38).to_edge(UP, buff=0.3)
        plane = NumberPlane(x_range=[-5, 5], y_range=[-3, 3], background_line_style={"stroke_opacity": 0.5})
        plane.shift(0.4 * DOWN)
        origin = plane.c2p(0, 0)
        i_hat = Arrow(origin, plane.c2p(1, 0), buff=0, color=GREEN)
        j_hat = Arrow(origin, plane.c2p(0, 1), buff=0, color=RED)
        square = Square(side_length=1, color=YELLOW, fill_opacity=0.4).move_to(plane.c2p(0.5, 0.5))
        self.play(Write(title), run_time=1.2)
        self.play(Create(plane), run_time=1.5)
        self.play(GrowArrow(i_hat), GrowArrow(j_hat), FadeIn(square), run_time=1)

        matrix = MathTex(r"A = \begin{pmatrix} 2 & -1 \\ 1 & 1 \end{pmatrix}").to_corner(UL).shift(0.9 * DOWN)
        matrix.add_background_rectangle()
        first = Text("First column: where i lands", font_size=28).add_background_rectangle()
        first.to_edge(DOWN, buff=0.3)
        self.play(Write(matrix), FadeIn(first), run_time=1.2)
        self.wait(1.5)

        moving = VGroup(plane, square, i_hat, j_hat)
        self.play(moving.animate.apply_matrix([[2, -1], [1, 1]], about_point=origin), run_time=2.5)
        self.wait(1.5)
        area = Text("The determinant is 3: every area is multiplied by 3", font_size=28)
        area.add_background_rectangle().to_edge(DOWN, buff=0.3)
        self.play(FadeOut(first), FadeIn(area), run_time=0.8)
        self.wait(2.5)

        self.play(FadeOut(moving), FadeOut(area), FadeOut(matrix), run_time=0.8)
        rules = VGroup(
            Text("A shear has determinant 1", font_size=32),
            Text("A negative determinant flips the plane", font_size=32),
            Text("Determinant 0 means no inverse", font_size=32),
        ).arrange(DOWN, aligned_edge=LEFT, buff=0.6)
        for rule in rules:
            self.play(FadeIn(rule, shift=0.3 * RIGHT), run_time=0.7)
            self.wait(1.2)
        self.play(Create(SurroundingRectangle(rules, color=YELLOW, buff=0.4)), run_time=0.8)
        self.wait(2.5)
