import { createHash } from 'node:crypto';
import { html, type Markup, raw } from './markup.ts';

export interface Document {
  title: string;
  style: string;
  script?: string;
  /** Of the root element, for the script: `data-<name>`. */
  data?: Readonly<Record<string, string | number>>;
  body: Markup;
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A whole page that opens from disk: only its one script and its one style sheet run, and only videos beside it are loaded. */
export function renderDocument({ title, style, script, data = {}, body }: Document): string {
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : ["media-src 'self' file:"]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const attributes = Object.entries(data).map(([name, value]) => html` ${raw(`data-${name}`)}="${value}"`);
  const page = html`<!doctype html>
<html lang="en"${attributes}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
${body}${
  script !== undefined &&
  html`
<script>${raw(script)}</script>`
}
</body>
</html>
`;
  return page.text;
}
