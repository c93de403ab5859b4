import { defineMetric } from '../metric.ts';
import { isTogether, measureArm } from './ask.ts';
import { compareTeachQuiz } from './compare.ts';
import { scoreTeachQuiz } from './score.ts';
import { type Settings, settingsSchema } from './settings.ts';
import { planTeachQuiz } from './slots.ts';

const paperPrompts = ['baseline', 'unlearned', 'video'].map((name) => `teachquiz/${name}`);
const strictPrompts = ['baseline', 'unlearned', 'evidence'].flatMap((name) => [
  `teachquiz/strict/${name}`,
  `teachquiz/strict/${name}-all`,
]);

/**
 * TeachQuiz (paper, section 3.3 and appendix A.1.1): what a student, told to unlearn a topic, can answer again after watching. Under
 * `protocol: paper` the paper's three arms, under `strict` controls, shuffled options and an honest gain (docs/protocols.md).
 */
export const teachquiz = defineMetric<Settings>({
  name: 'teachquiz',
  version: '1',
  settings: settingsSchema,
  endpoints: ({ students }) => students.map((endpoint) => ({ role: 'student', endpoint })),
  prompts: [...paperPrompts, ...strictPrompts, 'teachquiz/strict/forgetting'],
  slots: planTeachQuiz,
  estimate: (slot, topic) => ({
    student: slot.arm === 'forgetting' || isTogether(slot) ? 1 : topic.quiz.length,
  }),
  measure: measureArm,
  score: scoreTeachQuiz,
  compares: compareTeachQuiz,
});
