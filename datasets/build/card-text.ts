import type { Audit } from '../audit/audit-schema.ts';
import type { Dataset } from '../schema.ts';
import { storedFiles } from '../stored.ts';
import type { Making } from './card-facts.ts';
import { frontMatter } from './card-front.ts';
import { limitsOf } from './card-limits.ts';
import { grid, link, percent, plain } from './card-markdown.ts';
import type { BuildConfig } from './config.ts';
import { describeFunnel, type StageCount } from './funnel.ts';

/** A plot beside the card: its file, and its finding in words. */
export interface Plot {
  file: string;
  alt: string;
}

/** Everything that a card says. */
export interface CardFacts {
  dataset: Dataset;
  audit: Audit;
  funnel: readonly StageCount[];
  config: BuildConfig;
  making: Making;
  plots: readonly Plot[];
}

/** README.md of a built dataset: the Hub's front matter, then what is in it, where it comes from, and what it lacks. */
export function cardText(facts: CardFacts): string {
  const { dataset, making } = facts;
  const parts = [
    `# ${plain(dataset.title)}`,
    ...(making.scripted ? [demonstration] : []),
    ...(dataset.description.trim() === '' ? [] : [plain(dataset.description)]),
    contents(facts),
    sources(dataset),
    howBuilt(facts),
    `## Funnel\n\nWhat came to each stage, went on, or was dropped and why. One line for each thing stands in \`build/*.jsonl\` of the run.\n\n\`\`\`text\n${describeFunnel(facts.funnel)}\`\`\``,
    audit(facts),
    `## Known limits\n\n${limitsOf(facts)
      .map((limit) => `- ${limit}`)
      .join('\n')}`,
    `## Licence\n\nTopics and questions: ${plain(dataset.licence)}. Videos and titles belong to their authors, under the licences named under Sources.`,
    checksums,
  ];
  return `${frontMatter(dataset, making.scripted)}\n${parts.join('\n\n')}\n`;
}

const demonstration =
  '*Scripted demonstration*: prepared answers of offline stand-ins took the place of a model in at least one role. It shows how a dataset is built; no score on it says anything about a model.';

const checksums = `## Files and checksums

\`${storedFiles.manifest}\` holds the sha256 of topics, questions and media. All files, this page too: \`sha256sum --check SHA256SUMS\`.`;

function contents({ dataset, audit }: CardFacts): string {
  const { topics, questions, media, durations } = audit;
  const videos = media.videos === 0 ? 'no video' : `${media.videos} videos`;
  const mean = durations.meanS === null ? '' : `, ${Math.round(durations.meanS)} s long on average`;
  const segments = dataset.topics.filter(({ parent }) => parent !== null).length;
  const rows = audit.categories.map(({ category, topics: found, questions: asked }) => [
    plain(category ?? 'none'),
    String(found),
    String(asked),
  ]);
  return [
    '## Contents',
    `${topics} learning topics with ${questions} multiple-choice questions and ${videos}${mean}. ${segments} topics are segments of another one.`,
    grid(['Category', 'Topics', 'Questions'], rows, ['Topics', 'Questions']),
    `\`${storedFiles.topics}\` has a topic a line, \`${storedFiles.questions}\` a question a line with the id of its topic; \`key\` is the index of the right option, from 0.`,
  ].join('\n\n');
}

/** Most sources that are listed here; all stand in topics.jsonl. */
const listed = 500;

function sources({ topics }: Dataset): string {
  const whole = topics.filter(({ parent }) => parent === null);
  const rows = whole
    .slice(0, listed)
    .map(({ title, extra, source }) => [
      link(String(extra?.parent_title ?? extra?.title ?? title), source.url),
      plain(source.licence ?? 'not told'),
    ]);
  const more = whole.length > listed ? [`And ${whole.length - listed} more, in ${storedFiles.topics}.`] : [];
  return ['## Sources', grid(['Video', 'Licence'], rows), ...more].join('\n\n');
}

function howBuilt({ config, making }: CardFacts): string {
  const { quiz, segments, catalogue } = config.file;
  const days = making.days;
  const when =
    days === null
      ? ''
      : days.first === days.last
        ? ` on ${days.first}`
        : ` from ${days.first} to ${days.last}`;
  const rows = making.roles.map(({ role, endpoint, model, served, offline, calls, tokens }) => [
    role,
    `${plain(model)} (${plain(endpoint)}${offline ? ', scripted' : ''})`,
    served.length === 0 ? '' : plain(served.join(', ')),
    String(calls),
    tokens === null ? 'not told' : String(tokens),
  ]);
  const steps = [
    `The catalogue (${catalogue.kind}) was filtered by rules, and by the builder's verdict on whether a video teaches.`,
    `Videos were divided at their authors' chapters (${segments.minS} to ${segments.maxS} s; cut: ${segments.cut}); the whole video stays a topic too.`,
    'The builder named the learning topic of each part and its category.',
    `It drafted ${quiz.questions} questions of ${quiz.options} options for each, in at most ${quiz.rounds} rounds; refused ones were drafted anew with the reason.`,
    'A question was accepted when it kept the format and language, did not point at a lesson, repeated no other, gave no cue by length or by words of the stem, was not answered by the student without the video and was answered with its frames, and the reviewer could defend its key alone.',
    'Options were permuted so that each letter is the key equally often.',
  ];
  return [
    '## How it was built',
    `Built${when} with mmmc ${plain(making.program.version)} (commit ${plain(making.program.commit.slice(0, 12))}).`,
    steps.map((step, i) => `${i + 1}. ${step}`).join('\n'),
    grid(['Role', 'Model', 'Answered as', 'Calls', 'Tokens'], rows, ['Calls', 'Tokens']),
    grid(
      ['Prompt', 'sha256'],
      making.prompts.map(({ name, sha256 }) => [plain(name), `\`${sha256}\``]),
    ),
  ].join('\n\n');
}

function audit({ audit: found, plots }: CardFacts): string {
  const gates = found.gates.map(({ gate, value, limit, ok, why }) => [
    plain(gate),
    ok ? 'passed' : '**failed**',
    value === null ? '' : limit === 0 ? String(value) : percent(value),
    limit === 0 ? '0' : percent(limit),
    plain(why),
  ]);
  const bots = found.bots.map(({ name, rule, right, n, accuracy, interval }) => [
    plain(name),
    plain(rule),
    `${right} of ${n}`,
    percent(accuracy),
    interval === null ? '' : `${percent(interval.low)} to ${percent(interval.high)}`,
  ]);
  return [
    '## Audit',
    'Counted from the files; no model was asked.',
    grid(['Gate', '', 'Value', 'Limit', 'What is counted'], gates, ['Value', 'Limit']),
    ...(found.questions === 0
      ? []
      : [
          `Bots know nothing and answer by a rule of form; a guess is right in ${percent(found.options.chance)}.`,
          grid(['Bot', 'Picks', 'Right', 'Accuracy', '95 % range'], bots, [
            'Right',
            'Accuracy',
            '95 % range',
          ]),
        ]),
    ...plots.map(({ file, alt }) => `![${plain(alt)}](${file})`),
  ].join('\n\n');
}
