/** Longest slug, characters: it becomes a part of file names. */
const longest = 60;

/** A title in lower-case ASCII letters, digits and dashes, cut at a word; empty when nothing of it is left. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, longest) : `${slug}-${word}`;
    if (longer.length > longest) break;
    slug = longer;
  }
  return slug;
}

/** A slug for each topic, unique: equal or empty ones get the digits of the topic's id. */
export function uniqueSlugs(topics: readonly { id: string; title: string }[]): string[] {
  const plain = topics.map(({ title }) => slugOf(title));
  const counts = Map.groupBy(plain, (slug) => slug);
  return topics.map(({ id }, i) => {
    const slug = plain[i] ?? '';
    if (slug !== '' && counts.get(slug)?.length === 1) return slug;
    return `${slug === '' ? 'topic' : slug}-${id.replace('topic-', '')}`;
  });
}
