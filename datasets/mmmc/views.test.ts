import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requirePrerequisite } from '../../harness/setup/prerequisites.ts';
import { officialDataFolder } from '../../harness/setup/probe.ts';
import { compareViews } from '../audit/views.ts';
import { loadDataset } from '../load.ts';
import { applyView } from '../views/view.ts';

describe.skipIf(!requirePrerequisite('official-data'))('the views of MMMC', async () => {
  const released = await loadDataset(officialDataFolder);
  const comparison = compareViews(released);
  const ids = (view: string) =>
    applyView(released, view).topics.map(({ id, quiz }) => [id, quiz.map((question) => question.id)]);

  test('corrected and balanced keep every topic and question by id, and the released one is not touched', () => {
    const before = JSON.stringify(released.topics);
    for (const view of ['corrected', 'balanced'])
      expect(ids(view)).toEqual(released.topics.map(({ id, quiz }) => [id, quiz.map((q) => q.id)]));
    expect(JSON.stringify(released.topics)).toBe(before);
  });

  test('no letter of the balanced view is the key of more than 27 %', () => {
    expect(comparison.views.find(({ view }) => view === 'balanced')?.mostFrequentLetter).toBeLessThan(0.27);
  });

  test('length-fair is the most that the bar leaves, and the length bot stays under it', () => {
    const fair = comparison.views.find(({ view }) => view === 'length-fair');
    expect(fair?.questions).toBe(comparison.best?.questions);
    expect(comparison.best?.longest).toBeLessThanOrEqual(0.35);
    expect(fair?.bots.find(({ name }) => name === 'longest')?.accuracy).toBeLessThanOrEqual(0.36);
  });

  test('the table in docs/dataset.md is what the code counts', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../docs/dataset.md'), 'utf8');
    const percent = (share: number | null | undefined) => `${((share ?? 0) * 100).toFixed(1)} %`;
    for (const { view, questions, topics, mostFrequentLetter, bots } of comparison.views) {
      const of = (bot: string) => percent(bots.find(({ name }) => name === bot)?.accuracy);
      const cells = [view, questions, topics, percent(mostFrequentLetter), of('longest'), of('stem-overlap')];
      expect(docs).toContain(`| ${cells.join(' | ')} |`);
    }
  });
});
