import { describe, expect, it } from 'vitest';
import { broken, fence, lineReply, sceneFile } from './scenes.fixture.ts';
import { refine } from './scripted.fixture.ts';

describe('golden: nothing of a reply that is not whole is used, whatever code it holds', () => {
  it('a cut patch leaves its scope, and the lines that it lacks stay', async () => {
    const cut = { text: '```python\nself.line(1)\na = 1', finish: 'length' } as const;
    const { path, outcome, done } = await refine([cut, cut, fence(sceneFile())]);
    expect(path).toEqual(['line cut block', 'block cut section', 'section mended null']);
    expect(outcome.code).toBe(sceneFile());
    expect(done).toEqual(['inspect', 'check', 'inspect', 'check', 'render']);
  });

  it('a section that was written again and cut is not rendered', async () => {
    const [head = ''] = sceneFile().split('        b = 2');
    const replies = ['no', 'no', { text: `\`\`\`python\n${head}`, finish: 'length' }] as const;
    const { path, outcome } = await refine(replies);
    expect(path.at(-1)).toBe('section cut null');
    expect(outcome).toMatchObject({ rendered: false, code: broken });
  });

  it('a refusal with code in it mends nothing', async () => {
    const refusals = (['refusal', 'content_filter'] as const).map((finish) => ({
      text: lineReply('dot = Dot()'),
      finish,
    }));
    const { path } = await refine([...refusals, 'no']);
    expect(path).toEqual(['line refused block', 'block refused section', 'section no_code null']);
  });
});
