from manim import *
from teaching_scene import *

BASE_LEFT = np.array([0.7, -1.5, 0.0])
BASE_RIGHT = np.array([5.3, -1.5, 0.0])
PEAK = np.array([2.6, 1.4, 0.0])


def filled_angle(vertex, start, end, color):
    """The angle at `vertex` from the direction of `start` counter-clockwise to that of `end`."""
    begin = angle_of_vector(start - vertex)
    size = (angle_of_vector(end - vertex) - begin) % TAU
    piece = AnnularSector(inner_radius=0, outer_radius=0.8, start_angle=begin, angle=size)
    return piece.set_fill(color, 0.85).set_stroke(color, 2).shift(vertex)


class Section2Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Why it works for every triangle",
            [
                "Draw a line through the top",
                "Turn both base angles up",
                "At the top they fill 180 degrees",
            ],
        )
        shape = Polygon(BASE_LEFT, BASE_RIGHT, PEAK, color=INK)
        blue = filled_angle(BASE_LEFT, BASE_RIGHT, PEAK, FIRST)
        pink = filled_angle(BASE_RIGHT, PEAK, BASE_LEFT, SECOND)
        yellow = filled_angle(PEAK, BASE_LEFT, BASE_RIGHT, ACCENT)
        self.play(Create(shape), FadeIn(blue, pink, yellow), run_time=1)
        self.line(1)
        base = DashedLine([0.2, -1.5, 0], [5.8, -1.5, 0], color=GOOD)
        helper = base.copy()
        self.play(Create(base), run_time=0.6)
        self.play(helper.animate.shift((PEAK[1] - BASE_LEFT[1]) * UP), run_time=1.2)
        name = Text("Helping line: a parallel to the base", font_size=24, color=GOOD)
        name.next_to(helper, UP, buff=0.25)
        self.play(FadeIn(name), run_time=0.4)
        self.wait(0.9)

        self.line(2)
        for piece, foot in ((blue, BASE_LEFT), (pink, BASE_RIGHT)):
            twin = piece.copy()
            side = Line(foot, PEAK, color=piece.get_color(), stroke_width=7)
            self.play(Create(side), run_time=0.4)
            self.play(Rotate(twin, PI, about_point=(foot + PEAK) / 2), run_time=1.3)
        equal = Text("Equal: alternate angles at parallels", font_size=24, color=GOOD)
        equal.move_to([3, -2.4, 0])
        self.play(FadeIn(equal), run_time=0.4)
        self.wait(1.7)

        self.line(3)
        arc = Arc(radius=1, start_angle=PI, angle=PI, arc_center=PEAK, color=GOOD, stroke_width=7)
        result = Text("All three angles add to 180 degrees", font_size=24, color=GOOD)
        result.move_to(equal)
        self.play(Create(arc), FadeOut(equal), run_time=0.8)
        self.play(FadeIn(result), run_time=0.6)
        self.wait(2.7)
