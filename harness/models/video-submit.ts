import { randomUUID } from 'node:crypto';
import { type Deadline, deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import { ModelError } from './model-error.ts';
import type { VideoRequest } from './video.ts';
import type { KnownJobs, Lost } from './video-lookup.ts';
import type { VideoJob, VideoProtocol } from './video-protocol.ts';
import type { VideoServer } from './video-server.ts';

/** What belongs to the job of one call. */
export interface Session {
  endpoint: Endpoint;
  protocol: VideoProtocol;
  server: VideoServer;
  known: KnownJobs;
  /** Of the whole call. */
  limit: Deadline;
}

/** For what is done beside a job: a look at the list, a cancellation. */
const asideMs = 5_000;
/** A server that only queues a job answers at once: after so long the answer is lost. */
const longestSubmissionMs = 60_000;

/**
 * Submits a job. One whose answer was lost is looked up in the server's list: found, it is returned; surely not there, the failure
 * is thrown as one that can be tried again; else as `submitted`. One that an earlier process may have sent (`sentS`) is looked up before; where that
 * tells nothing it is sent again, under the same key.
 */
export async function submit(
  request: VideoRequest,
  session: Session,
  { key = randomUUID(), sentS }: { key?: string | undefined; sentS?: number | undefined } = {},
): Promise<VideoJob> {
  const { endpoint, protocol, server, known, limit } = session;
  if (sentS !== undefined) {
    const found = await lookUp({ request, key, sentS }, session);
    if (typeof found === 'object') return found;
  }
  const wholeMs = endpoint.timeoutS * 1000;
  const own = deadline(
    limit.signal,
    protocol.synchronous ? wholeMs : Math.min(longestSubmissionMs, wholeMs / 2),
  );
  const lost: Lost = { request, key, sentS: Date.now() / 1000 };
  const { at, contentType, body } = await protocol.submission(endpoint, request);
  const headers = { 'content-type': contentType, 'idempotency-key': lost.key };
  const sent = known.sending(lost);
  let job: VideoJob | null = null;
  try {
    job = await server.json(protocol.job, at, { method: 'POST', headers, body, signal: own.signal });
  } catch (thrown) {
    job = await afterFailure(outOfTime(limit, outOfTime(own, thrown)), lost, session);
  } finally {
    sent(job?.id ?? null);
  }
  return job;
}

async function afterFailure(failure: unknown, lost: Lost, session: Session): Promise<VideoJob> {
  const ofServer = failure instanceof ModelError;
  if (ofServer && !isLost(failure)) throw failure;
  const found = await lookUp(lost, session);
  // Whoever stops while a job is being sent does not want it either.
  if (session.limit.signal.aborted && typeof found === 'object') await cancel(found, session.server);
  if (!ofServer) throw failure;
  if (found === 'absent') throw failure;
  if (found === 'unclear' || session.limit.signal.aborted) throw asTaken(failure);
  return found;
}

/** Failures that leave open whether the server took the job. A refused connection or the server's own word leaves nothing open. */
function isLost(failure: ModelError): boolean {
  if (failure.status !== null) return [408, 502, 504].includes(failure.status);
  for (let at: unknown = failure; at instanceof Error; at = at.cause)
    if ('code' in at && ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(String(at.code))) return false;
  return true;
}

async function lookUp(
  lost: Lost,
  { protocol, server, known }: Session,
): Promise<VideoJob | 'absent' | 'unclear'> {
  if (protocol.list === null) return 'unclear';
  try {
    const signal = AbortSignal.timeout(asideMs);
    const listed = await server.json(protocol.list.jobs, protocol.list.at, { signal });
    return known.find(lost, listed, Date.now() / 1000);
  } catch (thrown) {
    process.emitWarning(`the list of video jobs could not be read (${kindOf(thrown)})`);
    return 'unclear';
  }
}

/** The failure of a call whose job the server has, or may have: it costs what it costs, and is not sent again. */
export function asTaken(thrown: unknown): unknown {
  if (!(thrown instanceof ModelError) || thrown.submitted || thrown.failure === 'policy') return thrown;
  const { failure, message, status, usage, cause } = thrown;
  const open = failure === 'video_job' ? '' : ' (the server may have taken the job; it is not sent again)';
  return new ModelError(failure, `${message}${open}`, {
    status: status ?? undefined,
    usage: usage ?? undefined,
    submitted: true,
    cause,
  });
}

/** What ended it: the deadline, if it is over, else what was thrown. */
export function outOfTime(limit: Deadline, thrown: unknown): unknown {
  try {
    limit.throwIfOver(thrown);
    return thrown;
  } catch (over) {
    return over;
  }
}

/** Best effort: what made us give the job up is thrown, and a cancel that fails as well is a warning. */
export async function cancel({ id, cancel: how }: VideoJob, server: VideoServer): Promise<void> {
  if (how === null) return;
  try {
    await server.tell(how.at, { method: how.method, signal: AbortSignal.timeout(asideMs) });
  } catch (thrown) {
    process.emitWarning(`video job ${id} could not be cancelled (${kindOf(thrown)})`);
  }
}

/** A server's own words may repeat a key, and a warning is not cleaned of it. */
const kindOf = (thrown: unknown) => (thrown instanceof ModelError ? thrown.failure : 'no answer in time');
