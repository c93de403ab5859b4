import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatRequest } from './chat.ts';
import { createCommandChat, createCommandVideo } from './command.ts';
import { type Endpoint, endpointSchema } from './endpoint.ts';
import { ModelError } from './model-error.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mmmc-command-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const request: ChatRequest = {
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image', mediaType: 'image/jpeg', bytes: new Uint8Array([1, 2]), source: 's' },
      ],
    },
  ],
  maxOutputTokens: 50,
};

function endpoint(command: string[], own: Partial<Endpoint> = {}): Endpoint {
  return endpointSchema.parse({ id: 'c', provider: 'command', model: 'm', command, timeoutS: 20, ...own });
}

/** A program in Python, from its lines. */
function python(...lines: string[]): string[] {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.py`);
  writeFileSync(file, `import json, os, sys, time\n${lines.join('\n')}\n`);
  return ['python3', file];
}

const chat = (command: string[], own: Partial<Endpoint> = {}, signal = never) =>
  createCommandChat(endpoint(command, own)).chat(request, { signal });

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  if (thrown instanceof ModelError) return thrown;
  throw new Error('expected a ModelError', { cause: thrown });
}

/** A program of docs/model-programs.md. */
function documented(name: string): string[] {
  const page = readFileSync(join(import.meta.dirname, '../../docs/model-programs.md'), 'utf8');
  const code = page.match(new RegExp(`<!-- ${name} -->\\n+\`\`\`python\\n([\\s\\S]*?)\`\`\``))?.[1] ?? '';
  const file = join(folder, `${name}.py`);
  writeFileSync(file, code);
  return ['python3', file];
}

describe('a program as a chat model', () => {
  it('as documented: reads the request, answers with its tokens', async () => {
    expect(await chat(documented('chat-program'))).toEqual({
      text: 'You asked 1 thing and showed 1 picture.',
      finish: 'stop',
      usage: { input: 3, cached: null, output: 8, reasoning: null },
      servedModel: null,
    });
  });

  it('is told all of the request', async () => {
    const { text } = await chat(python('print(json.dumps({"text": sys.stdin.read()}))'), {
      parameters: { level: 'high' },
    });
    expect(JSON.parse(text)).toEqual({
      model: 'm',
      parameters: { level: 'high' },
      max_output_tokens: 50,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image', media_type: 'image/jpeg', data: 'AQI=' },
          ],
        },
      ],
    });
  });

  it('sees of our environment what is named, and no key that is not', async () => {
    process.env.SECRET_OF_OURS = 'canary';
    process.env.GIVEN_TO_IT = 'given';
    const command = python('print(json.dumps({"text": json.dumps(dict(os.environ))}))');
    const { text } = await chat(command, { environment: ['GIVEN_TO_IT'] });
    delete process.env.SECRET_OF_OURS;
    delete process.env.GIVEN_TO_IT;
    expect(JSON.parse(text)).toMatchObject({
      GIVEN_TO_IT: 'given',
      PATH: expect.stringContaining('/usr/bin'),
    });
    expect(text).not.toContain('canary');
  });

  it.each<[string, string[], string, RegExp]>([
    ['ends badly', ['sys.exit("no model here")'], 'server', /ended with 1: no model here/],
    [
      'names the class',
      ['print(json.dumps({"error": {"class": "quota", "message": "empty"}}))'],
      'quota',
      /^empty$/,
    ],
    ['answers in prose', ['print("Hello.")'], 'malformed', /no answer .*: Hello/s],
    ['answers with other keys', ['print(json.dumps({"txt": "Hi"}))'], 'malformed', /text/],
    ['answers badly and ends badly', ['print("{}")', 'sys.exit(3)'], 'server', /ended with 3/],
    ['never stops writing', ['while True: sys.stdout.write("x" * 100000)'], 'malformed', /larger than 64 MB/],
  ])('that %s', async (_, lines, failure, message) => {
    const failed = await failureOf(chat(python(...lines)));
    expect([failed.failure, failed.message]).toEqual([failure, expect.stringMatching(message)]);
  });

  it('that is not there is told', async () => {
    const failed = await failureOf(chat(['/no/such/program']));
    expect(failed.message).toMatch(/cannot be started: .*ENOENT/);
  });

  it('may answer without reading what it is told', async () => {
    const long = {
      ...request,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'x'.repeat(1e6) }] }],
    } as const;
    const model = createCommandChat(endpoint(python('print(json.dumps({"text": "Hi."}))')));
    expect((await model.chat(long, { signal: never })).text).toBe('Hi.');
  });

  it('leaves no process when it is given up or out of time, daemons of its group included', async () => {
    const pid = join(folder, 'pid');
    const command = python(
      'import subprocess',
      'child = subprocess.Popen(["sleep", "60"])',
      `open(${JSON.stringify(pid)}, "w").write(str(child.pid))`,
      'time.sleep(60)',
    );
    const reason = new Error('enough');
    const abort = new AbortController();
    const waiting = chat(command, {}, abort.signal);
    waiting.catch(() => {});
    while (!existsSync(pid) || readFileSync(pid, 'utf8') === '') await sleep(20);
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const child = Number(readFileSync(pid, 'utf8'));
    while (isRunning(child)) await sleep(20);
    expect((await failureOf(chat(command, { timeoutS: 0.5 }))).failure).toBe('timeout');
  });

  it('without a program is a mistake in the config', async () => {
    const model = createCommandChat(endpointSchema.parse({ id: 'c', provider: 'command', model: 'm' }));
    await expect(model.chat(request, { signal: never })).rejects.toMatchObject({ code: 'bad_config' });
  });
});

/** A process that has ended and that nobody waited for runs no more. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a program as a video generator', () => {
  const wanted = { prompt: 'waves', width: 320, height: 192, fps: 8, frames: 16, seed: 7 };
  const generate = (command: string[]) =>
    createCommandVideo(endpoint(command)).generate(wanted, { signal: never });

  it('as documented: leaves the file where it is told', async () => {
    const { bytes, servedModel, echo } = await generate(documented('video-program'));
    expect(Buffer.from(bytes).toString()).toBe('2 s of waves');
    expect([servedModel, echo]).toEqual(['my-model-2', { servedModel: 'my-model-2', steps: 30 }]);
  });

  it('may say nothing, but must leave a file', async () => {
    const quiet = python('job = json.load(sys.stdin)', 'open(job["out"], "w").write("film")');
    expect((await generate(quiet)).servedModel).toBeNull();
    expect(await failureOf(generate(python('pass')))).toMatchObject({ failure: 'video_job' });
  });
});
