from manim import *
from teaching_scene import *


def sector(vertex, begin, size, color, radius=0.8):
    """A filled angle of `size` radians at `vertex`, from the direction `begin` counter-clockwise."""
    piece = AnnularSector(inner_radius=0, outer_radius=radius, start_angle=begin, angle=size)
    return piece.set_fill(color, 0.85).set_stroke(color, 2).shift(vertex)


def caption(words):
    """One sentence at the foot of the stage."""
    return Text(words, font_size=24, color=GOOD).move_to([3, -2.5, 0])


class Section4Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Outside, four sides, and a globe",
            [
                "Extend one side of the triangle",
                "One diagonal makes 2 triangles",
                "Curved sides change the rule",
            ],
        )
        near = np.array([3.7, -1.2, 0.0])
        far = np.array([0.5, -1.2, 0.0])
        tip = near + 2.9 * np.array([np.cos(110 * DEGREES), np.sin(110 * DEGREES), 0])
        alpha = angle_of_vector(tip - far)
        gamma = 110 * DEGREES - alpha
        triangle = Polygon(far, near, tip, color=INK)
        blue = sector(far, 0, alpha, FIRST)
        yellow = sector(tip, alpha + PI, gamma, ACCENT)
        self.line(1)
        longer = Line(near, near + 2.1 * RIGHT, color=QUIET)
        self.play(FadeIn(triangle, blue, yellow), Create(longer), run_time=0.8)
        first, second = blue.copy(), yellow.copy()
        self.play(first.animate.shift(near - far), run_time=0.9)
        self.play(second.animate.shift(near - tip), run_time=0.6)
        self.play(Rotate(second, PI, about_point=near), run_time=0.6)
        outside = caption("Outside angle: sum of the two far ones")
        self.play(FadeIn(outside), run_time=0.4)
        self.wait(1.9)
        self.clear_stage(run_time=0.4)

        self.line(2)
        corners = [np.array(p) for p in ([0.8, -1.4, 0.0], [5.0, -1.4, 0.0], [5.6, 0.9, 0.0], [1.8, 1.7, 0.0])]
        lower = Polygon(corners[0], corners[1], corners[2], color=FIRST).set_fill(FIRST, 0.45)
        upper = Polygon(corners[0], corners[2], corners[3], color=SECOND).set_fill(SECOND, 0.45)
        outline = Polygon(*corners, color=INK).set_z_index(1)
        diagonal = Line(corners[0], corners[2], color=INK, stroke_width=6).set_z_index(1)
        self.play(Create(outline), run_time=0.6)
        self.play(Create(diagonal), run_time=0.5)
        cut = caption("Quadrilateral: angles add to 360")
        self.play(FadeIn(lower, upper), FadeIn(cut), run_time=0.5)
        self.wait(2)
        self.clear_stage(run_time=0.4)

        self.line(3)
        globe = Circle(radius=1.9, color=QUIET).move_to([3, 0.1, 0]).set_fill(QUIET, 0.15)
        west, east, pole = [1.6, -0.6, 0], [4.4, -0.6, 0], [3, 1.5, 0]
        bulge = VGroup(
            ArcBetweenPoints(west, east, angle=0.7),
            ArcBetweenPoints(east, pole, angle=0.7),
            ArcBetweenPoints(pole, west, angle=0.7),
        ).set_stroke(ACCENT, 5)
        self.play(FadeIn(globe), run_time=0.4)
        self.play(Create(bulge), run_time=1)
        more = caption("On a globe: more than 180 degrees")
        self.play(FadeIn(more), run_time=0.4)
        self.wait(2.3)
