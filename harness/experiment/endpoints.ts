import pLimit, { type LimitFunction } from 'p-limit';
import type { ChatModel } from '../models/chat.ts';
import type { Endpoint } from '../models/endpoint.ts';
import { openChatModel, openVideoModel } from '../models/providers.ts';
import type { VideoModel } from '../models/video.ts';

/** The models of a run: opened when first called, each endpoint with its own limit of calls under way. */
export class Endpoints {
  readonly #limits = new Map<string, LimitFunction>();
  readonly #chats = new Map<string, Promise<ChatModel>>();
  readonly #videos = new Map<string, Promise<VideoModel>>();
  readonly #resolveOffline: () => Promise<string>;
  readonly #openChat: typeof openChatModel;

  /** `resolveOffline` starts the loopback server of the offline endpoints, once; `openChat` opens another chat model. */
  constructor(resolveOffline: () => Promise<string>, openChat = openChatModel) {
    this.#resolveOffline = resolveOffline;
    this.#openChat = openChat;
  }

  /** Opens these before anybody waits for them. Throws as `chat` and `video` do. */
  async prepare(endpoints: Iterable<Endpoint>): Promise<void> {
    const open = (endpoint: Endpoint) =>
      endpoint.provider === 'videos-http' ? this.video(endpoint) : this.chat(endpoint);
    await Promise.all([...endpoints].map(open));
  }

  limit(endpoint: Endpoint): LimitFunction {
    return getOrMake(this.#limits, endpoint.id, () => pLimit(endpoint.concurrency));
  }

  chat(endpoint: Endpoint): Promise<ChatModel> {
    const options = { resolveOffline: this.#resolveOffline };
    return getOrMake(this.#chats, endpoint.id, () => this.#openChat(endpoint, process.env, options));
  }

  video(endpoint: Endpoint): Promise<VideoModel> {
    const options = { resolveOffline: this.#resolveOffline };
    return getOrMake(this.#videos, endpoint.id, () => openVideoModel(endpoint, process.env, options));
  }
}

/** The value of a key, made when it is first asked for. */
export function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
