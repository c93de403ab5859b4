export const head = 'from manim import *\n';

/** A lesson whose construct has these lines from line 6 on. */
export function teachingLesson(...lines: string[]): string {
  const head = 'from manim import *\nfrom teaching_scene import *\n\nclass Lesson(TeachingScene):\n';
  return `${head}    def construct(self):\n${lines.map((line) => `        ${line}`).join('\n')}\n`;
}

/** Every one of these runs, or may run for all that can be known: an alarm here would be a false one. */
export const harmless: Record<string, string> = {
  'attributes that the scene gives its objects': teachingLesson(
    'c = Circle()',
    'c.speed = 2',
    'print(c.speed, c.get_speed())',
    'd = Dot().set(mass=3)',
    'print(d.mass)',
    'setattr(d, "charge", 1)',
    'print(d.charge)',
  ),
  'names of comprehensions, loops and closures': teachingLesson(
    'rows = [[i * j for j in range(i)] for i in range(3)]',
    'for k, (a, *b) in enumerate([(1, 2, 3)]):',
    '    def show(t, k=k):',
    '        return late(t) + k + a + len(b)',
    'late = lambda t: t',
    'with open_it() as f: print(f)',
    'if (n := 3) > 2: print(n)',
    'print([total := 0, *(total + v for v in range(3))], total)',
  ).replace('class Lesson', 'def open_it(): ...\n\nclass Lesson'),
  'match, global, nonlocal, del, try': teachingLesson(
    'global counter',
    'counter = 1',
    'match [1, 2]:',
    '    case [first, *others] if first: print(others)',
    '    case {"a": value, **rest}: print(value, rest)',
    'x = 0',
    'def step():',
    '    nonlocal x',
    '    x += 1',
    'try:',
    '    import manim_physics',
    '    Magnet()',
    'except (ImportError, NameError) as error:',
    '    print(error)',
    'del x',
  ),
  'modules that are not used': `import os, sys\n${teachingLesson('self.wait()')}`,
  'other ways to import': `import manim as mn\nimport numpy\nfrom manim.utils.rate_functions import ease_in_sine\nfrom math import *\n${teachingLesson('c = mn.Circle()', 'mn.Create(c)', 'tau + numpy.linalg.norm([1, ease_in_sine(0.5)])')}`,
  'a class with a hook of its own': `${head}class Bag(VGroup):\n    def __getattr__(self, name):\n        return 1\n${teachingLesson('Bag().anything').replace(head, '')}`,
  'an attribute of a subclass of the file': `${head}class Base(Scene):\n    def construct(self):\n        self.act()\n\nclass Lesson(Base):\n    def act(self):\n        self.wait()\n`,
  'a camera that moves': `${head}class Lesson(MovingCameraScene):\n    def construct(self):\n        self.camera.frame.save_state()\n        self.play(self.camera.frame.animate.scale(0.5).move_to(ORIGIN))\n`,
  'a camera in space': `${head}class Lesson(ThreeDScene):\n    def construct(self):\n        self.set_camera_orientation(phi=1)\n        self.camera.get_phi()\n`,
  'variables that change their class': teachingLesson(
    'm = Circle()',
    'm = [m]',
    'm.append(1)',
    's = Dot()',
    'for s in "ab": s.upper()',
  ),
  'names that shadow those of Manim': teachingLesson(
    'class Circle:',
    '    def bounce(self): pass',
    'Circle().bounce()',
    'Square = print',
    'Square(colour=1)',
  ),
  'setters and getters that Manim makes': teachingLesson(
    'Circle().get_radius()',
    'Text("a").set_font_size(30)',
    'Square().get_side_length()',
  ),
  'keywords that are handed on': teachingLesson(
    'Text("a", weight=BOLD, disable_ligatures=True)',
    'Axes(x_range=[0, 1], axis_config={"color": RED}, tips=False)',
    'Arrow(LEFT, RIGHT, tip_shape=StealthTip, max_tip_length_to_length_ratio=0.1)',
    'SurroundingRectangle(Dot(), corner_radius=0.1, fill_opacity=0.2)',
    'DashedLine(LEFT, RIGHT, dash_length=0.1, buff=0.2)',
    'Brace(Dot(), DOWN, buff=0.1, color=RED)',
    'NumberLine([0, 1], include_numbers=True, font_size=24)',
  ),
  'animations with a class of their own': teachingLesson('a = Create(Circle())', 'a.anything', 'Wait(1).foo'),
  annotations: `from __future__ import annotations\n${teachingLesson('x: Unheard = 1', 'def f(a: Unseen) -> Unknown: ...')}`,
  exec: teachingLesson('exec("y = 1")', 'print(y)'),
};
