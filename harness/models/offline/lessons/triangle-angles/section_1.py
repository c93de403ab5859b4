from manim import *
from teaching_scene import *

LEFT_END = np.array([0.5, -0.7, 0.0])
RIGHT_END = np.array([5.5, -0.7, 0.0])
TOP = np.array([2.2, 2.1, 0.0])
MEETING = np.array([3.0, -2.2, 0.0])


def corner(vertex, start, end, color):
    """The filled angle at `vertex` between the directions to `start` and to `end`, counter-clockwise."""
    first = angle_of_vector(start - vertex)
    turn = (angle_of_vector(end - vertex) - first) % TAU
    wedge = AnnularSector(inner_radius=0, outer_radius=0.9, start_angle=first, angle=turn)
    return wedge.set_fill(color, 0.85).set_stroke(color, 2).shift(vertex)


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Three corners, side by side",
            [
                "Colour the three corners",
                "Move the corners to one point",
                "They make 180 degrees",
            ],
        )
        triangle = Polygon(LEFT_END, RIGHT_END, TOP, color=INK)
        left = corner(LEFT_END, RIGHT_END, TOP, FIRST)
        right = corner(RIGHT_END, TOP, LEFT_END, SECOND)
        top = corner(TOP, LEFT_END, RIGHT_END, ACCENT)
        self.line(1)
        self.play(Create(triangle), run_time=1.2)
        self.play(FadeIn(left, right, top, lag_ratio=0.4), run_time=1.2)
        self.wait(1.3)

        self.line(2)
        dot = Dot(MEETING, color=INK)
        copies = [piece.copy() for piece in (left, top, right)]
        self.play(FadeIn(dot), run_time=0.4)
        for piece, home in zip(copies, (LEFT_END, TOP, RIGHT_END)):
            self.play(piece.animate.shift(MEETING - home), run_time=1)
            if home is TOP:
                self.play(Rotate(piece, PI, about_point=MEETING), run_time=0.8)
        self.wait(1.1)

        self.line(3)
        straight = Line(MEETING + 2.5 * LEFT, MEETING + 2.5 * RIGHT, color=GOOD, stroke_width=6)
        result = Text("Three corners form a straight line", font_size=25, color=GOOD)
        result.next_to(straight, DOWN, buff=0.3)
        self.play(GrowFromCenter(straight), run_time=0.8)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.6)
        self.wait(3.5)
