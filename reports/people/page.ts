import { letterAt } from '../../harness/quiz/question.ts';
import { hashOf } from '../../harness/store/hash.ts';
import { paperDimensions, writtenName } from '../../metrics/aesthetics/rubrics.ts';
import { renderDocument } from '../html/document.ts';
import { html } from '../html/markup.ts';
import { sheetScript } from './script.ts';
import { sheetStyle } from './style.ts';

/** A video as it is shown to people: by a code, nothing of where it comes from. */
export interface SheetVideo {
  code: string;
  topic: string;
  /** Is there another video of its topic, to be compared with? */
  ranked: boolean;
  questions: { id: string; stem: string; options: readonly string[] }[];
}

/** What people are asked of each dimension, from 0 to 100. */
const asked: Readonly<Record<(typeof paperDimensions)[number], string>> = {
  elementLayout:
    'Can everything be seen and read: nothing on top of something else, nothing cut off, nothing too small?',
  attractiveness: 'Does it make you want to go on watching?',
  logicFlow: 'Does one step follow from the one before, at a speed at which you can follow?',
  visualConsistency: 'Is it drawn in one manner from beginning to end?',
  accuracyDepth: 'Is it right, as far as you can tell, and does it go deep enough to understand the topic?',
};
const names: Readonly<Record<(typeof paperDimensions)[number], string>> = {
  elementLayout: 'Layout',
  attractiveness: 'Attractiveness',
  logicFlow: 'Logic',
  visualConsistency: 'Consistency',
  accuracyDepth: 'Accuracy and depth',
};

/** The page that shows videos blind and in an order of each person's own, and saves what is said as CSV. Opens from disk. */
export function renderSheet(videos: readonly SheetVideo[], seed: number): string {
  // What one sheet keeps in a browser is not found by another.
  const sheet = hashOf({ seed, codes: videos.map(({ code }) => code) }).slice(0, 12);
  const body = html`<main>
<h1>Rating sheet</h1>
<form id="who">
<p>${videos.length} videos. Watch each one, then say what you think of it. What you say stays on this computer until you save it as a file; you can stop and go on later.</p>
<label>Your name or number <input name="rater" required autocomplete="off" maxlength="80"></label>
<label>Your group, if you were told one <input name="group" autocomplete="off" maxlength="80"></label>
<button>Begin</button>
</form>
<section id="work" hidden>
<p id="progress" role="status"></p>
<p id="note" role="alert"></p>
${videos.map(videoForm)}
<nav><button type="button" id="back">Back</button><button type="button" id="next">Next</button><button type="button" id="save">Save as a file</button></nav>
</section>
</main>`;
  const data = { seed, sheet };
  return renderDocument({ title: 'Rating sheet', style: sheetStyle, script: sheetScript, data, body });
}

function videoForm({ code, topic, ranked, questions }: SheetVideo) {
  return html`<form class="video" data-code="${code}" data-topic="${topic}" hidden>
<h2>${topic}</h2>
<video controls preload="none" src="videos/${code}.mp4" aria-label="video ${code}"></video>
<label class="check"><input type="checkbox" name="finished"> I watched it to the end</label>
${paperDimensions.map(
  (name) => html`<label class="scale"><b>${names[name]}</b> ${asked[name]}
<span><input type="range" min="0" max="100" step="1" value="50" data-for="${writtenName(name)}" aria-label="${names[name]}, 0 to 100"><output>–</output></span></label>`,
)}
${
  ranked &&
  html`<label class="place"><b>Place</b> among the videos on this topic, 1 for the best (leave it empty until you have seen them; you can come back)
<input type="number" name="rank" min="1" max="99" inputmode="numeric"></label>`
}
${
  questions.length > 0 &&
  html`<h3>Questions on the topic</h3>
${questions.map(
  ({ id, stem, options }) => html`<fieldset data-question="${id}"><legend>${stem}</legend>
${options.map((option, i) => html`<label><input type="radio" name="quiz-${id}" value="${letterAt(i)}"> ${option}</label>`)}
<label><input type="radio" name="quiz-${id}" value="NULL"> I cannot tell</label>
</fieldset>`,
)}`
}
</form>
`;
}
