class Section1Scene(TeachingScene):
    def construct(self):
        knot = Knot()
        self.play(Create(knot))
