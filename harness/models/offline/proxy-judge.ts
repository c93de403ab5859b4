import type { OfflineChatModel } from './chat-route.ts';
import { consistencyVerdict, layoutVerdict, type MeasuredPicture } from './proxy-score.ts';
import { OfflineRefusal } from './refusal.ts';

/** Measures pictures, in their order. */
export type MeasurePictures = (pictures: readonly Uint8Array[]) => Promise<Omit<MeasuredPicture, 'timeS'>[]>;

/**
 * The proxy measures layout and consistency of the pictures of a request by formulas (proxy-score.ts). It understands
 * nothing: asked for any other dimension it refuses (422), for that needs a VLM.
 */
export function createProxyJudge(measure: MeasurePictures): OfflineChatModel {
  return async ({ lastUserMessage, texts, images }) => {
    const asked = ['attractiveness', 'logic_flow', 'accuracy_depth', 'visual_relevance'].find((name) =>
      lastUserMessage.includes(`"${name}"`),
    );
    if (asked !== undefined)
      throw new OfflineRefusal(
        422,
        'needs_vlm',
        `${asked} needs a VLM: a proxy measures, it does not understand`,
      );
    const times = texts.flatMap((text) => /^Frame at (\d+(?:\.\d+)?) s:/.exec(text)?.[1] ?? []).map(Number);
    const measured = await measure(images);
    const pictures = measured.map((one, i) => ({ ...one, timeS: times[i] ?? 0 }));
    const said = ({ score, reason, timeS }: ReturnType<typeof layoutVerdict>) => ({
      score,
      reason,
      time_s: timeS,
    });
    return JSON.stringify({
      element_layout: said(layoutVerdict(pictures)),
      visual_consistency: said(consistencyVerdict(pictures)),
    });
  };
}
