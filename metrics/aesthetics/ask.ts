import type { ChatReply, ChatRequest, ContentPart, ReplySchema } from '../../harness/models/chat.ts';
import { askStructured, type Reading } from '../../harness/models/structured.ts';
import type { MeasureOutcome, MeasureStudio } from '../metric.ts';

/** A call that gave no answer at all: a failure of ours. */
class Unanswered extends Error {
  readonly failure: string;
  constructor(failure: string, message: string) {
    super(message);
    this.failure = failure;
  }
}

/**
 * Asks a judge in a form of reply, once more where it cannot be read. `keep` is handed what was read (`null`: nothing) with the
 * hash of the reply that it stands in; nothing but a whole reply in its form is a judgement.
 */
export async function askJudge<T>(
  studio: MeasureStudio,
  asked: { content: readonly ContentPart[]; schema: ReplySchema; read: (reply: ChatReply) => Reading<T> },
  keep: (value: T | null, reply: string) => void,
): Promise<MeasureOutcome> {
  const replies: string[] = [];
  const usable = (reply: ChatReply) => reply.finish === 'stop' && asked.read(reply).ok;
  const send = async (request: ChatRequest, time: 1 | 2) => {
    const purpose = time === 1 ? 'judge' : 'judge_correction';
    // The first reply is part of the conversation even if it is of no use.
    const answer = await studio.ask('judge', request, purpose, (reply) => usable(reply) || time === 1);
    if (!answer.ok) throw new Unanswered(answer.failure, answer.message);
    replies.push(answer.text);
    return answer.reply;
  };
  try {
    const request = { messages: [{ role: 'user' as const, content: asked.content }] };
    const found = await askStructured<T>({ request, schema: asked.schema, send, read: asked.read });
    keep(found.ok ? found.value : null, replies.at(-1) ?? '');
    if (found.ok) return { status: 'ok', cause: null, message: null };
    const cause = found.refused ? 'refused' : 'no_judgement';
    return { status: 'judge_error', cause, message: found.problem };
  } catch (thrown) {
    if (!(thrown instanceof Unanswered)) throw thrown;
    const status = thrown.failure === 'no_reading' ? 'judge_error' : 'infra_error';
    return { status, cause: thrown.failure, message: thrown.message };
  }
}
