import { expect, test } from 'vitest';
import type { OutcomeEvent } from '../store/events.ts';
import { JournalState } from '../store/state.ts';
import type { Status } from '../store/status.ts';
import { type Job, jobsOf, openJobs } from './schedule.ts';

const produce: Job = { id: 'produce:c', kind: 'produce', owner: 'c', after: [], questions: null };
const measure: Job = {
  id: 'measure:s',
  kind: 'measure',
  owner: 's',
  after: ['produce:c'],
  questions: 'quiz-1',
};

const outcome = (job: Job, status: Status, video: string | null = null): OutcomeEvent => ({
  type: 'outcome',
  time: '2026-01-01T00:00:00.000Z',
  job: job.id,
  owner: job.owner,
  status,
  cause: null,
  message: null,
  measurement: null,
  questions: null,
  video,
  videoFacts: null,
  sections: [],
  sandbox: null,
  artifacts: [],
  wallMs: 1,
});

const open = (...events: OutcomeEvent[]) =>
  openJobs(new JournalState(events), [produce, measure]).map((job) => job.id);

test.each<[string, OutcomeEvent[], string[]]>([
  ['nothing ran yet', [], ['produce:c', 'measure:s']],
  ['all is done', [outcome(produce, 'ok', 'v'), outcome(measure, 'ok')], []],
  [
    'the method failed: there is nothing to measure',
    [outcome(produce, 'method_failed'), outcome(measure, 'skipped')],
    [],
  ],
  [
    'a failure of ours is tried again',
    [outcome(produce, 'infra_error'), outcome(measure, 'skipped')],
    ['produce:c', 'measure:s'],
  ],
  [
    'an unreadable judgement is tried again',
    [outcome(produce, 'ok', 'v'), outcome(measure, 'judge_error')],
    ['measure:s'],
  ],
  [
    'skipped before the video was there',
    [outcome(measure, 'skipped'), outcome(produce, 'ok', 'v')],
    ['measure:s'],
  ],
  [
    'the video cannot be decoded, and would not be the next time',
    [outcome(produce, 'ok', 'v'), { ...outcome(measure, 'skipped'), cause: 'video_undecodable' }],
    [],
  ],
  [
    'a corrected quiz is asked again',
    [outcome(produce, 'ok', 'v'), { ...outcome(measure, 'ok'), questions: 'quiz-0' }],
    ['measure:s'],
  ],
  [
    'the same quiz is not',
    [outcome(produce, 'ok', 'v'), { ...outcome(measure, 'ok'), questions: 'quiz-1' }],
    [],
  ],
  [
    'the last outcome of a job counts',
    [outcome(produce, 'infra_error'), outcome(produce, 'ok', 'v'), outcome(measure, 'ok')],
    [],
  ],
])('%s', (_, events, expected) => {
  expect(open(...events)).toEqual(expected);
});

test('all that is measured of one video stands together, whichever metric measures it', () => {
  const slot = (id: string, cellId: string | null) => ({
    ...{
      id,
      metric: id,
      arm: null,
      topicId: 't',
      cellId,
      order: 'file',
      endpoint: '',
      prompt: '',
      repeat: 0,
    },
  });
  const plan = {
    cells: ['a', 'b'].map((id) => ({ id, methodId: 'm', topicId: 't', repeat: 0 })),
    slots: [slot('1a', 'a'), slot('1b', 'b'), slot('2', null), slot('3a', 'a'), slot('3b', 'b')],
  };
  const owners = jobsOf(plan, []).map(({ owner }) => owner);
  expect(owners).toEqual(['a', 'b', '2', '1a', '3a', '1b', '3b']);
});
