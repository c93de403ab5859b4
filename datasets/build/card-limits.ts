import { plain } from './card-markdown.ts';
import type { CardFacts } from './card-text.ts';
import { unverified } from './validate-examine.ts';

/** What a reader of the dataset must know before trusting a score on it; Markdown, one sentence each. */
export function limitsOf({ dataset, audit, config, making, funnel }: CardFacts): string[] {
  const questions = dataset.topics.flatMap(({ quiz }) => quiz);
  const wanted = config.file.quiz.questions;
  const short = dataset.topics.filter(({ quiz }) => quiz.length < wanted).length;
  const unseen = questions.filter(({ notes }) => notes === unverified).length;
  const open = funnel.reduce((sum, stage) => sum + stage.open, 0);
  const unlicensed = dataset.topics.filter(({ source }) => source.licence === null).length;
  const failed = audit.gates.filter(({ ok }) => !ok).map(({ gate }) => gate);
  const { builder, reviewer } = config.endpoints;
  const says: [boolean, string][] = [
    [making.scripted, 'Scripted stand-ins answered; see the head of this page.'],
    [true, 'Topics, categories and questions were written and checked by models, not by people.'],
    [
      true,
      'The student is asked once and told to forget the topic: that shows questions whose wording gives the answer away, not what a model knows already.',
    ],
    [
      builder.model === reviewer.model,
      'Builder and reviewer are one model, which tends to defend what it wrote itself.',
    ],
    [
      unseen > 0,
      `${unseen} of ${questions.length} questions were not answered from the video by any student.`,
    ],
    [
      short > 0,
      `${short} of ${dataset.topics.length} topics have fewer than the ${wanted} questions wanted.`,
    ],
    [open > 0, `${open} things were left undecided by failures; building again goes on with them.`],
    [questions.length < 20, 'With fewer than 20 questions the audit judges no shares.'],
    [failed.length > 0, `The audit's gates failed: ${plain(failed.join(', '))}.`],
    [unlicensed > 0, `The licence of ${unlicensed} topics' sources is not known.`],
  ];
  return says.filter(([holds]) => holds).map(([, sentence]) => sentence);
}
