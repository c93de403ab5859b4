import type { CallEvent, JournalEvent, OutcomeEvent, ReadingEvent, RenderEvent } from './events.ts';

const callKey = (call: Pick<CallEvent, 'owner' | 'role' | 'purpose' | 'request'>) =>
  [call.owner, call.role, call.purpose, call.request].join('|');

/** State is the fold of the journal: what is stored, what is done, what was spent. */
export class JournalState {
  readonly calls: CallEvent[] = [];
  readonly renders: RenderEvent[] = [];
  /** The last reading of each question of each measurement. */
  readonly readings = new Map<string, ReadingEvent>();
  /** The last outcome of each job. */
  readonly outcomes = new Map<string, OutcomeEvent>();
  lastTime: string | null = null;
  readonly #callsByKey = new Map<string, CallEvent[]>();
  readonly #rendersByOwner = new Map<string, RenderEvent[]>();

  constructor(events: Iterable<JournalEvent> = []) {
    for (const event of events) this.apply(event);
  }

  apply(event: JournalEvent): void {
    if (this.lastTime === null || event.time > this.lastTime) this.lastTime = event.time;
    if (event.type === 'call') {
      this.calls.push(event);
      push(this.#callsByKey, callKey(event), event);
    } else if (event.type === 'render') {
      this.renders.push(event);
      push(this.#rendersByOwner, event.owner, event);
    } else if (event.type === 'reading') this.readings.set(`${event.measurement}|${event.question}`, event);
    else if (event.type === 'outcome') this.outcomes.set(event.job, event);
  }

  /** All calls stored under one key, oldest first, whatever became of them. */
  callsOf(key: Pick<CallEvent, 'owner' | 'role' | 'purpose' | 'request'>): readonly CallEvent[] {
    return this.#callsByKey.get(callKey(key)) ?? [];
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
