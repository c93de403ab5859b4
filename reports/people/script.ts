/**
 * The sheet's script, as a browser runs it: an order of each person's own by seed and name, everything kept in the browser as it is said, and
 * saved as CSV in the form that `mmmc people import` reads. A scale that nobody moved says nothing.
 */
export const sheetScript = `
'use strict';
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const { seed, sheet } = document.documentElement.dataset;
let rater = '';
let group = '';
let order = [];
let at = 0;
let said = {};

const hash = (text) => {
  let value = 2166136261;
  for (const sign of text) value = Math.imul(value ^ sign.codePointAt(0), 16777619);
  value ^= value >>> 15;
  value = Math.imul(value, 2246822519);
  return (value ^ (value >>> 13)) >>> 0;
};
const place = () => 'mmmc-sheet-' + sheet + '-' + rater;
const keep = () => {
  try {
    localStorage.setItem(place(), JSON.stringify({ group, said, at }));
  } catch {
    find('#note').textContent = 'This browser keeps nothing: save before you close the page.';
  }
};
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(place()) ?? '{}');
  } catch {
    return {};
  }
};
const say = (code, dimension, value) => {
  const own = (said[code] ??= {});
  if (value === '') delete own[dimension];
  else own[dimension] = String(value);
  keep();
};

const show = () => {
  order.forEach((form, i) => {
    form.hidden = i !== at;
    if (i !== at) find('video', form).pause();
  });
  const rated = order.filter((form) =>
    all('[data-for]', form).every((range) => said[form.dataset.code]?.[range.dataset.for] !== undefined)).length;
  find('#progress').textContent =
    'Video ' + (at + 1) + ' of ' + order.length + '; rated on every scale: ' + rated;
  find('#back').disabled = at === 0;
  find('#next').disabled = at === order.length - 1;
};

const restore = (form) => {
  const own = said[form.dataset.code] ?? {};
  find('[name=finished]', form).checked = own.finished === 'yes';
  const rank = find('[name=rank]', form);
  if (rank !== null) rank.value = own.rank ?? '';
  for (const range of all('[data-for]', form)) {
    const value = own[range.dataset.for];
    if (value === undefined) continue;
    range.value = value;
    mark(range);
  }
  for (const field of all('[data-question]', form)) {
    const answer = own['quiz:' + field.dataset.question];
    for (const radio of all('input', field)) radio.checked = radio.value === answer;
  }
};
const mark = (range) => {
  find('output', range.parentElement).textContent = range.value;
  range.closest('label').classList.add('said');
};

/** Was nearly all of it played, not passed over? */
const isSeen = ({ played, duration }) => {
  let seen = 0;
  for (let i = 0; i < played.length; i++) seen += played.end(i) - played.start(i);
  return seen >= 0.9 * duration;
};
const rankOf = (input) => (/^[1-9]\\d?$/.test(input.value) ? input.value : '');

for (const form of all('form.video')) {
  const { code } = form.dataset;
  form.addEventListener('submit', (event) => event.preventDefault());
  find('video', form).addEventListener('ended', (event) => {
    if (!isSeen(event.target)) return;
    find('[name=finished]', form).checked = true;
    say(code, 'finished', 'yes');
  });
  find('[name=finished]', form).addEventListener('change', (event) =>
    say(code, 'finished', event.target.checked ? 'yes' : 'no'));
  find('[name=rank]', form)?.addEventListener('change', (event) => say(code, 'rank', rankOf(event.target)));
  for (const range of all('[data-for]', form))
    for (const kind of ['input', 'click', 'keyup'])
      range.addEventListener(kind, (event) => {
        // Passing over a scale with the keyboard is no rating; Enter or space takes it where it stands.
        if (kind === 'keyup' && ![' ', 'Enter'].includes(event.key)) return;
        mark(range);
        say(code, range.dataset.for, range.value);
      });
  for (const field of all('[data-question]', form))
    field.addEventListener('change', (event) => say(code, 'quiz:' + field.dataset.question, event.target.value));
}

find('#who').addEventListener('submit', (event) => {
  event.preventDefault();
  rater = find('[name=rater]').value.trim();
  group = find('[name=group]').value.trim();
  if (rater === '') return;
  const before = kept();
  said = before.said ?? {};
  if (group === '') group = before.group ?? '';
  const forms = all('form.video');
  order = forms.sort((a, b) => hash(seed + rater + a.dataset.code) - hash(seed + rater + b.dataset.code));
  at = Math.min(before.at ?? 0, order.length - 1);
  for (const form of order) restore(form);
  find('#who').hidden = true;
  find('#work').hidden = false;
  show();
});
const go = (by) => {
  // What was shown and not finished is told too.
  const code = order[at].dataset.code;
  if (Object.keys(said[code] ?? {}).length > 0 && said[code].finished === undefined) say(code, 'finished', 'no');
  at = Math.min(order.length - 1, Math.max(0, at + by));
  keep();
  show();
  scrollTo(0, 0);
};
find('#back').addEventListener('click', () => go(-1));
find('#next').addEventListener('click', () => go(1));

const cell = (text) => (/[",;\\r\\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
find('#save').addEventListener('click', () => {
  go(0);
  const lines = Object.entries(said).flatMap(([code, own]) =>
    Object.entries(own).map(([dimension, value]) => [rater, group, code, dimension, value].map(cell).join(',')));
  const text = ['rater,group,video,dimension,value', ...lines, ''].join('\\n');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = 'ratings-' + rater.replace(/[^\\w-]+/g, '_') + '.csv';
  link.click();
  // Some browsers read it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});
`;
