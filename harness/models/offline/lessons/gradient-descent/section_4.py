from manim import *
from teaching_scene import *

RATE = 0.2


def point(w):
    """The place in the picture above the weight `w`: a deep valley at the right, a shallow one at the left."""
    loss = 0.12 * w**4 - 0.95 * w**2 - 0.45 * w + 3.2
    return np.array([2.95 + 0.92 * w, -0.9 + 0.8 * loss, 0.0])


def slope(w):
    return 0.48 * w**3 - 1.9 * w - 0.45


class Section4Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "Valleys of a neural network",
            [
                "Training changes the weights of the neural network",
                "Each dot walks down into its own valley",
                "Not the lowest valley of all: a local minimum",
            ],
        )
        self.line(1)
        layers = [[1.6, 0.2, -1.2], [1.6, 0.2, -1.2], [0.2]]
        nodes = [[Dot([1 + 2 * i, y, 0], radius=0.2, color=INK) for y in ys] for i, ys in enumerate(layers)]
        edges = VGroup(
            *[
                Line(a.get_center(), b.get_center(), buff=0.25, color=FIRST, stroke_width=4)
                for one, two in zip(nodes, nodes[1:])
                for a in one
                for b in two
            ]
        )
        words = Text("Each line is a weight", font_size=28, color=FIRST).move_to([3, -2.2, 0])
        self.play(FadeIn(*[dot for layer in nodes for dot in layer]), Create(edges), FadeIn(words), run_time=1)
        for shift in (0, 2):
            widths = [1 + (5 * i + shift) % 4 * 3 for i in range(len(edges))]
            self.play(*[e.animate.set_stroke(width=w) for e, w in zip(edges, widths)], run_time=0.7)
        self.wait(2.5)
        self.clear_stage()

        self.line(2)
        ground = Arrow([0.1, -0.9, 0], [6, -0.9, 0], buff=0, color=QUIET, stroke_width=3, tip_length=0.18)
        weight = Text("one weight", font_size=26, color=QUIET).next_to(ground, DOWN, buff=0.15)
        curve = ParametricFunction(point, t_range=[-2.85, 3.15, 0.1], color=INK)
        starts = [-2.75, 0.3]
        walkers = [Dot(point(w), radius=0.14, color=color) for w, color in zip(starts, [SECOND, FIRST])]
        self.play(Create(ground), FadeIn(weight), Create(curve), run_time=1)
        self.play(FadeIn(*walkers), run_time=0.4)
        weights = [ValueTracker(w) for w in starts]
        for walker, tracker in zip(walkers, weights):
            walker.add_updater(lambda d, tracker=tracker: d.move_to(point(tracker.get_value())))
        for _ in range(6):
            self.play(
                *[t.animate.set_value(t.get_value() - RATE * slope(t.get_value())) for t in weights],
                run_time=0.35,
            )

        self.line(3)
        high = Text("local minimum", font_size=26, color=SECOND)
        high.next_to(walkers[0], DOWN, buff=0.25).shift(0.25 * RIGHT)
        low = VGroup(Text("lowest", font_size=26, color=FIRST), Text("of all", font_size=26, color=FIRST))
        low.arrange(DOWN, buff=0.12).next_to(walkers[1], UP, buff=1.2)
        result = VGroup(
            Text("A valley that is not the lowest", font_size=26, color=GOOD),
            Text("of all is a local minimum", font_size=26, color=GOOD),
        )
        result.arrange(DOWN, buff=0.12).move_to([3, -2.5, 0])
        self.play(FadeIn(high, low), FadeIn(result, shift=0.2 * UP), run_time=0.6)
        self.wait(4.3)
