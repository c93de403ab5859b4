import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ChatReply, type ChatRequest, unknownUsage } from '../../harness/models/chat.ts';
import { endpointSchema } from '../../harness/models/endpoint.ts';
import { ModelError } from '../../harness/models/model-error.ts';
import { checkBundle } from '../../harness/store/check.ts';
import { testFolder } from '../../harness/testing/folder.ts';
import { dataset, question, topic } from '../topics.fixture.ts';
import { auditWithModel } from './model-audit.ts';

const endpoint = endpointSchema.parse({
  id: 'm',
  provider: 'openai',
  baseUrl: 'http://127.0.0.1:9',
  model: 'm',
  attempts: 1,
});
const quiz = ['First?', 'Second?', 'Third?', 'Fourth?'].map((stem) => question('t', stem));
const data = dataset([topic('Bayes', [], { quiz })]);

/** A model that answers each prompt by a function, and remembers the prompts. */
function model(answer: (text: string) => string) {
  const asked: string[] = [];
  const chat = async (request: ChatRequest): Promise<ChatReply> => {
    const text = request.messages
      .flatMap((m) => m.content.map((p) => (p.type === 'text' ? p.text : '')))
      .join('');
    asked.push(text);
    return { text: answer(text), finish: 'stop', usage: unknownUsage, servedModel: 'm' };
  };
  return { asked, openChat: async () => ({ chat }) };
}

const audit = (folder: string, { openChat }: ReturnType<typeof model>) =>
  auditWithModel(data, endpoint, { folder: join(folder, 'models'), unsafeLocal: false, openChat });

test('the choices-only arm never sees a stem, and abstentions are wrong', async () => {
  let n = 0;
  const answers = ['B', 'A', null, 'B'];
  const scripted = model((text) =>
    text.includes('withheld') ? JSON.stringify({ answer: answers[n++] ?? null }) : '{"answer":null}',
  );
  const { choicesOnly, secondKeys, exitCode } = await audit(testFolder(), scripted);
  expect(choicesOnly).toMatchObject({ right: 2, n: 4, abstained: 1, missing: 0, accuracy: 0.5 });
  expect([secondKeys, exitCode]).toEqual([[], 0]);
  for (const text of scripted.asked.filter((t) => t.includes('withheld')))
    expect(text).not.toMatch(/First|Second|Third|Fourth/);
});

test('an option that the model defends beside the key is flagged as its opinion; the key itself is not', async () => {
  const scripted = model((text) => {
    if (text.includes('withheld')) return '{"answer":null}';
    return text.includes('First?') ? '{"answer":"C"}' : '{"answer":"B"}';
  });
  const { secondKeys } = await audit(testFolder(), scripted);
  expect(secondKeys).toEqual([{ topic: 'bayes', question: 1, id: quiz[0]?.id, key: 'B', defended: 'C' }]);
});

test('a lost reading is missing, not wrong; the next run asks for it alone, and the bundle is sound', async () => {
  const folder = testFolder();
  const failing = model((text) => {
    if (text.includes('Second?')) throw new ModelError('network', 'down');
    return '{"answer":"B"}';
  });
  const first = await audit(folder, failing);
  expect([first.exitCode, first.choicesOnly.accuracy]).toEqual([1, 1]);
  const mended = model(() => '{"answer":"B"}');
  expect((await audit(folder, mended)).exitCode).toBe(0);
  expect(mended.asked).toHaveLength(1);
  expect((await checkBundle(join(folder, 'models'))).problems).toEqual([]);
});
