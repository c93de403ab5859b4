import { describe, expect, it } from 'vitest';
import { mergeSections } from './merge.ts';
import { broken, fence, sceneFile } from './scope-refine/scenes.fixture.ts';
import { type Reply, scriptedStudio } from './scope-refine/scripted.fixture.ts';
import { produceSection } from './section.ts';
import { settingsSchema } from './settings.ts';

const lesson = { topicId: 't', title: 'Tests', language: 'en' };
const section = { id: 'section_1', title: 'T', lectureLines: ['One', 'Two'], animations: ['a', 'b'] };

/** Makes a section without a critic from these replies; every code renders. */
async function produce(replies: Reply[], settings = {}) {
  const { studio, sent } = scriptedStudio(replies, () => null);
  const parsed = settingsSchema.parse({ critic: { rounds: 0 }, ...settings });
  const assignment = { lesson, section, assets: { shown: [], modules: {} } };
  return { report: await produceSection(assignment, parsed, studio), sent, studio };
}

describe("the coder's first code", () => {
  const cut = {
    text: `\`\`\`python\n${sceneFile().split('        self.line(2)')[0]}`,
    finish: 'length',
  } as const;
  const refusal = { text: fence(sceneFile()), finish: 'refusal' } as const;

  it('golden: is asked for once more when the answer is cut or refused, and the cause is recorded', async () => {
    const cutTwice = await produce([cut, cut]);
    expect(cutTwice.sent.map(({ tag }) => tag.attempt)).toEqual([1, 2]);
    expect(cutTwice.report).toMatchObject({
      codeProduced: false,
      rendered: false,
      error: { kind: 'cut', message: "the coder's answer (length) is not whole" },
    });
    expect((await produce([cut, refusal])).report.error?.kind).toBe('refused');
    expect((await produce([refusal, 'no'])).report.error?.kind).toBe('no_code');
    expect((await produce([cut, fence(sceneFile())])).report).toMatchObject({ rendered: true, error: null });
  });

  it('is asked for once where repairs are off', async () => {
    expect((await produce([cut], { debug: 'none' })).report.error?.kind).toBe('cut');
    expect((await produce([fence(broken)], { debug: 'none' })).report.rendered).toBe(true);
  });

  it('makes the whole lesson refused when every section is, and failed when one is not', async () => {
    const refused = await produce([refusal, refusal]);
    const merged = await mergeSections([refused.report, refused.report], refused.studio);
    expect(merged).toMatchObject({ status: 'refused', cause: 'refused', video: null });
    const other = await produce(['no', 'no']);
    const mixed = await mergeSections([refused.report, other.report], refused.studio);
    expect(mixed).toMatchObject({ status: 'method_failed', cause: 'no_section_rendered' });
  });
});
