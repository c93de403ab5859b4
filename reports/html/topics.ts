import type { Results } from '../results.ts';
import { cellsFor } from '../view.ts';
import { cellView } from './cell.ts';
import { html, type Markup } from './markup.ts';
import { quizView } from './questions.ts';

/** One section per topic: a column of videos per method, then the quiz. */
export function topicSections(results: Results): Markup[] {
  return results.topics.map((topic, i) => {
    const columns = results.methods.map((method) => {
      const cells = cellsFor(results, topic.id, method);
      return (
        cells.length > 0 &&
        html`<div>${cells.map((cell) => cellView(results, method, cell, topic.title))}</div>`
      );
    });
    return html`<section class="topic" aria-labelledby="topic-${i + 1}">
<h2 id="topic-${i + 1}">${topic.title}</h2>
<p class="muted">${topic.category}</p>
<div class="videos">${columns}</div>
${quizView(results, topic.id)}</section>
`;
  });
}
