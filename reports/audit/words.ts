/** `77.8 %`, or a dash for what is not known. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}

/** `literal_escape` as people write it. */
export function inWords(kind: string): string {
  return kind.replaceAll('_', ' ');
}
