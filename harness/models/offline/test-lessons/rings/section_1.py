
from manim import *
from teaching_scene import *


class Section1Scene(TeachingScene):
    def construct(self):
        self.setup_layout("One ring", ["A ring is round"])
        ring = Circle(radius=1, color=RED)
        self.play(Create(ring))
        label = Text("a ring")
        label.next_to(ring, DOWN)
        self.play(Write(label))
