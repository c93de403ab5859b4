import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Production, ReferenceImage } from '../../baselines/method.ts';
import type { Topic } from '../../datasets/schema.ts';
import { imageTypes } from '../models/chat.ts';
import { artifactsBelow } from '../store/artifacts.ts';
import { MmmcError } from '../store/errors.ts';
import { sha256 } from '../store/hash.ts';
import type { Cell } from '../store/plan-file.ts';
import type { Experiment } from './config.ts';
import type { Ending } from './measure.ts';
import { CellStudio } from './studio.ts';
import type { Workshop } from './workshop.ts';

/** Makes the video of one cell. The method sees the topic without its quiz. */
export async function produceCell(shop: Workshop, experiment: Experiment, cell: Cell): Promise<Ending> {
  const entry = experiment.methods.find((m) => m.id === cell.methodId);
  const topic = experiment.topics.find((t) => t.id === cell.topicId);
  if (!entry || !topic) throw new MmmcError('plan_damaged', `cell ${cell.id} names what the config does not`);
  const studio = new CellStudio(shop, experiment, entry, cell, experiment.file.quality);
  const referenceImage = referenceOf(experiment, topic);
  const given = entry.given?.get(topic.id);
  const lesson = {
    topicId: topic.id,
    title: topic.title,
    language: topic.language,
    ...(referenceImage && { referenceImage }),
    ...(given && { given }),
  };
  const production = await entry.method.produce(lesson, entry.settings, studio);
  return ending(shop, cell, production, entry.method.renders);
}

/** The topic's picture, if it is one that endpoints take. Throws `changed_media` when the file is another one now. */
function referenceOf(experiment: Experiment, { referenceImage }: Topic): ReferenceImage | undefined {
  const mediaType = imageTypes.find((type) => type === referenceImage?.type);
  if (referenceImage === undefined || mediaType === undefined) return undefined;
  const path = join(experiment.mediaFolder, referenceImage.path);
  const bytes = readFileSync(path);
  if (sha256(bytes) === referenceImage.sha256) return { mediaType, bytes, sha256: referenceImage.sha256 };
  throw new MmmcError('changed_media', `${path} is not what the dataset says`, { hint: 'Import it again.' });
}

async function ending(shop: Workshop, cell: Cell, production: Production, renders: boolean): Promise<Ending> {
  const { folder, cell: cellFolder } = shop.bundle.paths;
  const video = production.video && join('cells', cell.id, production.video);
  const probed = video ? await shop.media.probe(join(folder, video)) : null;
  const facts = probed?.ok ? probed.facts : null;
  return {
    status: production.status,
    cause: production.cause,
    message: production.message,
    measurement: null,
    video,
    videoFacts: facts && {
      durationS: facts.durationS,
      width: facts.width,
      height: facts.height,
      fps: facts.fps,
    },
    sections: production.sections.map((section) => ({ ...section })),
    ...(production.samples && { samples: production.samples }),
    ...(production.reported && { reported: production.reported }),
    sandbox: renders ? shop.media.sandbox : null,
    artifacts: await artifactsBelow(folder, cellFolder(cell.id)),
  };
}
