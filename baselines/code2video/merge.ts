import type { Production, SectionReport, Studio } from '../method.ts';

/** Merges the sections' films in the order of the plan; a video without some of them is partial and says which. */
export async function mergeSections(sections: readonly SectionReport[], studio: Studio): Promise<Production> {
  const failed = (cause: string, message: string): Production => ({
    status: 'method_failed',
    cause,
    message,
    video: null,
    sections,
  });
  const films = sections.flatMap(({ video }) => video ?? []);
  if (films.length === 0) {
    const isRefused = sections.length > 0 && sections.every(({ error }) => error?.kind === 'refused');
    const why = sections[0]?.error?.message ?? 'there was none';
    const failure = failed('no_section_rendered', `none of ${sections.length} sections rendered; ${why}`);
    return isRefused ? { ...failure, status: 'refused', cause: 'refused' } : failure;
  }
  const merged = await studio.concat(films, 'video.mp4');
  if (!merged.ok) return failed('merge_failed', merged.reason);
  const whole = { video: 'video.mp4', sections };
  const missing = sections.filter(({ rendered }) => !rendered).map(({ id }) => id);
  if (missing.length === 0) return { status: 'ok', cause: null, message: null, ...whole };
  return {
    status: 'partial',
    cause: 'sections_missing',
    message: `missing: ${missing.join(', ')}`,
    ...whole,
  };
}
