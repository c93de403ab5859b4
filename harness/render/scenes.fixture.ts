/** A scene with the class `Lesson` whose construct has these lines; they start at line 5. */
export function lesson(...lines: string[]): { code: string; className: string } {
  const body = lines.map((line) => `        ${line}`).join('\n');
  return {
    code: `from manim import *\n\nclass Lesson(Scene):\n    def construct(self):\n${body}\n`,
    className: 'Lesson',
  };
}
