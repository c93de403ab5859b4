import type { CallEvent } from './events.ts';
import { sha256 } from './hash.ts';
import type { StoredPlan } from './plan-file.ts';
import type { JournalState } from './state.ts';
import type { TextReader } from './texts.ts';

/**
 * Two slots whose videos were the same file are one measurement, and the slot that came first made its calls. Elsewhere the
 * other may come first, or their videos may differ: so a cassette holds these calls for each of them, under the request that
 * the slot would have made itself (it names the cell that is looked at).
 */
export function sharedCalls(state: JournalState, texts: TextReader, plan: StoredPlan): CallEvent[] {
  const calls = Map.groupBy(state.calls, (call) => call.owner);
  const slots = Map.groupBy(plan.measurements.keys(), (slot) => plan.measurements.get(slot) ?? '');
  return [...slots.values()].flatMap((ids) => {
    const maker = ids.find((id) => calls.has(id));
    const from = plan.known.slots.get(maker ?? '')?.cellId;
    if (maker === undefined || from == null) return [];
    return ids
      .filter((id) => !calls.has(id))
      .flatMap((id) => {
        const to = plan.known.slots.get(id)?.cellId;
        if (to == null) return [];
        const asked = (call: CallEvent) => sha256(texts.get(call.prompt).replaceAll(from, to));
        return (calls.get(maker) ?? []).map((call) => ({ ...call, owner: id, request: asked(call) }));
      });
  });
}
