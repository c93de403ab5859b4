import type { QuestionDraft } from '../import/assemble.ts';
import type { JsonNode, JsonPlaces, Member } from '../import/json-places.ts';
import { letters } from '../schema.ts';

/** The quiz of a topic as the file of questions gives it. */
export interface QuizEntry {
  title: string;
  where: string;
  questions: readonly QuestionDraft[];
}

/** Reads the file of questions: an object, title -> array of `{question, options: {A, B, …}, answer}`. */
export function readQuizzes(json: JsonPlaces): QuizEntry[] {
  const members = json.root && json.members(json.root, 'the file');
  return (members ?? []).map(({ name, nameNode, value }) => ({
    title: name,
    where: json.at(nameNode),
    questions: (json.items(value, 'the quiz') ?? []).flatMap((node) => readQuestion(json, node) ?? []),
  }));
}

function readQuestion(json: JsonPlaces, node: JsonNode): QuestionDraft | undefined {
  const members = json.members(node, 'a question');
  if (members === undefined) return undefined;
  const fields = knownFields(json, node, members, ['question', 'options', 'answer']);
  const [stemNode, optionsNode, answerNode] = [fields.question, fields.options, fields.answer];
  const stem = stemNode && json.string(stemNode, 'the question');
  const options = optionsNode && readOptions(json, optionsNode);
  const key = answerNode && options && readAnswer(json, answerNode, options.length);
  if (stem === undefined || options === undefined || key === undefined) return undefined;
  return { where: json.at(node), stem, options, key, tags: [] };
}

/** Members by name; a missing or unknown one is a problem. */
function knownFields(
  json: JsonPlaces,
  node: JsonNode,
  members: readonly Member[],
  known: readonly string[],
): Partial<Record<string, JsonNode>> {
  for (const { name, nameNode } of members)
    if (!known.includes(name))
      json.wrong('unknown_field', nameNode, `expected ${known.join(', ')}, found ${JSON.stringify(name)}`);
  for (const name of known)
    if (!members.some((member) => member.name === name))
      json.wrong('missing_field', node, `expected a field ${name}, found none`);
  return Object.fromEntries(members.map(({ name, value }) => [name, value]));
}

function readOptions(json: JsonPlaces, node: JsonNode): string[] | undefined {
  const members = json.members(node, 'the options');
  if (members === undefined) return undefined;
  const texts = members.map(({ name, nameNode, value }, i) => {
    if (name !== letters[i])
      json.wrong(
        'bad_option',
        nameNode,
        `expected option ${letters[i] ?? 'none'}, found ${JSON.stringify(name)}`,
      );
    return json.string(value, `option ${name}`);
  });
  const whole = texts.flatMap((text) => text ?? []);
  return whole.length === texts.length ? whole : undefined;
}

function readAnswer(json: JsonPlaces, node: JsonNode, options: number): number | undefined {
  const answer = json.string(node, 'the answer');
  if (answer === undefined) return undefined;
  const offered: readonly string[] = letters.slice(0, options);
  const key = offered.indexOf(answer);
  if (key >= 0) return key;
  json.wrong(
    'bad_key',
    node,
    `expected one of the options ${offered.join(', ')}, found ${JSON.stringify(answer)}`,
  );
  return undefined;
}
