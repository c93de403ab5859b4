import { expect, it } from 'vitest';
import { readCritique, readEdit } from './critique.ts';

const read = (text: string) => readCritique({ text });
const problem = { kind: 'overlap', object: 'a', time_s: 1.5, severity: 'high', explanation: 'x', edit: null };
const json = JSON.stringify({ problems: [problem] });

it('golden: critic: the problems alone count, with prose around them or a verdict that says otherwise', () => {
  const problems = [
    { kind: 'overlap', object: 'a', timeS: 1.5, severity: 'high', explanation: 'x', edit: null },
  ];
  for (const text of [
    json,
    `I see one thing.\n\n\`\`\`json\n${json}\n\`\`\`\nThat is all.`,
    `Well: ${json} - done.`,
    JSON.stringify({ has_issues: false, problems: [{ ...problem, extra: 1 }] }),
  ]) {
    expect(read(text)).toEqual({ ok: true, value: problems });
  }
  expect(read('{"has_issues": true, "problems": []}')).toEqual({ ok: true, value: [] });
});

it('golden: critic: no JSON, a torn answer, another shape: none of them is a critique', () => {
  for (const text of [
    '',
    'Looks fine.',
    json.slice(0, -3),
    '{"problems": [], "rest": ',
    '[]',
    '{}',
    '{"problems": "none"}',
  ]) {
    expect(read(text)).toMatchObject({ ok: false });
  }
});

it('an odd word does not spoil a problem, nor an odd edit the others', () => {
  const odd = { kind: 'clutter', severity: 'severe', object: 'a', edit: { action: 'explode' } };
  const found = read(JSON.stringify({ problems: [odd, problem] }));
  expect(found).toMatchObject({
    ok: true,
    value: [{ kind: 'other', severity: 'medium', explanation: '' }, {}],
  });
  expect(readEdit(odd.edit)).toMatchObject({ ok: false, reason: expect.stringMatching(/^not an edit/) });
  expect(readEdit(null)).toBeNull();
  expect(readEdit({ action: 'move', object: 'a', line: 'twelve', to: 'B3', why: 'x' })).toEqual({
    ok: true,
    edit: { action: 'move', object: 'a', line: undefined, to: 'B3' },
  });
});
