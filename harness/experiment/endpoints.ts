import type { ChatModel } from '../models/chat.ts';
import type { Endpoint } from '../models/endpoint.ts';
import { Limiter } from '../models/limiter.ts';
import { isVideoOnly, openChatModel, openVideoModel } from '../models/providers.ts';
import type { VideoModel } from '../models/video.ts';
import type { Budget } from './budget.ts';
import type { Replay } from './replay.ts';

/** The models of a run: opened when first called, each endpoint with limits of its own. */
export class Endpoints {
  readonly #limits = new Map<string, Limiter>();
  readonly #chats = new Map<string, Promise<ChatModel>>();
  readonly #videos = new Map<string, Promise<VideoModel>>();
  readonly #resolveOffline: () => Promise<string>;
  readonly #openChat: typeof openChatModel;
  /** Answers in their place, where calls are replayed. */
  readonly replay: Replay | null;
  /** What its calls may cost; `null`: anything. */
  readonly budget: Pick<Budget, 'reserve' | 'refused'> | null;

  /** `resolveOffline` starts the loopback server of the offline endpoints, once; `openChat` opens another chat model. */
  constructor(
    resolveOffline: () => Promise<string>,
    openChat = openChatModel,
    replay: Replay | null = null,
    budget: Pick<Budget, 'reserve' | 'refused'> | null = null,
  ) {
    this.#resolveOffline = resolveOffline;
    this.#openChat = openChat;
    this.replay = replay;
    this.budget = budget;
  }

  /** Opens these before anybody waits for them. Throws as `chat` and `video` do. */
  async prepare(endpoints: Iterable<Endpoint>): Promise<void> {
    const open = (endpoint: Endpoint) => (isVideoOnly(endpoint) ? this.video(endpoint) : this.chat(endpoint));
    await Promise.all([...endpoints].map(open));
  }

  /** Gives back what models hold at their providers. */
  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#chats.values());
    await Promise.all(opened.map((chat) => (chat.status === 'fulfilled' ? chat.value.close?.() : undefined)));
  }

  limit(endpoint: Endpoint): Limiter {
    return getOrMake(this.#limits, endpoint.id, () => new Limiter(endpoint));
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
