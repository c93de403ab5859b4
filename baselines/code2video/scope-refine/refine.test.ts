import { describe, expect, it } from 'vitest';
import { broken, fate, fence, lineReply, raises, say, sceneFile, syntax } from './scenes.fixture.ts';
import { refine } from './scripted.fixture.ts';

it('code that works is checked and rendered, and nobody is asked', async () => {
  const { outcome, sent, done, files } = await refine([], { code: sceneFile() });
  expect(outcome).toMatchObject({ checked: true, rendered: true, repairs: 0, error: null, tries: [] });
  expect(sent).toEqual([]);
  expect(done).toEqual(['inspect', 'check', 'render']);
  expect([...files.keys()]).toEqual(['section_1/code.0.py', 'section_1/code.py']);
});

describe('golden: repair goes from the line to the block to the section, and says which it used', () => {
  it('the line is mended at the first try', async () => {
    const { outcome, path, sent, files } = await refine([lineReply('dot = Dot()')]);
    expect(path).toEqual(['line mended null']);
    expect(outcome).toMatchObject({ rendered: true, repairsByScope: { line: 1, block: 0, section: 0 } });
    expect(outcome.code).toBe(broken.replace('Dott', 'Dot'));
    expect(files.get('section_1/code.py')).toBe(outcome.code);
    expect(sent[0]).toMatchObject({
      prompt: 'code2video/repair-line',
      tag: { purpose: 'repair_line', section: 'section_1', attempt: 1 },
    });
  });

  it('k1 tries at the line, k2 at the block, then the section is written again', async () => {
    const block = (n: number) => fence(`self.line(1)\n${'more = 1\n'.repeat(6 + n)}dot = Dott()`);
    const { outcome, path, purposes } = await refine([
      lineReply('dot = Dott(1)'),
      lineReply('dot = Dott(2)'),
      block(1),
      block(2),
      fence(sceneFile()),
    ]);
    expect(path).toEqual([
      'line same_error line',
      'line same_error block',
      'block same_error block',
      'block same_error section',
      'section mended null',
    ]);
    expect(purposes).toEqual(['repair_line', 'repair_line', 'repair_block', 'repair_block', 'regenerate']);
    expect(outcome).toMatchObject({ repairs: 5, repairsByScope: { line: 2, block: 2, section: 1 } });
  });

  it('other counts of tries are kept to, none at all included', async () => {
    const { path } = await refine([say, fence(sceneFile({ first: 'dot = Dott(9)' }))], { k1: 0, k2: 1 });
    expect(path).toEqual(['block no_code section', 'section same_error null']);
    expect((await refine([], { k1: 0, k2: 0, regenerations: 0 })).path).toEqual([]);
  });

  it('only the lines of the scope travel, with error, frames and names', async () => {
    const { sent } = await refine([say, say, say]);
    const [line, block, section] = sent.map(({ data }) => data);
    const at = broken.split('\n').findIndex((text) => text.includes('Dott')) + 1;
    expect(line).toMatchObject({
      task: 'repair',
      section: { id: 'section_1' },
      scope: { kind: 'line', start: at - 1, end: at + 1 },
      error: { type: 'NameError', line: at, frames: [{ line: at }] },
    });
    expect(line?.code).toHaveLength(3);
    expect(line?.names).toEqual(expect.arrayContaining(['SIZE', 'start', 'a', 'FIRST']));
    expect(line?.names).not.toContain('f');
    // The anchors are told of by name only where the coder knows them.
    expect(JSON.stringify(line?.names)).toContain('self.place_at(');
    expect(JSON.stringify(line?.names)).not.toContain('place_in');
    expect(JSON.stringify(block)).not.toContain('SIZE = 2');
    expect(section).toMatchObject({ task: 'section_code', class_name: 'Section1Scene', error: { line: at } });
    expect(section?.code).toHaveLength(broken.trimEnd().split('\n').length);
  });

  it('what cannot help moves to the next scope at once, and none of it is run', async () => {
    const { path, done } = await refine([lineReply('dot = Dott()'), say, say]);
    expect(path).toEqual(['line unchanged block', 'block no_code section', 'section no_code null']);
    expect(done).toEqual(['inspect', 'check']);
  });

  it('code that failed before is not run again', async () => {
    const [first, back] = [lineReply('dot = Dott(1)'), lineReply('dot = Dott()')];
    const { path, count } = await refine([first, back, say, say]);
    expect(path.slice(0, 2)).toEqual(['line same_error line', 'line repeats_failure block']);
    expect(count('check')).toBe(2);
  });

  it('empty lines alone are no change, nor another code', async () => {
    const { path } = await refine([lineReply('\ndot = Dott()  '), say, say]);
    expect(path[0]).toBe('line unchanged block');
  });

  it('a patch that does not parse is looked at, never run, and not built upon', async () => {
    const { path, count, outcome, files } = await refine([lineReply('dot = Dot(('), say, say]);
    expect(path[0]).toBe('line does_not_parse block');
    expect([count('inspect'), count('check')]).toEqual([2, 1]);
    expect(outcome.code).toBe(broken);
    expect(files.get('section_1/code.1.py')).toContain('Dot((');
    expect(files.get('section_1/error.1.json')).toContain('SyntaxError');
  });

  it('a patch that moves construct out of its class is refused', async () => {
    const head = 'class Section1Scene(TeachingScene):\n';
    const code = sceneFile().replace(head, `${head}    SIDE = Dott()\n`);
    const sees = (seen: string) =>
      seen.includes('def construct')
        ? fate(seen)
        : raises(seen, 'from manim', { stage: 'inspect', kind: 'no_animation' });
    const renamed =
      'return Dot()\n\n\nclass Section1Scene(TeachingScene):\n    SIDE = 1\n    def draw(self):\n        pass';
    const { path, count, outcome } = await refine([fence(renamed), say], { code, of: sees });
    expect(path[0]).toBe('line loses_construct section');
    expect([count('inspect'), count('check')]).toEqual([2, 1]);
    expect(outcome.code).toBe(code);
  });

  it('a patch that takes a lecture line away, or doubles one, is refused and not run', async () => {
    const gone = fence('dot = Dot()');
    const twice = fence('self.line(1)\ndot = Dot()\nself.line(2)');
    for (const reply of [gone, twice]) {
      const { path, count, outcome, files } = await refine([say, reply, say]);
      expect(path).toEqual(['line no_code block', 'block changes_blocks section', 'section no_code null']);
      expect([count('inspect'), count('check'), outcome.code]).toEqual([2, 1, broken]);
      expect(files.has('section_1/code.2.py')).toBe(true);
    }
  });

  it('where the file did not parse, its calls of lecture lines are compared as they are written', async () => {
    const code = sceneFile({ first: 'dot = Dot((' });
    expect((await refine([say, fence('dot = Dot()'), say], { code })).path[1]).toBe(
      'block changes_blocks section',
    );
    expect((await refine([say, fence('self.line(1)\ndot = Dot()')], { code })).path[1]).toBe(
      'block mended null',
    );
  });

  it('a call of a lecture line that is not there may be taken away', async () => {
    const code = sceneFile({ second: 'ring = Circle()\n        self.line(3)' });
    const missing = (seen: string) => raises(seen, 'self.line(3)');
    const { path } = await refine([fence('pass')], { code, of: missing });
    expect(path).toEqual(['line mended null']);
  });

  it('an error that the patch did not bring begins at its line again', async () => {
    const code = sceneFile({ first: 'dot = Dott()', second: 'ring = Circel()' });
    const mended = fence('self.line(1)\ndot = Dot()');
    const { path } = await refine([say, mended, say, say, say], { code });
    expect(path.slice(0, 3)).toEqual([
      'line no_code block',
      'block other_error line',
      'line no_code section',
    ]);
  });

  it('the same words at a line that the patch did not write are another error', async () => {
    const code = sceneFile({ first: 'dot = Dott()', second: 'ring = Dott()' });
    const { path, outcome } = await refine(
      [lineReply('dot = Dot()'), fence('self.line(2)\nring = Dot()\nself.wait(2)')],
      { code },
    );
    expect(path).toEqual(['line other_error line', 'line mended null']);
    expect(outcome.rendered).toBe(true);
  });

  it('an error that only the render meets is mended like the others', async () => {
    const code = sceneFile({ first: 'dot = Late()' });
    const { path, done } = await refine([lineReply('dot = Dot()')], { code });
    expect(path).toEqual(['line mended null']);
    expect(done).toEqual(['inspect', 'check', 'render', 'inspect', 'check', 'render']);
  });

  it('an error without a line begins at the section, with code and error shown', async () => {
    const killed = (code: string) =>
      raises(code, 'Dott', { kind: 'killed:cpu', type: 'killed:cpu', message: 'too long', frames: [] });
    const { path, sent } = await refine([fence(sceneFile())], { of: killed });
    expect(path).toEqual(['section mended null']);
    expect(sent[0]?.data).toMatchObject({ error: { type: 'killed:cpu', line: null, frames: [] } });
  });

  it('a section written anew that does not parse is mended at its line', async () => {
    const anew = sceneFile({ first: 'dot = Dot((' });
    const { path } = await refine([fence(anew), lineReply('dot = Dot()')], {
      k1: 1,
      k2: 0,
      regenerations: 1,
      code: broken.replace('Dott()', 'Dott()  # 1'),
      of: (code) => raises(code, '((', syntax) ?? raises(code, 'Dott', { frames: [] }),
    });
    expect(path).toEqual(['section other_error line', 'line mended null']);
  });
});

it('keeps each code, each error and one line per try', async () => {
  const { files, tries } = await refine([lineReply('dot = Dott(1)'), lineReply('dot = Dot()')]);
  expect([...files.keys()].sort()).toEqual(
    ['code.0.py', 'code.1.py', 'code.2.py', 'code.py', 'error.0.json', 'error.1.json', 'tries.jsonl'].map(
      (name) => `section_1/${name}`,
    ),
  );
  const at = broken.split('\n').findIndex((text) => text.includes('Dott')) + 1;
  expect(tries()[0]).toEqual({
    number: 1,
    scope: { kind: 'line', start: at - 1, end: at + 1 },
    failed: { kind: 'exception', type: 'NameError', message: 'Dott broke', line: at },
    result: 'same_error',
    next: 'line',
  });
});
