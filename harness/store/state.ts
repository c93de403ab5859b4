import type {
  CallEvent,
  JournalEvent,
  JudgementEvent,
  ObservationEvent,
  OutcomeEvent,
  ReadingEvent,
  RenderEvent,
  SubmissionEvent,
} from './events.ts';

const callKey = (call: Pick<CallEvent, 'owner' | 'role' | 'purpose' | 'request'>) =>
  [call.owner, call.role, call.purpose, call.request].join('|');

type OccurrenceKey = Pick<CallEvent, 'owner' | 'role' | 'purpose' | 'request' | 'occurrence'>;
const occurrenceKey = (call: OccurrenceKey) => `${callKey(call)}|${call.occurrence}`;

/** State is the fold of the journal: what is stored, what is done, what was spent. */
export class JournalState {
  readonly calls: CallEvent[] = [];
  readonly renders: RenderEvent[] = [];
  /** The last reading of each question of each measurement. */
  readonly readings = new Map<string, ReadingEvent>();
  /** The last judgement of each measurement. */
  readonly judgements = new Map<string, JudgementEvent>();
  /** The last observation of each measurement. */
  readonly observations = new Map<string, ObservationEvent>();
  /** The last outcome of each job. */
  readonly outcomes = new Map<string, OutcomeEvent>();
  lastTime: string | null = null;
  /** How long the processes that wrote the journal were at work, each from its first event to its last, ms. */
  sessionsMs = 0;
  #sessionTime: number | null = null;
  readonly #callsByKey = new Map<string, CallEvent[]>();
  readonly #submissions = new Map<string, SubmissionEvent>();
  readonly #rendersByOwner = new Map<string, RenderEvent[]>();

  constructor(events: Iterable<JournalEvent> = []) {
    for (const event of events) this.apply(event);
  }

  apply(event: JournalEvent): void {
    if (this.lastTime === null || event.time > this.lastTime) this.lastTime = event.time;
    this.#clock(event);
    if (event.type === 'call') {
      this.calls.push(event);
      push(this.#callsByKey, callKey(event), event);
      this.#submissions.delete(occurrenceKey(event));
    } else if (event.type === 'submission') this.#submissions.set(occurrenceKey(event), event);
    else if (event.type === 'render') {
      this.renders.push(event);
      push(this.#rendersByOwner, event.owner, event);
    } else if (event.type === 'judgement') this.judgements.set(event.measurement, event);
    else if (event.type === 'observation') this.observations.set(event.measurement, event);
    else if (event.type === 'reading') this.readings.set(`${event.measurement}|${event.question}`, event);
    else if (event.type === 'outcome') this.outcomes.set(event.job, event);
  }

  #clock(event: JournalEvent): void {
    const time = Date.parse(event.time);
    if (event.type !== 'segment' && this.#sessionTime !== null)
      this.sessionsMs += Math.max(0, time - this.#sessionTime);
    this.#sessionTime = time;
  }

  /** All calls stored under one key, oldest first, whatever became of them. */
  callsOf(key: Pick<CallEvent, 'owner' | 'role' | 'purpose' | 'request'>): readonly CallEvent[] {
    return this.#callsByKey.get(callKey(key)) ?? [];
  }

  /** A job that was sent by a process that did not live to see it end. */
  submissionOf(key: OccurrenceKey): SubmissionEvent | undefined {
    return this.#submissions.get(occurrenceKey(key));
  }

  rendersOf(owner: string): readonly RenderEvent[] {
    return this.#rendersByOwner.get(owner) ?? [];
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
