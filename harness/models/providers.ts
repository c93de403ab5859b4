import { exitCodes, MmmcError } from '../store/errors.ts';
import type { ChatModel } from './chat.ts';
import { type Endpoint, isOffline } from './endpoint.ts';
import type { VideoModel } from './video.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProviderOptions {
  /** Gives the base URL of the offline server, starting it if need be; called for `offline:` endpoints only. */
  resolveOffline: () => Promise<string>;
}

/**
 * The chat model behind an endpoint; loads the provider's code now, not before.
 * Throws MmmcError `missing_key` when the key's variable is empty, `wrong_provider` when it is no chat provider.
 */
export async function openChatModel(
  endpoint: Endpoint,
  env: Environment,
  options: ProviderOptions,
): Promise<ChatModel> {
  if (endpoint.provider !== 'openai') throw wrongProvider(endpoint, 'chat');
  const key = keyOf(endpoint, env);
  const { createOpenAiChat } = await import('./openai.ts');
  return createOpenAiChat(endpoint, { key, baseUrl: await baseUrlOf(endpoint, options) });
}

/** The video generator behind an endpoint; errors as in `openChatModel`. */
export async function openVideoModel(
  endpoint: Endpoint,
  env: Environment,
  options: ProviderOptions,
): Promise<VideoModel> {
  if (endpoint.provider !== 'videos-http') throw wrongProvider(endpoint, 'video');
  const key = keyOf(endpoint, env);
  const { createVideosHttp } = await import('./videos-http.ts');
  return createVideosHttp(endpoint, { key, baseUrl: await baseUrlOf(endpoint, options) });
}

/** The endpoint's key from the environment; `null` when its server wants none. Throws MmmcError `missing_key`. */
export function keyOf(endpoint: Endpoint, env: Environment): string | null {
  if (endpoint.keyVariable === undefined) return null;
  const key = env[endpoint.keyVariable]?.trim() ?? '';
  if (key !== '') return key;
  throw new MmmcError(
    'missing_key',
    `Endpoint ${endpoint.id} needs a key, and ${endpoint.keyVariable} is not set.`,
    {
      hint: `Set ${endpoint.keyVariable} in the environment, or write ${endpoint.keyVariable}=… into a file named .env in the working folder.`,
      exitCode: exitCodes.prerequisite,
    },
  );
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

function wrongProvider(endpoint: Endpoint, wanted: 'chat' | 'video'): MmmcError {
  return new MmmcError(
    'wrong_provider',
    `Endpoint ${endpoint.id} has provider ${endpoint.provider}, which is no ${wanted} provider.`,
    {
      hint:
        wanted === 'chat'
          ? 'Name an endpoint with provider openai.'
          : 'Name an endpoint with provider videos-http.',
      exitCode: exitCodes.usage,
    },
  );
}
