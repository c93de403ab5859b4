/** One image of a request, as far as its cost is concerned: pixels, or `null` when its header is unreadable. */
export type ImageSize = { width: number; height: number } | null;

/**
 * Tokens of texts and images, counted by us: texts with gpt-tokenizer's `o200k_base` (loaded at the first count), images
 * by the tile formula that OpenAI published for gpt-4o: 85, and 170 for each started tile of 512x512 pixels. An image whose size
 * is unknown counts 85.
 */
export async function countTokens(
  texts: readonly string[],
  images: readonly ImageSize[] = [],
): Promise<number> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base');
  const text = texts.reduce((sum, part) => sum + count(part), 0);
  return text + images.reduce((sum, image) => sum + imageTokens(image), 0);
}

function imageTokens(image: ImageSize): number {
  if (image === null) return 85;
  return 85 + 170 * Math.ceil(image.width / 512) * Math.ceil(image.height / 512);
}

/** Reads width and height from the header of a JPEG (its first frame segment) or a PNG. */
export function imageSize(bytes: Uint8Array): ImageSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker < 0xff00) return null;
  }
  return null;
}
