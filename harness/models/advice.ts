import type { Endpoint } from './endpoint.ts';
import type { FailureClass } from './model-error.ts';

/** What a user can do about a failure of an endpoint: one line, the next step first. `null` where there is nothing to do. */
export function adviceOn(failure: string, message: string, endpoint: Endpoint): string | null {
  const advice = byWords(failure, message, endpoint) ?? byClass[failure]?.(endpoint) ?? null;
  return advice === null ? null : `${endpoint.id}: ${advice}`;
}

const address = ({ baseUrl, provider }: Endpoint) => (provider === 'command' ? 'its program' : baseUrl);

/** Causes that the class does not tell apart. */
const wordings: [RegExp, (endpoint: Endpoint) => string][] = [
  [/ENOTFOUND|EAI_AGAIN/, (at) => `check base_url (${address(at)}) and the network: nobody knows that name`],
  [/ECONNREFUSED/, (at) => `start its server, or correct base_url: nothing listens at ${address(at)}`],
  [
    /WRONG_VERSION_NUMBER|packet length too long/i,
    () => 'write http:// in base_url: its server speaks no TLS',
  ],
  [
    /CERT|self.signed|unable to verify/i,
    () => 'name its authority’s certificate in NODE_EXTRA_CA_CERTS: nobody we trust has signed its own',
  ],
  [
    /page of HTML|HTTP 404/,
    (at) => `check base_url (${address(at)}) and model (${at.model}): this is not where the API answers`,
  ],
];

function byWords(failure: string, message: string, endpoint: Endpoint): string | undefined {
  if (!['network', 'malformed', 'bad_request'].includes(failure)) return undefined;
  return wordings.find(([words]) => words.test(message))?.[1](endpoint);
}

const byClass: Readonly<Record<string, (endpoint: Endpoint) => string>> = {
  network: (at) => `check that ${address(at)} can be reached; the same command goes on`,
  timeout: (at) =>
    `raise timeout_s (${at.timeoutS}) or stall_s (${at.stallS}), or try again when its server is less busy`,
  rate_limit: () =>
    'lower concurrency, or set requests_per_minute and tokens_per_minute to what the account allows',
  quota: () =>
    'top up the account, or wait until its quota is given anew; the same command then goes on. It is not called again in this run, the others are',
  server: () => 'try again later: the same command goes on',
  auth: ({ keyVariable }) =>
    keyVariable === undefined
      ? 'its server wants a key: name its variable in key_variable'
      : `check the key in ${[keyVariable].flat().join(' or ')}, and what it may use`,
  model_gone: ({ id, replacement }) =>
    replacement === undefined
      ? `ask mmmc models check ${id} what there is`
      : `use ${replacement} in its place`,
  bad_request: () => 'correct its entry: its server does not take model, parameters or size as they are',
  context_length: () => 'lower max_output_tokens, show fewer frames, or use a model with a larger context',
  malformed: () => 'ask its server’s log what it meant: the reply is not in its protocol’s shape',
} satisfies Partial<Record<FailureClass, (endpoint: Endpoint) => string>>;
