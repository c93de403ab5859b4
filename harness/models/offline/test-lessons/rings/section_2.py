
from manim import *
from teaching_scene import *


class Section2Scene(TeachingScene):
    def construct(self):
        self.setup_layout("Two rings", ["Rings link"])
        left, right = Circle(), Circle()
        right.shift(RIGHT / 2)
        self.add(left, right)
        self.play(Rotate(left))
        self.wait(2)
