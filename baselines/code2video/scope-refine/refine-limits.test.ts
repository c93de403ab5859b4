import { describe, expect, it } from 'vitest';
import { broken, fence, lineReply, raises, say, sceneFile } from './scenes.fixture.ts';
import { refine } from './scripted.fixture.ts';

describe('a section never costs more than its maximum', () => {
  it('however its errors change, and the last repair is rendered', async () => {
    const replies = Array.from({ length: 6 }, (_, n) =>
      lineReply(n === 5 ? 'dot = Dot()' : `dot = Dott${n}()`),
    );
    const changing = (code: string) => raises(code, 'Dott', { message: `${/Dott\d?/.exec(code)}` });
    const { outcome, sent, done } = await refine(replies, { of: changing });
    expect(sent).toHaveLength(6);
    expect(outcome).toMatchObject({ rendered: true, repairs: 6 });
    expect(done.at(-1)).toBe('render');
    const fewer = await refine(replies, { of: changing, repairs: 3 });
    expect(fewer.sent).toHaveLength(3);
    expect(fewer.outcome).toMatchObject({
      rendered: false,
      checked: false,
      repairs: 3,
      error: { message: 'Dott2' },
    });
    expect(fewer.path.at(-1)).toBe('line other_error null');
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
