import { fence, jsonReply, lessonPlan, taskOf } from '../testing/scripted-lesson.ts';

/**
 * Answers one request of a lesson of four sections of about 25 s of film, as a model would that makes two mistakes in
 * first drafts and mends them when they are shown.
 */
export function answerLesson(body: string): string {
  const { task, section, lines } = taskOf(body);
  if (task === 'outline' || task === 'storyboard') return jsonReply(lessonPlan(4));
  if (task === 'critique') return jsonReply({ problems: [] });
  if (task === 'section_code') return fence('python', sectionCode(section));
  return fence('python', lines.join('\n').replace('tangentt', 'tangent'));
}

/** Sections 2 and 3 misspell a name near their end. */
function sectionCode(n: number): string {
  const last = n === 2 || n === 3 ? 'tangentt' : 'tangent';
  const body = [
    `self.setup_layout("Part ${n} of the lesson", ["A curve is drawn", "A point moves on it", "The slope follows it"])`,
    'axes = Axes(x_range=[-2, 2], y_range=[-1, 4], x_length=5, y_length=4)',
    'self.place_in(axes, "A1", "F6")',
    `curve = axes.plot(lambda x: 0.${n} + x**2 * 0.8, color=FIRST)`,
    'self.line(1)',
    'self.play(Create(axes), run_time=2)',
    'self.play(Create(curve), run_time=3)',
    'self.wait(2)',
    'self.line(2)',
    'at = ValueTracker(-1.5)',
    'dot = always_redraw(lambda: Dot(axes.c2p(at.get_value(), curve.underlying_function(at.get_value())), color=ACCENT))',
    'self.play(FadeIn(dot), run_time=1)',
    'self.play(at.animate.set_value(1.5), run_time=5)',
    'self.wait(1.5)',
    'self.line(3)',
    'tangent = axes.get_secant_slope_group(x=0.5, graph=curve, dx=0.01, secant_line_color=SECOND, secant_line_length=3)',
    'self.play(at.animate.set_value(0.5), run_time=2)',
    'self.play(FadeIn(tangent), run_time=1.5)',
    'self.wait(3)',
    `self.play(Indicate(${last}), run_time=1.5)`,
    'self.wait(1.5)',
  ];
  const head = ['from manim import *', 'from teaching_scene import *', '', ''];
  const lines = body.map((line) => `        ${line}`);
  return [...head, `class Section${n}Scene(TeachingScene):`, '    def construct(self):', ...lines, ''].join(
    '\n',
  );
}
