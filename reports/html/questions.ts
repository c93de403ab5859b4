import type { AnswerResult } from '../../metrics/evidence.ts';
import { formatInteger, formatValue } from '../format.ts';
import { type ArmView, armsOf, optionAt, type QuestionView, questionsOf, tally } from '../questions.ts';
import type { Results } from '../results.ts';
import { causeWords, type Mark, markOf, markSigns, markWords, readingWords, statusWords } from '../words.ts';
import { colourClass, named } from './colours.ts';
import { html, type Markup } from './markup.ts';
import { scroll } from './tables.ts';

const marks: readonly Mark[] = ['right', 'wrong', 'abstained', 'invalid', 'none'];
const needs = {
  seeing: 'The picture must be seen to answer it.',
  text: 'Text on screen answers it.',
  unknown: null,
} as const;

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** One student in the whole run is named once, above the arms, and needs no column. */
const students = (results: Results) => [
  ...new Set(
    results.measurements.filter((m) => m.answers.length > 0 || m.arm !== null).map((m) => m.endpoint),
  ),
];
const studentHead = (results: Results) => students(results).length > 1 && html`<th scope="col">Student</th>`;
const studentCell = (results: Results, arm: ArmView) =>
  students(results).length > 1 && html`<td>${arm.measurement.endpoint}</td>`;

function armRow(results: Results, arm: ArmView): Markup {
  const { measurement: m } = arm;
  const counts = tally(m.answers);
  const total = m.answers.length;
  const share = total === 0 || counts.none > 0 ? null : counts.right / total;
  const why = m.reason && `: ${causeWords(m.reason.code)}, ${m.reason.message}`;
  return html`<tr><th scope="row">${named(results, arm.method?.id ?? null, arm.label)}</th>${studentCell(results, arm)}${marks.map(
    (mark) => html`<td class="right">${total === 0 ? '' : formatInteger(counts[mark])}</td>`,
  )}<td class="right">${total > 0 && formatValue(share, 'percent')}</td><td class="muted small">${m.status !== 'ok' && [statusWords[m.status], why]}</td></tr>`;
}

function armTable(results: Results, arms: readonly ArmView[]): Markup {
  const head = html`<tr><th scope="col">Arm</th>${studentHead(results)}${marks.map(
    (mark) => html`<th scope="col" class="right">${capital(markWords[mark])}</th>`,
  )}<th scope="col" class="right" title="Right answers over all questions; only where each question has a reading">Share right</th><th scope="col"><span class="hidden">Remark</span></th></tr>`;
  const rows = arms.map((arm) => armRow(results, arm));
  return scroll('Arms', html`<table><thead>${head}</thead><tbody>${rows}</tbody></table>`);
}

function markOne(results: Results, { arm, answer }: QuestionView['answers'][number]): Markup {
  const mark = markOf(answer);
  const says = `${arm.label}: ${markWords[mark]}`;
  return html`<span class="mark is-${mark} ${colourClass(results, arm.method?.id ?? null)}" title="${says}" role="img" aria-label="${says}">${markSigns[mark]}</span>`;
}

/** Abstaining and naming no single option count as wrong in accuracy; no reading counts as nothing. */
function countsAs(answer: AnswerResult): string {
  const mark = markOf(answer);
  return mark === 'right' ? 'right' : mark === 'none' ? 'not counted' : 'wrong';
}

function answerRow(results: Results, { arm, answer, sameOrder }: QuestionView['answers'][number]): Markup {
  const { reading, reply } = answer;
  const text =
    reading?.kind === 'letter' && !sameOrder ? optionAt(answer.options, reading.letter) : undefined;
  return html`<tr><th scope="row">${named(results, arm.method?.id ?? null, arm.label)}</th>${studentCell(results, arm)}<td>${readingWords(reading)}${
    text !== undefined && html` <span class="muted">${text}</span>`
  }</td><td>${countsAs(answer)}</td><td class="reply">${
    reply === null
      ? html`<span class="muted">no reply</span>`
      : html`<details><summary>reply</summary><pre>${reply}</pre></details>`
  }</td></tr>`;
}

function questionView(results: Results, question: QuestionView, number: number): Markup {
  const options = question.options.map((option, i) =>
    String.fromCharCode(65 + i) === question.key
      ? html`<li class="key">${option}<small>key</small></li>`
      : html`<li>${option}</li>`,
  );
  const rows = question.answers.map((answer) => answerRow(results, answer));
  const head = html`<tr><th scope="col">Arm</th>${studentHead(results)}<th scope="col">Reading</th><th scope="col">Counts as</th><th scope="col">Raw reply</th></tr>`;
  return html`<details class="question"><summary><span class="stem">${number}. ${question.stem}</span><span class="marks">${question.answers.map(
    (answer) => markOne(results, answer),
  )}</span></summary><div class="opened"><ol class="options" type="A">${options}</ol>
${needs[question.needs] !== null && html`<p class="muted small">${needs[question.needs]}</p>`}
${scroll('Readings', html`<table class="small"><thead>${head}</thead><tbody>${rows}</tbody></table>`)}</div></details>
`;
}

/** A topic's arms with their counts, and every question and answer to unfold. */
export function quizView(results: Results, topicId: string): Markup | null {
  const arms = armsOf(results, topicId);
  if (arms.length === 0) return null;
  const questions = questionsOf(arms);
  const legend = marks.map((mark) => html`<span>${markSigns[mark]} ${markWords[mark]}</span> `);
  return html`<div class="quiz"><h3>Quiz</h3>
${students(results).length === 1 && html`<p class="muted small">Student ${students(results)[0]}</p>`}
${armTable(results, arms)}
${questions.length > 0 && html`<p class="legend">Marks stand in the order of the arms above. ${legend}</p>`}
${questions.map((question, i) => questionView(results, question, i + 1))}</div>
`;
}
