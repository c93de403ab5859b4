import type { ContentPart } from '../../../harness/models/chat.ts';
import type { Lesson, Studio } from '../../method.ts';
import type { Settings } from '../settings.ts';

/** The dataset's picture of the topic as a part of the planner's requests, or why it is not sent. */
export type ReferencePicture =
  | { sent: true; part: ContentPart; sha256: string }
  | { sent: false; why: string };

/** Decides whether the planner is shown the picture (external database, paper section 4.1). */
export function referencePicture(lesson: Lesson, settings: Settings, studio: Studio): ReferencePicture {
  const picture = lesson.referenceImage;
  if (!settings.externalDatabase.references) return { sent: false, why: 'switched off' };
  if (picture === undefined)
    return { sent: false, why: 'the dataset has no picture of the topic that can be sent' };
  if (!studio.sees('planner')) return { sent: false, why: 'the endpoint of the planner takes no pictures' };
  const { mediaType, bytes, sha256 } = picture;
  return { sent: true, sha256, part: { type: 'image', mediaType, bytes, source: sha256 } };
}
