/** Scenes of our own for the benchmarks: one part takes about 12 s of film, five about 60 s. */

interface Part {
  /** Lines of `construct`, for part `n`. */
  lines(n: number): readonly string[];
}

/** Text, a graph and a formula, as in most lessons; two formulas in all, since each new one is 0.2 s of TeX for anybody. */
const derivative: Part = {
  lines: (n) => [
    `title = Text("The derivative, part ${n}", font_size=40).to_edge(UP)`,
    'axes = Axes(x_range=[-3, 3], y_range=[-1, 5], x_length=6, y_length=4).shift(RIGHT * 2)',
    'curve = axes.plot(lambda x: 0.5 * x**2, color=BLUE)',
    String.raw`rule = MathTex(r"\frac{d}{dx} x^${(n % 2) + 2} = ${(n % 2) + 2} x^${(n % 2) + 1}").to_edge(LEFT).shift(DOWN)`,
    'words = ["The slope", "of a curve", "changes along it"]',
    'lines = VGroup(*[Text(word, font_size=28) for word in words]).arrange(DOWN).to_edge(LEFT)',
    'self.play(Write(title), run_time=1.5)',
    'self.play(Create(axes), run_time=2)',
    'self.play(Create(curve), FadeIn(lines[0]), run_time=2)',
    'self.play(FadeIn(lines[1]), run_time=1)',
    'self.play(FadeIn(lines[2]), Write(rule), run_time=2)',
    'self.play(rule.animate.set_color(YELLOW), run_time=1.5)',
    'self.wait(1)',
    'self.play(FadeOut(title, axes, curve, rule, lines), run_time=1)',
  ],
};

/** Many shapes with labels that change places. */
const sorting: Part = {
  lines: (n) => [
    `title = Text("Sorting, round ${n}", font_size=40).to_edge(UP)`,
    'heights = [3, 1, 4, 1.5, 5, 2]',
    'bars = VGroup(*[VGroup(Rectangle(width=0.8, height=h * 0.7, fill_opacity=0.8, color=TEAL), Text(str(h), font_size=24)).arrange(UP) for h in heights])',
    'bars.arrange(RIGHT, aligned_edge=DOWN).shift(DOWN * 0.5)',
    'note = MathTex(r"a_i \\le a_{i+1}").to_edge(DOWN)',
    'self.play(Write(title), FadeIn(bars), run_time=2)',
    'self.play(Write(note), run_time=1)',
    'for a, b in [(0, 1), (2, 3), (4, 5), (1, 3)]:',
    '    self.play(bars[a].animate.shift(UP * 0.3), bars[b].animate.set_color(RED), run_time=0.75)',
    '    self.play(Swap(bars[a], bars[b]), run_time=1)',
    'self.wait(1)',
    'self.play(FadeOut(title, bars, note), run_time=1)',
  ],
};

/** Things that are drawn anew in each frame. */
const pendulum: Part = {
  lines: (n) => [
    `title = Text("A pendulum, swing ${n}", font_size=40).to_edge(UP)`,
    'angle = ValueTracker(0.8)',
    'pivot = UP * 2',
    'bob = always_redraw(lambda: Dot(pivot + 3 * np.array([np.sin(angle.get_value()), -np.cos(angle.get_value()), 0]), radius=0.2, color=ORANGE))',
    'rod = always_redraw(lambda: Line(pivot, bob.get_center()))',
    'law = MathTex(r"T = 2\\pi\\sqrt{\\ell / g}").to_corner(DL)',
    'self.play(Write(title), run_time=1)',
    'self.add(rod, bob)',
    'self.play(Write(law), run_time=1)',
    'for goal in (-0.8, 0.7, -0.6, 0.5):',
    '    self.play(angle.animate.set_value(goal), run_time=2)',
    'rod.clear_updaters()',
    'bob.clear_updaters()',
    'self.wait(1)',
    'self.play(FadeOut(title, rod, bob, law), run_time=1)',
  ],
};

const parts = { derivative, sorting, pendulum } as const;
export type SceneName = keyof typeof parts;
export const sceneNames = ['derivative', 'sorting', 'pendulum'] as const satisfies readonly SceneName[];

/** Seconds of film -> parts. */
export const lengths = { 12: 1, 60: 5 } as const;
export type Length = keyof typeof lengths;

/** A scene with the class `Lesson`. `broken`: the last animation names a colour that does not exist. */
export function benchScene(name: SceneName, count: number, broken: boolean) {
  const body = Array.from({ length: count }, (_, index) => parts[name].lines(index + 1)).flat();
  const last = broken ? ['self.play(Indicate(Dot(), color=COLOUR_OF_THE_END))'] : [];
  const construct = [...body, ...last].map((line) => `        ${line}`);
  const code = ['from manim import *', '', 'class Lesson(Scene):', '    def construct(self):', ...construct];
  return { code: `${code.join('\n')}\n`, className: 'Lesson', lastLine: code.length };
}
