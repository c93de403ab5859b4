import { join } from 'node:path';
import type { Production } from '../../baselines/method.ts';
import { artifactsBelow } from '../store/artifacts.ts';
import { MmmcError } from '../store/errors.ts';
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
  const lesson = { topicId: topic.id, title: topic.title, language: topic.language };
  const production = await entry.method.produce(lesson, entry.settings, studio);
  return ending(shop, cell, production, entry.method.renders);
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
    sandbox: renders ? shop.media.sandbox : null,
    artifacts: await artifactsBelow(folder, cellFolder(cell.id)),
  };
}
