import { describe, expect, it } from 'vitest';
import { broken, fence, lineReply, raises, say, sceneFile } from './scenes.fixture.ts';
import { refine } from './scripted.fixture.ts';

/** Fails at whatever `Dott…` the code has, each with words of its own. */
const changing = (code: string) => raises(code, 'Dott', { message: `${/Dott\d?/.exec(code)}` });
const block = (text: string) =>
  fence(`self.line(1)\na = 1\nb = 2\nc = 3\n${text}\nd = 4\ne = 5\nf = 6\nself.wait(1)`);
const anew = (text: string) => fence(sceneFile({ first: text }));

describe('a section never costs more than its maximum', () => {
  it('golden: a patch that brings another error into its own lines has used a try of its scope', async () => {
    const forms = [lineReply, lineReply, block, block, anew, lineReply];
    const replies = forms.map((form, n) => form(`dot = Dott${n}()`));
    const { path, outcome } = await refine(replies, { of: changing });
    expect(path).toEqual([
      'line own_error line',
      'line own_error block',
      'block own_error block',
      'block own_error section',
      'section other_error line',
      'line own_error null',
    ]);
    expect(outcome).toMatchObject({ rendered: false, repairs: 6, error: { message: 'Dott5' } });
  });

  it('two errors that take turns in one line use its tries up too', async () => {
    const of = (code: string) => raises(code, 'Ring') ?? raises(code, 'Dott');
    const replies = [lineReply('dot = Ring(1)'), lineReply('dot = Dott(2)'), block('dot = Dot()')];
    const { path } = await refine(replies, { of });
    expect(path).toEqual(['line own_error line', 'line own_error block', 'block mended null']);
  });

  it('and the last repair is rendered', async () => {
    const forms = [lineReply, lineReply, block, block, anew];
    const replies = [...forms.map((form, n) => form(`dot = Dott${n}()`)), lineReply('dot = Dot()')];
    const { outcome, sent, done } = await refine(replies, { of: changing });
    expect(sent).toHaveLength(6);
    expect(outcome).toMatchObject({ rendered: true, repairs: 6 });
    expect(done.at(-1)).toBe('render');
    const fewer = await refine(replies, { of: changing, repairs: 3 });
    expect(fewer.sent).toHaveLength(3);
    expect(fewer.outcome).toMatchObject({ rendered: false, checked: false, error: { message: 'Dott2' } });
    expect(fewer.path.at(-1)).toBe('block own_error null');
    expect(fewer.count('check')).toBe(4);
  });

  it('what the studio throws goes up, and becomes no code', async () => {
    await expect(refine([])).rejects.toThrow('the endpoint is away');
  });
});

describe('the ways of Table 3', () => {
  it('retry asks for the section again, told nothing of the error', async () => {
    const same = fence(broken);
    const { purposes, sent, path } = await refine([same, say, fence(sceneFile())], { debug: 'retry' });
    expect(purposes).toEqual(['retry', 'retry', 'retry']);
    expect(new Set(sent.map(({ text }) => text)).size).toBe(1);
    expect(sent[0]?.text).not.toMatch(/Dott|NameError|error/);
    expect(path).toEqual(['section unchanged section', 'section no_code section', 'section mended null']);
  });

  it('file shows the whole file with its error, again and again', async () => {
    const { purposes, sent, path } = await refine([say, fence(broken.replace('Dott', 'Dot'))], {
      debug: 'file',
    });
    expect(purposes).toEqual(['debug_file', 'debug_file']);
    expect(path).toEqual(['section no_code section', 'section mended null']);
    expect(sent[0]).toMatchObject({
      prompt: 'code2video/debug-file',
      data: { task: 'repair', scope: { kind: 'section', start: 1 }, error: { type: 'NameError' } },
    });
    expect(sent[0]?.data.code).toHaveLength(broken.trimEnd().split('\n').length);
  });

  it('none gives the section up', async () => {
    const { outcome, sent } = await refine([], { debug: 'none' });
    expect(sent).toEqual([]);
    expect(outcome).toMatchObject({ rendered: false, repairs: 0, error: { type: 'NameError' } });
  });
});
