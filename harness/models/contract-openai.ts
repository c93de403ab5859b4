import type { ChatProtocol, Said } from './contract.ts';
import { type Fault, plainCompletion, startLoopback } from './loopback.ts';
import type { FailureClass } from './model-error.ts';

/* What the contract of chat models needs to know of Chat Completions. For tests only. */

/** Faults of OpenAI's kind, over HTTP, and how each is to be told. */
const openAiFailures: readonly [Fault, FailureClass][] = [
  ['rate_limit', 'rate_limit'],
  ['insufficient_quota', 'quota'],
  ['server_error', 'server'],
  ['overloaded', 'server'],
  ['html_gateway', 'server'],
  ['conflict', 'conflict'],
  ['auth', 'auth'],
  ['forbidden', 'auth'],
  ['bad_request', 'bad_request'],
  ['unprocessable', 'bad_request'],
  ['context_length', 'context_length'],
  ['vllm_context', 'context_length'],
  ['model_gone', 'model_gone'],
  ['vllm_no_model', 'model_gone'],
  ['policy', 'policy'],
  ['request_timeout', 'timeout'],
  ['html', 'malformed'],
  ['wrong_json', 'malformed'],
];
const chatFailures: readonly [Fault, FailureClass][] = [
  ...openAiFailures,
  ['broken_json', 'malformed'],
  ['error_in_200', 'server'],
  ['cut', 'network'],
  ['hang', 'timeout'],
  ['hang_in_body', 'timeout'],
];

/** Chat Completions, as the loopback server speaks them. */
export const openAi: ChatProtocol<Fault> = {
  start: async () => {
    const server = await startLoopback();
    return Object.assign(server, {
      say: (said: Said) => {
        server.completion = completionOf(said);
      },
    });
  },
  failures: chatFailures,
  hang: 'hang',
  rateLimit: 'rate_limit',
  usage: { input: 20, cached: 12, output: 9, reasoning: 4 },
};

function completionOf({ text, finish, silent }: Said) {
  const refusal = finish === 'refusal' ? { content: null, refusal: text } : { content: text };
  const choice = { finish_reason: finish === 'refusal' ? 'stop' : finish, message: refusal };
  return silent ? { choices: [choice] } : { ...plainCompletion, choices: [{ index: 0, ...choice }] };
}
