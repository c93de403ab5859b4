import { expect, test } from 'vitest';
import { fixtureResults, hostile } from '../fixture.ts';
import { demonstration } from '../view.ts';
import { bundleHref, escapeHtml, html } from './markup.ts';
import { renderPage } from './page.ts';

const page = renderPage(fixtureResults());

test('whatever is put into a template is escaped, in lists too, and markup is not escaped twice', () => {
  const inner = html`<b>${hostile.script}</b>`;
  expect(html`${[inner, '"&\'']}`.text).toBe(
    '<b>&lt;script&gt;window.hacked = true&lt;/script&gt;</b>&quot;&amp;&#39;',
  );
  expect(html`${null}${false}${0}`.text).toBe('0');
});

test('text of models stands escaped in the page, and tags are ours alone', () => {
  expect(page).toContain(escapeHtml(hostile.script));
  expect(page).toContain(escapeHtml(hostile.close));
  expect(page.match(/<script>/g)).toHaveLength(1);
  expect(page).not.toContain('<img');
  expect(page).not.toContain('\u001b');
  for (const tag of ['details', 'table', 'section', 'div'])
    expect(page.match(new RegExp(`<${tag}[ >]`, 'g'))?.length).toBe(
      page.match(new RegExp(`</${tag}>`, 'g'))?.length,
    );
});

test('nothing on the page points outside the bundle', () => {
  const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((m) => m[1] ?? '');
  expect(addresses.length).toBeGreaterThan(10);
  for (const address of addresses)
    expect(address).toMatch(/^(#|\.\.\/cells\/|data:,$|report\.md$|results\.)/);
});

test('whoever drew an icon is named with set and licence, in text that is escaped', () => {
  const named = `stethoscope: Icons ${escapeHtml(hostile.script)}, A. Drawer, CC-BY-4.0`;
  expect(page).toContain(named);
  expect(page).toContain('<summary>1 asset, recoloured for the black ground</summary>');
});

test('a path that leaves the bundle is never linked', () => {
  expect(bundleHref('cells/a b/scene #1.py')).toBe('../cells/a%20b/scene%20%231.py');
  expect(bundleHref('javascript:alert(1)')).toBe('../javascript%3Aalert(1)');
  for (const bad of ['../secret', '/etc/passwd', 'cells//x', 'cells/./x', 'cells\\x', 'cells/\n'])
    expect(bundleHref(bad)).toBeNull();
});

test('a run whose figures are all scripted is headed as a demonstration and ranks nothing', () => {
  expect(page.indexOf(demonstration.heading)).toBeLessThan(page.indexOf('<h1>'));
  expect(page).not.toMatch(/winner|<strong>[\d.]|\brank/i);
  expect(page).not.toContain('>s</sup>');
});

test('where some figures are scripted these are marked and the heading is gone', () => {
  const some = renderPage(fixtureResults('some'));
  expect(some).not.toContain(demonstration.heading);
  expect(some).toContain('62.5 %<sup');
  expect(renderPage(fixtureResults('none'))).not.toContain('>s</sup>');
});

test('figures show the cells behind them, causes stand in words, a missing reading is no wrong answer', () => {
  expect(page).toContain('<span class="n">n 2</span>');
  expect(page).toContain('Stopped: memory limit:</strong>');
  expect(page).toContain('Model-written code ran without a sandbox.');
  expect(page).toMatch(/<td>no reading<\/td><td>not counted<\/td>/);
});

test('one student is named once, several have a column of their own', () => {
  expect(page).toContain('Student offline/reader');
  const results = fixtureResults();
  const second = results.measurements.map((m) => ({ ...m, endpoint: 'other', slot: `${m.slot}-other` }));
  const both = renderPage({ ...results, measurements: [...results.measurements, ...second] });
  expect(both).toContain('<td>other</td>');
});
