import type { ChatReply } from './chat.ts';

/** What keeps a reply from being whole: it ends too early, or the model would not write it. */
export type Incomplete = 'cut' | 'refused';

/**
 * Why nothing of a reply is used; `null`: it is whole. Python that was cut behind a statement still parses and renders,
 * only without what should have followed, and a refusal may hold code too, so that the code itself never tells.
 */
export function incompleteness({ finish }: Pick<ChatReply, 'finish'>): Incomplete | null {
  if (finish === 'stop') return null;
  return finish === 'refusal' || finish === 'content_filter' ? 'refused' : 'cut';
}
