import { createHash } from 'node:crypto';
import type { Results } from '../results.ts';
import { methods, provenance, totals } from './background.ts';
import { contents, head } from './head.ts';
import { html, raw } from './markup.ts';
import { overview } from './overview.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { tableSections } from './tables.ts';
import { topicSections } from './topics.ts';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only the one script and the one style sheet of ours run, and only files beside the page are loaded. */
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  "media-src 'self' file:",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** `report/index.html`: one static page that opens from disk, for a bundle's `report/` folder. */
export function renderPage(results: Results): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${results.run.title}</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
${contents(results)}<main class="page">
${head(results)}${tableSections(results)}${totals(results)}${overview(results)}${topicSections(results)}${methods(results)}${provenance(results)}</main>
<script>${raw(script)}</script>
</body>
</html>
`;
  return page.text;
}
