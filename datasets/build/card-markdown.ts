/** Text of others as Markdown that means nothing but itself, on one line. */
export function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]!|~$]|^[#+=>-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}

/** A table; columns named in `right` are aligned to the right. Cells are Markdown. */
export function grid(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map((name) => (right.includes(name) ? '---:' : ':---'))),
    ...rows.map(line),
  ].join('\n');
}

/** A web address as a link; any other text as itself. */
export function link(label: string, url: string | null): string {
  const href = url !== null && URL.canParse(url) ? new URL(url) : null;
  if (href === null || !/^https?:$/.test(href.protocol)) return plain(label);
  return `[${plain(label)}](${href.href.replace(/[()|<>\\]/g, (sign) => encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'))})`;
}

/** A share as a percentage. */
export function percent(share: number | null): string {
  return share === null ? '' : `${(share * 100).toFixed(1)} %`;
}
