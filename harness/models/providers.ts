import { exitCodes, MmmcError } from '../store/errors.ts';
import type { ChatModel } from './chat.ts';
import { type Endpoint, isOffline } from './endpoint.ts';
import { videoWithoutKeys, withoutKeys } from './redact.ts';
import type { VideoModel } from './video.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProviderOptions {
  /** Gives the base URL of the offline server, starting it if need be; called for `offline:` endpoints only. */
  resolveOffline: () => Promise<string>;
}

/** Where an endpoint answers, and the key to it; both stand apart from the endpoint, which is written to bundles. */
export interface Access {
  /** Ends before the method's path: `https://api.openai.com/v1`. */
  baseUrl: string;
  key: string | null;
}

type Open<Model> = (endpoint: Endpoint, access: Access) => Model;
type Loaders<Model> = Partial<Record<Endpoint['provider'], () => Promise<Open<Model>>>>;

/** Each provider's code is loaded when a call needs it, not before. */
const chatProviders: Loaders<ChatModel> = {
  openai: async () => (await import('./openai.ts')).createOpenAiChat,
  anthropic: async () => (await import('./anthropic.ts')).createAnthropicChat,
  gemini: async () => (await import('./gemini.ts')).createGeminiChat,
  command: async () => (await import('./command.ts')).createCommandChat,
};
const videoProviders: Loaders<VideoModel> = {
  'videos-http': async () => (await import('./videos-http.ts')).createVideosHttp,
  'gemini-omni': async () => (await import('./gemini-omni.ts')).createGeminiOmni,
  command: async () => (await import('./command.ts')).createCommandVideo,
};

/**
 * The chat model behind an endpoint; loads the provider's code now, not before.
 * Throws MmmcError `missing_key` when the key's variable is empty, `wrong_provider` when it is no chat provider.
 */
export function openChatModel(
  endpoint: Endpoint,
  env: Environment,
  options: ProviderOptions,
): Promise<ChatModel> {
  return open(chatProviders, withoutKeys, 'chat', endpoint, env, options);
}

/** The video generator behind an endpoint; errors as in `openChatModel`. */
export function openVideoModel(
  endpoint: Endpoint,
  env: Environment,
  options: ProviderOptions,
): Promise<VideoModel> {
  return open(videoProviders, videoWithoutKeys, 'video', endpoint, env, options);
}

/** Does the endpoint make videos, and nothing else? */
export const isVideoOnly = ({ provider }: Endpoint): boolean =>
  !(provider in chatProviders) && provider in videoProviders;

async function open<Model>(
  loaders: Loaders<Model>,
  redacted: (model: Model, keys: readonly string[]) => Model,
  wanted: 'chat' | 'video',
  endpoint: Endpoint,
  env: Environment,
  options: ProviderOptions,
): Promise<Model> {
  const load = loaders[endpoint.provider];
  if (load === undefined) throw wrongProvider(endpoint, wanted, Object.keys(loaders));
  const key = keyOf(endpoint, env);
  const access = { key, baseUrl: await baseUrlOf(endpoint, options) };
  return redacted((await load())(endpoint, access), secretsOf(endpoint, key, env));
}

const secretName = /key|token|secret|passw|credential/i;

/** What an endpoint must not repeat: its key, and the secrets of our environment that its program may see. */
function secretsOf({ environment }: Endpoint, key: string | null, env: Environment): string[] {
  const names = environment.filter((name) => secretName.test(name));
  return [key, ...names.map((name) => env[name])].filter((value) => typeof value === 'string');
}

/** The endpoint's key from the environment; `null` when its server wants none. Throws MmmcError `missing_key`. */
export function keyOf(endpoint: Endpoint, env: Environment): string | null {
  if (endpoint.keyVariable === undefined) return null;
  const names = [endpoint.keyVariable].flat();
  const key = firstSet(names, env);
  if (key !== undefined) return key;
  const [first] = names;
  throw new MmmcError(
    'missing_key',
    `Endpoint ${endpoint.id} needs a key, and ${names.join(' or ')} is not set.`,
    {
      hint: `Set ${first} in the environment, or write ${first}=… into a file named .env in the working folder.`,
      exitCode: exitCodes.prerequisite,
    },
  );
}

function firstSet(names: readonly string[], env: Environment): string | undefined {
  return names.map((name) => env[name]?.trim() ?? '').find((value) => value !== '');
}

/** Is the endpoint's key set, or does it need none? */
export function hasKey({ keyVariable }: Endpoint, env: Environment): boolean {
  return keyVariable === undefined || firstSet([keyVariable].flat(), env) !== undefined;
}

async function baseUrlOf(endpoint: Endpoint, options: ProviderOptions): Promise<string> {
  if (!isOffline(endpoint)) {
    if (endpoint.latency) throw waitsForNobody(endpoint);
    return endpoint.baseUrl.replace(/\/+$/, '');
  }
  const url = new URL(await options.resolveOffline());
  const { firstMs, perTokenMs } = endpoint.latency ?? { firstMs: 0, perTokenMs: 0 };
  // The server learns from the address how long this endpoint waits.
  if (endpoint.latency) url.pathname = `/wait/${firstMs}/${perTokenMs}${url.pathname}`;
  return url.href.replace(/\/+$/, '');
}

function waitsForNobody(endpoint: Endpoint): MmmcError {
  return new MmmcError(
    'bad_config',
    `Endpoint ${endpoint.id} has a latency, and a real server takes its own time.`,
    {
      hint: 'Remove latency: it is for the offline endpoints.',
      exitCode: exitCodes.usage,
    },
  );
}

function wrongProvider(endpoint: Endpoint, wanted: 'chat' | 'video', known: readonly string[]): MmmcError {
  return new MmmcError(
    'wrong_provider',
    `Endpoint ${endpoint.id} has provider ${endpoint.provider}, which is no ${wanted} provider.`,
    { hint: `Name an endpoint with provider ${known.join(', ')}.`, exitCode: exitCodes.usage },
  );
}
