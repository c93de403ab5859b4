import { decimal, share, text, whole } from '../columns.ts';
import type { Evidence } from '../evidence.ts';
import { mean } from '../means.ts';
import { itemAnalysis, type QuizFacts } from '../statistics/items.ts';
import type { Figure, Table } from '../table.ts';
import { armAnswers, type Readings } from './readings.ts';

/** Classical item analysis of each topic's quiz by the answers of one student to all videos of the topic. */
export function topicItems(
  evidence: Evidence,
  readings: Readings,
  student: string,
): (QuizFacts & { topicId: string })[] {
  return evidence.topics.flatMap(({ id }) => {
    const cells = evidence.cells.filter(({ topicId, video }) => topicId === id && video !== null);
    const examinees = cells.flatMap((cell) =>
      readings.of(student, 'video', cell).flatMap((one) => {
        const answers = armAnswers([one]);
        return answers === null ? [] : [answers.map(({ correct }): 0 | 1 => (correct ? 1 : 0))];
      }),
    );
    const facts = itemAnalysis(examinees);
    return facts === null ? [] : [{ ...facts, topicId: id }];
  });
}

/** How well the questions tell videos apart: one row per student. */
export function itemTable(evidence: Evidence, readings: Readings): Table {
  return {
    id: 'teachquiz-items',
    title: 'Items',
    detail: true,
    caption:
      'The quizzes as tests: each topic’s questions answered after every video of it, one examinee for each video and order. KR-20 and item-rest correlation are averaged over topics where they can be had; with few examinees they say little.',
    columns: [
      text('student', 'Student'),
      whole('items', 'Questions', 'questions with an answer'),
      decimal('examinees', 'Examinees', 'videos times orders for a topic, averaged'),
      share(
        'difficulty',
        'Difficulty',
        'share of right answers, averaged over questions: the higher, the easier',
      ),
      decimal(
        'itemRest',
        'Item-rest',
        'correlation of a question with the score of its topic’s others, averaged',
      ),
      share('negative', 'Negative', 'share of questions whose item-rest correlation is below 0'),
      decimal('kr20', 'KR-20', 'reliability of a topic’s quiz, averaged'),
      share('ceiling', 'Ceiling', 'share of examinees with every question right'),
      share('floor', 'Floor', 'share of examinees with none right'),
    ],
    rows: readings.students.flatMap((student) => {
      const topics = topicItems(evidence, readings, student);
      if (topics.length === 0) return [];
      const items = topics.flatMap((topic) => topic.items);
      const rests = items.flatMap(({ itemRest }) => itemRest ?? []);
      const scripted = readings.isScripted(student) ? { scripted: true } : {};
      const figure = (value: number | null, n: number): Figure => ({ value, n, ...scripted });
      const over = (of: (facts: QuizFacts) => number | null) => {
        const known = topics.flatMap((topic) => of(topic) ?? []);
        return figure(mean(known), known.length);
      };
      return [
        {
          ...{ methodId: null, label: student },
          figures: {
            student: { value: student, n: null },
            items: figure(items.length, topics.length),
            examinees: over(({ examinees }) => examinees),
            difficulty: figure(mean(items.map(({ difficulty }) => difficulty)), items.length),
            itemRest: figure(mean(rests), rests.length),
            negative: figure(mean(rests.map((rest) => Number(rest < 0))), rests.length),
            kr20: over(({ kr20 }) => kr20),
            ceiling: over(({ ceiling }) => ceiling),
            floor: over(({ floor }) => floor),
          },
        },
      ];
    }),
  };
}
