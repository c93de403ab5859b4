from manim import *
from teaching_scene import *

ILL = [37, 142, 218, 303, 391, 466, 574, 629, 755, 861]
HEALTHY = [
    np.array([0.18 + 0.115 * (i % 50), 0.45 - 0.115 * (i // 50), 0.0]) for i in range(1000) if i not in ILL
]
FALSE_ALARMS = np.random.RandomState(5).choice(990, 99, replace=False)


def swarm(spots, color, radius):
    """Many dots as one object: 990 separate ones would be slow to draw."""
    shape = Circle(radius=radius, num_components=5).points
    dots = VMobject().set_fill(color, 1).set_stroke(width=0)
    dots.set_points(np.concatenate([shape + spot for spot in spots]))
    return dots


class Section2Scene(TeachingScene):
    def construct(self):
        self.setup_layout(
            "A good test, but not perfect",
            [
                "9 of 10 ill people test positive",
                "The test misses 1 ill person",
                "99 of 990 healthy test positive",
            ],
        )
        ill = VGroup(*[Dot([0.5 + 0.5 * i, 2.1, 0], radius=0.13, color=SECOND) for i in range(10)])
        crowd = swarm(HEALTHY, FIRST, 0.042)
        self.play(FadeIn(ill, crowd), run_time=0.6)

        self.line(1)
        rings = VGroup(*[Circle(radius=0.2, color=ACCENT, stroke_width=5).move_to(dot) for dot in ill[:9]])
        words = Text("Yellow: positive test", font_size=26, color=ACCENT)
        test = VGroup()
        if "test-tube" in self.assets:
            test = self.asset("test-tube", height=0.5).set_color(ACCENT)
        found = VGroup(test, words).arrange(RIGHT, buff=0.12).move_to([2.2, 1.5, 0])
        self.play(LaggedStart(*[GrowFromCenter(ring) for ring in rings], lag_ratio=0.2), run_time=1.6)
        self.play(FadeIn(found), run_time=0.4)
        self.wait(1.7)

        self.line(2)
        missed = Text("missed", font_size=24, color=SECOND).next_to(ill[9], DOWN, buff=0.22)
        self.play(FadeIn(missed), Wiggle(ill[9]), run_time=1)
        self.wait(1.7)

        self.line(3)
        columns = VGroup()
        for x in sorted({round(HEALTHY[i][0], 3) for i in FALSE_ALARMS}):
            spots = [HEALTHY[i] for i in FALSE_ALARMS if round(HEALTHY[i][0], 3) == x]
            columns.add(swarm(spots, ACCENT, 0.06).set_opacity(0))
        scanner = Line([0, 0.6, 0], [0, -1.9, 0], color=ACCENT, stroke_width=4)
        probe = VGroup(scanner, test.copy().scale(0.8).next_to(scanner, UP, buff=0.1))

        def light(group):
            passed = [column for column in group if column.get_center()[0] <= scanner.get_center()[0]]
            for column in passed:
                column.set_opacity(1)

        self.play(crowd.animate.set_opacity(0.45), FadeIn(probe), run_time=0.4)
        columns.add_updater(light)
        self.add(columns)
        self.play(probe.animate.shift(6 * RIGHT), run_time=2.4, rate_func=linear)
        columns.clear_updaters()
        count = Text("99 false alarms", font_size=26, color=ACCENT).move_to([3, -2.3, 0])
        self.play(FadeOut(probe), FadeIn(count), run_time=0.5)
        self.wait(3.5)
