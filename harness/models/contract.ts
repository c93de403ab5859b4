import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ChatModel,
  type ChatRequest,
  type FinishReason,
  type TokenUsage,
  unknownUsage,
} from './chat.ts';
import { openAi } from './contract-openai.ts';
import { type FailureClass, ModelError } from './model-error.ts';

/*
 * The contract of chat models, as tests that every implementation runs against its loopback server; that of video generators is
 * in video-contract.ts. For tests only: it is loaded by vitest.
 */

/** Opens an implementation on a server; `timeoutS` is the time of one attempt (chat) or of one job (video). */
export type Open<T> = (server: { baseUrl: string; timeoutS: number }) => T | Promise<T>;

const request: ChatRequest = {
  messages: [
    { role: 'system', content: [{ type: 'text', text: 'Be short.' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image', mediaType: 'image/jpeg', bytes: new Uint8Array([255, 216, 1]), source: 'a frame' },
      ],
    },
  ],
};
const never = new AbortController().signal;

/** What a server of the chat contract says next. */
export interface Said {
  text: string;
  finish: FinishReason;
  /** It tells neither tokens nor model. */
  silent?: true;
}

/** A test server of some protocol, as the chat contract needs it. It starts by saying `Hello.`, with the tokens below. */
export interface ChatServer<Fault extends string> {
  url: string;
  calls: readonly unknown[];
  say(said: Said): void;
  failNext(fault: Fault): void;
  close(): Promise<void>;
}

/** A protocol: how its server starts, and how each of its faults is to be told. */
export interface ChatProtocol<Fault extends string> {
  start(): Promise<ChatServer<Fault>>;
  failures: readonly (readonly [Fault, FailureClass])[];
  /** The fault that hangs, and the one that asks to wait for two seconds. */
  hang: Fault;
  rateLimit: Fault;
  /** What its server tells of the first reply. */
  usage: TokenUsage;
  /** Has it a word for a refusal? By default it has. */
  refuses?: boolean;
}

/** Starts a server before each test and closes it behind it. */
function useServer<S extends { close(): Promise<void> }>(start: () => Promise<S>): () => S {
  let server: S | undefined;
  beforeEach(async () => {
    server = await start();
  });
  afterEach(() => server?.close());
  return () => {
    if (server === undefined) throw new Error('the server is started before each test');
    return server;
  };
}

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const outcome: unknown = await work.catch((thrown: unknown) => thrown);
  if (outcome instanceof ModelError) return outcome;
  throw new Error('expected a ModelError', { cause: outcome });
}

/** The contract of chat models, for Chat Completions or for the protocol that is given. */
export function chatContract(name: string, open: Open<ChatModel>): void;
export function chatContract<F extends string>(
  name: string,
  open: Open<ChatModel>,
  protocol: ChatProtocol<F>,
): void;
export function chatContract(
  name: string,
  open: Open<ChatModel>,
  protocol: ChatProtocol<string> = openAi,
): void {
  describe(`${name}, as a chat model`, () => {
    const server = useServer(protocol.start);
    const chat = async (signal = never, timeoutS = 5) => {
      const model = await open({ baseUrl: server().url, timeoutS });
      return model.chat(request, { signal });
    };

    it('returns the text, the finish, the tokens and the model that answered', async () => {
      const { usage } = protocol;
      expect(await chat()).toEqual({ text: 'Hello.', finish: 'stop', usage, servedModel: 'served-model-1' });
    });

    it('says that tokens and model are unknown when the server does not tell them', async () => {
      server().say({ text: 'Hi.', finish: 'stop', silent: true });
      expect(await chat()).toEqual({ text: 'Hi.', finish: 'stop', usage: unknownUsage, servedModel: null });
    });

    it('keeps apart replies that are complete, cut, filtered, refused and empty', async () => {
      for (const said of [
        { text: 'Hel', finish: 'length' },
        { text: '', finish: 'content_filter' },
        { text: 'I will not.', finish: 'refusal' },
        { text: '', finish: 'stop' },
      ] as const) {
        if (said.finish === 'refusal' && protocol.refuses === false) continue;
        server().say(said);
        expect(await chat()).toMatchObject(said);
      }
    });

    for (const [fault, failure] of protocol.failures) {
      it(`tells ${fault} as ${failure}, after one request`, async () => {
        server().failNext(fault);
        expect((await failureOf(chat(never, 0.4))).failure).toBe(failure);
        expect(server().calls).toHaveLength(1);
      });
    }

    it('tells a server that is not there as network', async () => {
      await server().close();
      expect((await failureOf(chat())).failure).toBe('network');
    });

    it('passes on how long the server asks to wait', async () => {
      server().failNext(protocol.rateLimit);
      expect((await failureOf(chat())).retryAfterMs).toBe(2000);
    });

    it('rejects with the reason of the abort, before and while it waits', async () => {
      const reason = new Error('enough');
      await expect(chat(AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(server().calls).toHaveLength(0);
      server().failNext(protocol.hang);
      const abort = new AbortController();
      const waiting = chat(abort.signal);
      setTimeout(() => abort.abort(reason), 50);
      await expect(waiting).rejects.toBe(reason);
    });
  });
}
