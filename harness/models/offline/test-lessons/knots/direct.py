from manim import *


class DirectScene(Scene):
    def construct(self):
        self.play(ShowCreation(Circle()))
