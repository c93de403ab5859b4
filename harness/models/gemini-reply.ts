import { z } from 'zod';
import { type ChatReply, type FinishReason, type TokenUsage, unknownUsage } from './chat.ts';
import { httpError } from './http-failure.ts';
import { ModelError } from './model-error.ts';

/** What is no count is unknown: odd bookkeeping does not spoil a reply that was paid for. */
const count = z.int().nonnegative().nullish().catch(null);

/** What is read of a response, whole or a piece of a stream; the rest is not ours. */
const pieceSchema = z.object({
  candidates: z
    .array(
      z.object({
        content: z
          .object({
            parts: z
              .array(z.object({ text: z.string().nullish(), thought: z.boolean().nullish() }))
              .nullish(),
          })
          .nullish(),
        finishReason: z.string().nullish(),
      }),
    )
    .nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
  usageMetadata: z
    .object({
      promptTokenCount: count,
      toolUsePromptTokenCount: count,
      cachedContentTokenCount: count,
      candidatesTokenCount: count,
      thoughtsTokenCount: count,
      totalTokenCount: count,
    })
    .nullish()
    .catch(null),
  modelVersion: z.string().nullish(),
  responseId: z.string().nullish(),
  error: z.unknown().optional(),
});

const errorSchema = z.object({
  code: z.number().nullish(),
  status: z.string().nullish(),
  message: z.string().nullish(),
  details: z.array(z.looseObject({ '@type': z.string().nullish() })).nullish(),
});

/** Puts a reply together from the pieces in which it comes; what was counted outlives a failure. */
export class GeminiReply {
  usage: TokenUsage | null = null;
  readonly #words: string[] = [];
  #finish: string | null = null;
  #blocked: string | null = null;
  #model: string | null = null;

  /** Has it come to its finish reason? */
  get ended(): boolean {
    return this.#finish !== null;
  }

  /** Throws ModelError: a piece that is an error, or no piece at all. */
  add(piece: unknown): void {
    const read = pieceSchema.safeParse(piece);
    if (!read.success || Object.keys(read.data).length === 0)
      throw new ModelError('malformed', 'the reply is no generated content', { cause: read.error });
    const { candidates, promptFeedback, usageMetadata, modelVersion, error } = read.data;
    if (error !== undefined) throw geminiError({ error }, 200, new Headers());
    const [candidate] = candidates ?? [];
    for (const { text, thought } of candidate?.content?.parts ?? [])
      if (!thought) this.#words.push(text ?? '');
    this.#finish = candidate?.finishReason || this.#finish;
    this.#blocked = promptFeedback?.blockReason ?? this.#blocked;
    this.#model = modelVersion ?? this.#model;
    if (usageMetadata) this.usage = tokenUsage(usageMetadata);
  }

  /** The whole reply. Throws ModelError: `policy` for a blocked prompt, `network` for a reply that broke off. */
  whole(): ChatReply {
    const usage = this.usage ?? unknownUsage;
    if (this.#blocked !== null && this.#finish === null)
      throw new ModelError('policy', `the prompt was blocked: ${this.#blocked}`, { usage });
    if (this.#finish === null)
      throw new ModelError('network', 'the reply ended before its finish reason', { usage });
    return { text: this.#words.join(''), finish: finishOf(this.#finish), usage, servedModel: this.#model };
  }
}

/** ai.google.dev, "GenerateContentResponse": FinishReason. */
function finishOf(reason: string): FinishReason {
  if (reason === 'STOP') return 'stop';
  if (reason === 'MAX_TOKENS') return 'length';
  const blocked = ['SAFETY', 'RECITATION', 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII'];
  return blocked.includes(reason) || reason.startsWith('IMAGE_') ? 'content_filter' : 'other';
}

/** Thoughts are counted beside the words, and are paid for as output. A count of 0 is left out: then the sum tells it. */
function tokenUsage(told: NonNullable<z.infer<typeof pieceSchema>['usageMetadata']>): TokenUsage {
  const { promptTokenCount: prompt, candidatesTokenCount: words, thoughtsTokenCount: thoughts } = told;
  const input = prompt == null ? null : prompt + (told.toolUsePromptTokenCount ?? 0);
  const rest = (told.totalTokenCount ?? Number.NaN) - (input ?? Number.NaN);
  return {
    input,
    cached: told.cachedContentTokenCount ?? null,
    output: words == null && thoughts == null ? (rest >= 0 ? rest : null) : (words ?? 0) + (thoughts ?? 0),
    reasoning: thoughts ?? null,
  };
}

/** Statuses of Google's own names, for errors within a stream (google.rpc.Code). */
const statuses: Readonly<Record<string, number>> = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  RESOURCE_EXHAUSTED: 429,
  CANCELLED: 499,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
};

const smaller = '; show fewer frames, or whole videos with video_mode: native';

/**
 * A failure by its status, the reason in its details, and the words where nothing else tells (ai.google.dev, "Troubleshooting"): a
 * wrong key has status 400, a day's quota is a 429 like any other but for the name of the quota.
 */
export function geminiError(body: unknown, httpStatus: number, headers: Headers): ModelError {
  const [first] = [body].flat();
  const said = z.object({ error: errorSchema }).safeParse(first);
  const { code, status: name, message, details } = said.success ? said.data.error : {};
  const status = httpStatus === 200 ? (statuses[name ?? ''] ?? code ?? 500) : httpStatus;
  const words = message ?? (typeof body === 'string' ? body.slice(0, 200) : 'no words');
  const facts = JSON.stringify(details ?? []);
  const failed = httpError({
    status,
    message: /payload size exceeds/i.test(words) || status === 413 ? `${words}${smaller}` : words,
    headers,
    type: null,
    code: codeOf(status, words, facts),
  });
  const wait = /"retryDelay":"([\d.]+)s"/.exec(facts)?.[1];
  if (wait === undefined || failed.retryAfterMs !== null) return failed;
  return new ModelError(failed.failure, failed.message, { status, retryAfterMs: Number(wait) * 1000 });
}

/** The word by which `failureClass` knows what the status alone does not tell. */
function codeOf(status: number, words: string, facts: string): string | null {
  if (status === 400 && /API_KEY_INVALID/.test(facts)) return 'invalid_api_key';
  if (status === 404) return 'model_not_found';
  // A minute's quota of 0 is never filled up again: the account has no right to the model.
  if (status === 429 && /"quotaId":"[^"]*PerDay|"quotaValue":"0"/.test(facts)) return 'insufficient_quota';
  return status === 400 && /token count .*exceeds/i.test(words) ? 'context_length_exceeded' : null;
}
