import { expect, test } from 'vitest';
import { type CallEvent, callSchema } from './events.ts';
import { ledgerOf } from './ledger.ts';

/** A call with this bill; the fields of later versions are absent, as in the first bundles. */
function call(costUsd: number | null, rest: Partial<CallEvent> = {}): CallEvent {
  return callSchema.parse({
    type: 'call',
    time: '2026-01-01T00:00:00.000Z',
    ...{ job: 'j', owner: 'o', role: 'coder', purpose: 'p', request: 'r', occurrence: 0, endpoint: 'e' },
    ...{
      section: null,
      attempt: null,
      prompt: 'p',
      files: [],
      media: ['picture'],
      reply: 't',
      finish: 'stop',
    },
    ...{ usable: true, failure: null, servedModel: null },
    usage: { input: 100, cached: 10, output: 50, reasoning: null },
    costUsd,
    ...{ attempts: 1, workingMs: 1, waitingMs: 0 },
    ...rest,
  });
}

test('costs that are known add up, and one that is not makes the sum at least the rest', () => {
  expect(ledgerOf([call(1), call(2)], [])).toMatchObject({ costUsd: 3, costKnownUsd: 3, unbilled: 0 });
  expect(ledgerOf([call(1), call(null)], [])).toMatchObject({ costUsd: null, costKnownUsd: 1 });
  expect(ledgerOf([], [])).toMatchObject({ costUsd: 0, costKnownUsd: 0 });
});

test('an attempt whose bill nobody knows makes the cost at least, but not where nothing is charged', () => {
  const unbilled = { attempts: 2, tokens: 900, usd: 0.5 };
  const paid = ledgerOf([call(1), call(1, { unbilled })], []);
  expect(paid).toMatchObject({ costUsd: null, costKnownUsd: 2, unbilled: 2 });
  const free = ledgerOf([call(0, { unbilled: { ...unbilled, usd: 0 } })], []);
  expect(free).toMatchObject({ costUsd: 0, unbilled: 2 });
});

test('the bill of a failed call counts, by role and purpose too', () => {
  const failed = call(2, { failure: { class: 'malformed', message: 'half' }, usable: false, reply: null });
  const { byPurpose, ...whole } = ledgerOf([call(1), failed], []);
  expect(whole).toMatchObject({ calls: 2, costUsd: 3, tokens: { input: 200, cached: 20, output: 100 } });
  expect(byPurpose).toMatchObject([{ role: 'coder', calls: 2, failedCalls: 1, costUsd: 3 }]);
});

test('pictures and video are counted; earlier bundles had nothing but pictures', () => {
  const { media } = ledgerOf(
    [call(1), call(1, { images: 3, videoS: 60 }), call(1, { media: [], madeS: 8 })],
    [],
  );
  expect(media).toEqual({ images: 4, videoS: 60, madeS: 8 });
});
