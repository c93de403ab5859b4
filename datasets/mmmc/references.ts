import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { identicalMedia, type ProbeVideo, readMedia } from '../import/media.ts';
import { type Anomaly, isInnerPath, type MediaFile, type Topic } from '../schema.ts';
import { extraFields } from './relate.ts';

/** Where the images of the release may lie, from its folder. */
const places = ['', 'assets/reference/', 'reference/'];

/**
 * Attaches to each topic the image that the release maps to it, when the file is there. An absent one is an anomaly
 * `missing_image`, as is a file that cannot be read or whose extension lies.
 */
export async function attachReferences(
  folder: string,
  topics: readonly Topic[],
  probe: ProbeVideo | undefined,
): Promise<{ topics: Topic[]; anomalies: Anomaly[] }> {
  const anomalies: Anomaly[] = [];
  const media: MediaFile[] = [];
  const attached: Topic[] = [];
  for (const topic of topics) {
    const name = topic.extra?.[extraFields.image];
    const referenceImage =
      typeof name === 'string' ? await readReference(folder, topic, name, probe, anomalies) : undefined;
    if (referenceImage !== undefined) media.push(referenceImage);
    attached.push(referenceImage === undefined ? topic : { ...topic, referenceImage });
  }
  return { topics: attached, anomalies: [...anomalies, ...identicalMedia(media)] };
}

async function readReference(
  folder: string,
  { title }: Topic,
  name: string,
  probe: ProbeVideo | undefined,
  anomalies: Anomaly[],
): Promise<MediaFile | undefined> {
  const path = isInnerPath(name)
    ? places.map((place) => place + name).find((inner) => existsSync(join(folder, inner)))
    : name;
  if (path === undefined) {
    anomalies.push({
      kind: 'missing_image',
      where: join(folder, name),
      message: `the reference image of ${title} is not here`,
    });
    return undefined;
  }
  const read = await readMedia(folder, path, probe);
  anomalies.push(...read.anomalies);
  if (read.kind !== 'video') return read.media;
  anomalies.push({
    kind: 'unknown_media',
    where: join(folder, path),
    message: 'expected a picture, found a video',
  });
  return undefined;
}
